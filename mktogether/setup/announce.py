"""Waits until the portal answers, then prints where it is and who can sign in: the last words of ``make run``."""

import sys
import time
import urllib.error
import urllib.request

import django
from django.core.management import call_command

from mktogether.setup.embedded import ROOT, address, var_dir

ANSWERS_WITHIN = 60  # seconds


def answers(where):
    """Whether the portal at ``where`` answers and finds itself healthy."""
    try:
        with urllib.request.urlopen(f"{where}/health/", timeout=5) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except OSError:
        return False


def wait_for(where):
    """Return True once the portal at ``where`` answers, False if it does not within a minute."""
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline:
        if answers(where):
            return True
        time.sleep(0.2)
    return False


def main(port):
    """Say where the portal is; return 1 if it never answered."""
    where = address(port)
    django.setup()
    if not wait_for(where):
        print(f"The portal did not answer at {where} within {ANSWERS_WITHIN} seconds: see the lines above.", flush=True)
        return 1
    print(f"\nThe portal is at {where}\n", flush=True)
    call_command("sample_sign_ins")
    mail = var_dir() / "mail"
    mail = mail.relative_to(ROOT) if mail.is_relative_to(ROOT) else mail
    print(f"\nMail that it sends lies in {mail}. Ctrl-C stops it; what you enter is kept.", flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
