"""What the portal needs of the operating system, beside Python: found, installed where it may be, otherwise named.

``python -m mktogether.setup.system_packages GROUP...`` exits with 1 when something of the groups is still missing.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

POSTGRES_FOLDERS = Path("/usr/lib/postgresql")
# The first is Chromium without what only a window needs: journeys take less of the processor in it.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def has_library(name):
    """Whether the shared library ``name`` loads; that is what WeasyPrint will do with it."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def postgres_programs():
    """The folder that holds ``initdb`` and ``postgres``, the newest version first; None without a server."""
    folders = sorted(POSTGRES_FOLDERS.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def browser():
    """The browser for journeys: the one that ``CHROMIUM`` names, or the first that is here; None without any."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass(frozen=True)
class Need:
    """One thing of the system: how to find it, which Debian packages bring it, and what does not work without."""

    is_there: Callable[[], bool]
    packages: tuple[str, ...]
    otherwise: str


NEEDS = {
    "pdf": Need(
        lambda: all(map(has_library, ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"))),
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        "PDF documents cannot be made",
    ),
    "browser": Need(
        lambda: browser() is not None,
        BROWSERS[:1],
        "the journeys in a browser cannot run",
    ),
    "redis": Need(lambda: bool(shutil.which("redis-server")), ("redis-server",), "the queue cannot be tested on Redis"),
    "postgres": Need(lambda: postgres_programs() is not None, ("postgresql",), "nothing can be tested on PostgreSQL"),
}


def administrator():
    """What goes before a command that changes the system: nothing for root, sudo if it asks no password, else None."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    may = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0
    return sudo if may else None


def install(packages):
    """Install the Debian ``packages`` if this user may; print apt-get's own words where it cannot."""
    prefix = administrator()
    if prefix is None or not shutil.which("apt-get"):
        return
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in ("update",), ("install", "-y", "--no-install-recommends", *packages):
        done = subprocess.run([*apt, *command], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr.strip(), file=sys.stderr, flush=True)


def provide(groups):
    """Bring in what is missing of ``groups``; return one sentence about what still is, empty when all is there."""
    missing = [group for group in groups if not NEEDS[group].is_there()]
    if missing:
        install([package for group in missing for package in NEEDS[group].packages])
    return sentence(*(NEEDS[group] for group in missing if not NEEDS[group].is_there()))


def sentence(*needs):
    """What does not work without ``needs``, and the one command to type; empty without any."""
    if not needs:
        return ""
    what = " and ".join(need.otherwise for need in needs)
    packages = " ".join(package for need in needs for package in need.packages)
    return f"{what[0].upper()}{what[1:]} until you type: sudo apt-get install {packages}"


def main(*groups):
    """Provide ``groups`` and say what is still missing; return the exit code."""
    still_missing = provide(groups)
    if still_missing:
        print(still_missing, file=sys.stderr)
    return 1 if still_missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
