"""Make a virtual environment and bring it up to its lock files.

``python mktogether/setup/environment.py FOLDER LOCK...`` runs under the machine's own Python, before anything of ours
is installed, so it imports the standard library alone and is started by its path.
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

SUPPORTED = ((3, 11), (3, 13))
TOOLS = "requirements-tools.txt"
STAMP = "installed.txt"


def digest(lock):
    """One line that changes when ``lock`` or the tools' lock does."""
    content = Path(lock).read_bytes() + Path(TOOLS).read_bytes()
    return f"{Path(lock).name} {hashlib.sha256(content).hexdigest()}"


def missing(folder, locks):
    """Those of ``locks`` that ``folder`` is not known to be up to, because it never was or the lock has changed."""
    stamp = folder / STAMP
    installed = stamp.read_text().splitlines() if stamp.exists() else []
    return [lock for lock in locks if digest(lock) not in installed]


def was_made_at(folder):
    """Where ``folder`` lay when it was filled: its programs name that place, and a copy would run the old one."""
    stamp = folder / STAMP
    return stamp.read_text().splitlines()[0] if stamp.exists() else None


def is_usable(folder, asked):
    """Whether ``folder`` holds an environment that runs from where it lies, on a Python we support.

    ``asked`` is true when the caller named a Python; then the environment must be of that version.
    """
    python = folder / "bin" / "python"
    report = "import sys; print(sys.prefix); print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", report], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    prefix, version = answer.stdout.splitlines()
    found = tuple(int(part) for part in version.split())
    if Path(prefix).resolve() != folder.resolve() or not SUPPORTED[0] <= found <= SUPPORTED[1]:
        return False
    if was_made_at(folder) not in {None, str(folder.resolve())}:
        return False
    return not asked or found == sys.version_info[:2]


def run(*command):
    """Run ``command`` in view of the caller; its failure ends the set-up with its own words above ours."""
    if subprocess.run([str(part) for part in command], check=False).returncode:
        raise SystemExit(
            "The Python packages could not be installed: the reason stands above. Then type the command again."
        )


def install(folder, locks):
    """Install ``locks`` exactly as locked: a file whose hash differs is refused."""
    pip = (folder / "bin" / "python", "-m", "pip", "install", "-qq", "--require-hashes")
    run(*pip, "--upgrade", "-r", TOOLS)
    run(*pip, "--no-deps", *(part for lock in locks for part in ("-r", lock)))
    stamp = folder / STAMP
    names = {Path(lock).name for lock in locks}
    lines = stamp.read_text().splitlines()[1:] if stamp.exists() else []
    kept = [line for line in lines if line.split()[0] not in names]
    stamp.write_text("\n".join([str(folder.resolve()), *kept, *map(digest, locks)]) + "\n")


@contextlib.contextmanager
def one_at_a_time():
    """Two commands started together must not install into one environment at once: the second waits."""
    with Path(__file__).open() as ours:
        fcntl.flock(ours, fcntl.LOCK_EX)
        yield


def main(folder, *locks):
    """Bring ``folder`` up to ``locks``; nothing is done, in a tenth of a second, when it is."""
    folder = Path(folder)
    with one_at_a_time():
        if not is_usable(folder, asked=bool(os.environ.get("PYTHON"))):
            print(f"Making {folder} with Python {sys.version.split()[0]}", flush=True)
            run(sys.executable, "-m", "venv", "--clear", folder)
        if wanted := missing(folder, locks):
            print(f"Installing Python packages into {folder}: {', '.join(wanted)}", flush=True)
            install(folder, wanted)


if __name__ == "__main__":
    main(*sys.argv[1:])
