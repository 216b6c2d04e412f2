"""The portal on one machine: its environment, its folder, and the claim that only one copy runs on that folder."""

import contextlib
import fcntl
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION_SETTINGS = (
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "SITE_ORIGIN", "ALLOWED_HOSTS"),
    *("EMAIL_URL", "FILE_STORAGE", "S3_ENDPOINT_URL", "S3_REGION", "HISTORY_KEY", "TRUSTED_PROXIES"),
    "CASE_DETAILS_KEYS",
    "DJANGO_SETTINGS_MODULE",
)


class SiteRuns(Exception):
    """The portal already runs on this folder; the message says where."""


def without_production():
    """The environment less what names a production: a database of another project must not become ours by accident."""
    return {name: value for name, value in os.environ.items() if name not in PRODUCTION_SETTINGS}


def environment(port):
    """The environment of the embedded portal on ``port``."""
    return without_production() | {"PORTAL_MODE": "embedded", "PORT": str(port)}


def var_dir():
    """The folder that holds everything people enter."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def address(port):
    """What people type: a name and not a number, since passkeys and safe cookies want one."""
    return f"http://localhost:{port}"


@contextlib.contextmanager
def claim(var, port=None):
    """Hold ``var`` for this process alone; the claim ends with the process, however it ends.

    Raises ``SiteRuns`` when another process holds it.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "running").open("a+") as holder:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder.seek(0)
            where = holder.read().strip() or "another command has just begun"
            raise SiteRuns(f"The portal already runs ({where}). Stop it there with Ctrl-C first.") from None
        holder.truncate(0)
        holder.write(address(port) if port else "")
        holder.flush()
        yield
