"""
Mail into a folder where it can be read: how mail leaves on a machine that has no mail server.

Each mail is one file, named by its Message-ID, and is there whole or not at all: the same mail handed over twice is one
file, and a full disk leaves no half of one.
"""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Keeps mail below ``EMAIL_FILE_PATH``, readable by the portal's own user alone."""

    def send_messages(self, messages):
        """Write each mail; a mail that cannot be written raises OSError, and nothing of it stays."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in messages:
            _keep(folder, message.message())
        return len(messages)


def _keep(folder, message):
    name = hashlib.sha256(message["Message-ID"].encode()).hexdigest()[:32]
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".draft-")
    try:
        with open(handle, "wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, folder / f"{name}.eml")
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
