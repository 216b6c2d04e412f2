"""Real worker processes on the test's own database, a mail server that remembers, and kills at any moment."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

from mktogether.setup.embedded import without_production
from mktogether.setup.throwaway_postgres import free_port

ACTION = re.compile(r"#action-([0-9a-f-]{36})")
# Writes and hands over without end, and says when a mail is about to go. Careless: noted as sent before it goes.
LOOP = """
import sys, time
import django; django.setup()
from django.db import connections
from django.utils import timezone
from records import outbox, reminders
from records.models import OutboxMessage

connections["default"].settings_dict["NAME"] = sys.argv[1]
real = outbox._mail

def mail(message, server):
    if sys.argv[2] == "careless":
        OutboxMessage.objects.filter(pk=message.pk).update(state="sent", sent_at=timezone.now(), lease_until=None)
    print("here", flush=True)
    time.sleep(0.02)
    return real(message, server)

outbox._mail = mail
print("ready", flush=True)
while True:
    now = timezone.now()
    reminders.remind(now)
    for pk in outbox.sweep(now + timezone.timedelta(seconds=10)):
        outbox.deliver(pk)
    print("round", flush=True)
    time.sleep(0.05)
"""


class Mailbox:
    """A mail server on loopback that writes down when it took what, by Message-ID."""

    def __init__(self):
        self.taken = defaultdict(list)
        self.of = {}
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.taken[mail["Message-ID"]].append(time.time())
        self.of[mail["Message-ID"]] = set(ACTION.findall(mail.get_body(("plain",)).get_content()))
        return "250 OK"

    def mails_of(self):
        """The Message-IDs under which each action came, by its address."""
        found = defaultdict(set)
        for message_id, actions in list(self.of.items()):  # the server goes on taking mail
            for action in actions:
                found[action].add(message_id)
        return found

    def first_of(self):
        """When each action came first."""
        return {action: min(self.taken[one][0] for one in ids) for action, ids in self.mails_of().items()}

    @property
    def repeated(self):
        """How often the server was given a Message-ID that it had taken already."""
        return sum(len(times) - 1 for times in self.taken.values())


@contextlib.contextmanager
def mailbox():
    """A mail server for the length of a test."""
    made = Mailbox()
    made.controller.start()
    try:
        yield made
    finally:
        made.controller.stop()


class Process:
    """One process, with whatever it starts."""

    def __init__(self, command, env):
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def hears(self, word):
        """Wait for its next word, and say whether it is this one."""
        return self.process.stdout.readline().strip() == word

    def waits_for(self, word):
        """Read on until it says ``word``."""
        while not self.hears(word):
            pass

    def kill(self):
        """As ``kill -9`` does to all of it; returns whether it was still there."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        killed = self.process.wait() == -signal.SIGKILL
        self.process.stdout.close()
        return killed


def loop(mail, *, careless=False):
    """A process that does nothing but write reminders and hand mail over, by SMTP."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    script = f"""
import datetime
from tests import settings
settings.REMINDERS_FROM = datetime.time(0)
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {mail.controller.port}
{LOOP}"""
    name = str(connection.settings_dict["NAME"])
    made = Process([sys.executable, "-c", script, name, "careless" if careless else "careful"], env)
    assert made.hears("ready")
    return made


def portal(folder, mail, redis_port):
    """The environment of the portal's own worker and beat, on the test's database, with Redis and mail by SMTP."""
    folder.mkdir()
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{parts['NAME']}"
    else:
        login = f"{parts['USER']}:{parts['PASSWORD']}" if parts["PASSWORD"] else parts["USER"]
        address = f"postgres://{login}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"
    return without_production() | {
        "PORTAL_MODE": "embedded",
        "DATABASE_URL": address,
        "REDIS_URL": f"redis://127.0.0.1:{redis_port}/5",
        "VAR_DIR": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_ORIGIN": settings.SITE_ORIGIN,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.controller.port}",
    }


def celery(part, env, *options):
    """A process of the portal's own: ``worker`` or ``beat``."""
    quiet = ["-W", "ignore::UserWarning:celery.platforms"]
    return Process([sys.executable, *quiet, "-m", "celery", "-A", "mktogether", part, "-l", "ERROR", *options], env)
