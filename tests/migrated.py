"""
On SQLite a run begins from a copy of the migrated database that an earlier one left: migrating takes a quarter of a
minute, and that in each process.

What was left is for the same migrations, libraries and Python alone; whoever changes one of them migrates anew.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEFT = ROOT / "var" / "migrated-for-tests"
# What migrations are made of, beside themselves.
ALSO = ("requirements.txt", "tests/settings.py", "mktogether/settings.py", "mktogether/lib/*.py")


def fingerprint():
    """Of everything that a migrated database follows from."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(path for pattern in ("*/migrations/*.py", *ALSO) for path in ROOT.glob(pattern)):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _file(settings):
    """The file of this process's database; None where the tests run on another kind."""
    database = settings.DATABASES["default"]
    return Path(database["TEST"]["NAME"]) if database["ENGINE"].endswith("sqlite3") else None


def leave(file, left):
    """Keep a copy of the database ``file`` as ``left``, whole or not at all."""
    left.parent.mkdir(parents=True, exist_ok=True)
    begun = left.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(begun)) as copy:
        source.backup(copy)
    begun.replace(left)


def put_into(folder):
    """Put a copy of the tables that were left, if any were, where a portal keeps its database in ``folder``."""
    left = LEFT / f"{fingerprint()}.sqlite3"
    if left.exists():
        shutil.copyfile(left, folder / "db.sqlite3")


def make_tables(folder, env):
    """Give the portal of ``env``, which keeps its database in ``folder``, its tables."""
    put_into(folder)
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_modify_db_settings):
    """Whether the database is there already: a copy of one that was left."""
    from django.conf import settings

    file, left = _file(settings), LEFT / f"{fingerprint()}.sqlite3"
    if file is None or not left.exists():
        return request.config.getvalue("reuse_db")
    shutil.copyfile(left, file)
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    """The database, of which a copy is left where there is none."""
    from django.conf import settings
    from django.db import connection

    file, left = _file(settings), LEFT / f"{fingerprint()}.sqlite3"
    if file is not None and not left.exists():
        with django_db_blocker.unblock():
            connection.close()
            leave(file, left)
