"""How gunicorn serves the portal, on one machine and in production. What differs comes from the environment.

The application is loaded once, before the processes fork, so that they share its memory. Slow clients and TLS are the
proxy's business: see docs/nginx.conf.example.
"""

import os
from pathlib import Path

# A container listens for its proxy; `make run` names loopback alone.
bind = os.environ.get("WEB_BIND", "0.0.0.0:8000").split(",")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True
control_socket_disable = True  # nothing here steers a running server, so nothing need listen for it

timeout = 60  # a process that has not answered its master for so long is replaced
graceful_timeout = 10  # a request under way when the portal stops may take so long to end
keepalive = 15
max_requests = 5000  # what leaks is given back now and then, never by all processes at once
max_requests_jitter = 1000

# The heartbeat file must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, not a temporary folder

# Addresses of pages are not logged: they would tell who looked at what. The portal's own history does, with its rules.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "info")
