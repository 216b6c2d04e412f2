#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mktogether.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        raise SystemExit(f"The portal does not start. {problem}") from None
