"""The portal's own settings, with a throw-away folder, a quick password hasher and a broker in memory."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="mktogether-test-")
_process = os.getpid()


@atexit.register
def _sweep():
    if os.getpid() == _process:  # a forked child must not take the folder away from its parent
        shutil.rmtree(_folder, ignore_errors=True)


os.environ["PORTAL_MODE"] = "embedded"
os.environ["VAR_DIR"] = _folder
os.environ["SITE_ORIGIN"] = "http://localhost:8000"
os.environ.pop("DATABASE_URL", None)
os.environ.pop("REDIS_URL", None)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from mktogether.settings import *  # noqa: E402, F403 - the environment above must stand first

DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in life: threads and processes share it and wait for each other, which memory cannot show.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}  # noqa: F405
else:
    # A machine that is busy with many tests is no hang: emptying every table, and a page's first templates, take long.
    DATABASES["default"]["OPTIONS"]["options"] = (  # noqa: F405
        "-c statement_timeout=60000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=180000"
        " -c plan_cache_mode=force_generic_plan"
    )
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
WHITENOISE_AUTOREFRESH = True
