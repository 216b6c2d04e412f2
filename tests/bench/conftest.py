"""What the tests of the measurement share."""

import importlib
from pathlib import Path

import pytest

from bench import floor
from bench.servers import FLOOR


@pytest.fixture
def floor_settings(settings, monkeypatch):
    """This process as the floor: its settings over the tests' database."""
    monkeypatch.setenv("SECRET_KEY", settings.SECRET_KEY)
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    plain = importlib.import_module("bench.floor.settings")
    for name in ("MIDDLEWARE", "ROOT_URLCONF", "LOGIN_URL", "STORAGES"):
        setattr(settings, name, getattr(plain, name))
    settings.TEMPLATES = [plain.TEMPLATES[0] | {"DIRS": [Path(floor.__file__).parent / "templates"]}]
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.SESSION_COOKIE_NAME = FLOOR.session_cookie
