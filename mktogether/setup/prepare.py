"""Bring the embedded portal's folder up to the code: tables, static files, the sample."""

import hashlib
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command


def static_fingerprint():
    """Changes when any file that would be collected does."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static():
    """Collect and compress the static files if any has changed since the last time; that takes seconds."""
    stamp = settings.VAR_DIR / "static-collected"
    wanted = static_fingerprint()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def main():
    """Migrate, collect, load the sample if it was never loaded; what people entered stays."""
    try:
        django.setup()
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        collect_static()
        call_command("load_sample", "--once")
    except (ImproperlyConfigured, CommandError) as trouble:
        raise SystemExit(str(trouble)) from None


if __name__ == "__main__":
    sys.exit(main())
