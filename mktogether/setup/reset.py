"""``make reset``: forget what people entered on this machine and begin again with the sample."""

import os
import shutil
import subprocess
import sys

from mktogether.setup.embedded import SiteRuns, claim, environment, var_dir

# What the portal keeps there, by name: VAR_DIR may point at a folder that holds other things too.
HELD = ("db.sqlite3*", "files", "mail", "broker", "anchors", "beat-schedule*")


def is_wanted(var):
    """Whether the person at the terminal says yes; YES=1 says it beforehand."""
    if os.environ.get("YES") == "1":
        return True
    print(f"This deletes everything entered in {var}, with its files and mail, and loads the sample again.")
    try:
        return input("Type yes to go on: ").strip().lower() == "yes"
    except EOFError:
        return False


def forget(var):
    """Delete what the portal keeps in ``var``, and nothing else there."""
    for held in (each for pattern in HELD for each in var.glob(pattern)):
        if held.is_dir():
            shutil.rmtree(held)
        else:
            held.unlink()


def main():
    """Ask, forget, load the sample; return the exit code."""
    var = var_dir()
    try:
        with claim(var):
            if not is_wanted(var):
                print("Nothing was changed.")
                return 1
            forget(var)
            env = environment(os.environ.get("PORT") or 8000) | {"DJANGO_SETTINGS_MODULE": "mktogether.settings"}
            return subprocess.run([sys.executable, "-m", "mktogether.setup.prepare"], env=env, check=False).returncode
    except SiteRuns as trouble:
        raise SystemExit(str(trouble)) from None


if __name__ == "__main__":
    sys.exit(main())
