"""Prepare the front end, with Node from a wheel in the virtual environment where the machine has none."""

import subprocess
import sys
from pathlib import Path

from mktogether.setup import assets
from mktogether.setup.environment import install, missing, one_at_a_time

NODE = "requirements-node.txt"


def has_npm():
    """Whether the assets can be fetched with what is here."""
    try:
        assets.npm_command()
    except assets.AssetsMissing:
        return False
    return True


def main():
    """Bring ``static/vendor`` up to its sources; return the exit code."""
    environment = Path(sys.prefix)
    if not has_npm() and missing(environment, [NODE]):
        print("Installing Node into the virtual environment: this machine has none", flush=True)
        with one_at_a_time():
            install(environment, [NODE])
    return subprocess.run([sys.executable, "-m", "mktogether.setup.assets"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
