"""The processes start with a right environment, and otherwise say in one sentence what to set."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mktogether import configuration
from mktogether.configuration import ImproperlyConfigured
from mktogether.setup.embedded import ROOT, without_production
from tests.migrated import make_tables

KEY = "k" * 60
PRODUCTION = {
    "PORTAL_MODE": "production",
    "DATABASE_URL": "postgres://portal:secret@database.invalid:5432/portal?sslmode=require",
    "REDIS_URL": "redis://:secret@redis.invalid:6379/0",
    "SECRET_KEY": "$aB3" + "x7Zq" * 15,  # a random value may begin with any letter
    "CASE_DETAILS_KEYS": "x7Zq" * 10 + "AAA=," + "-_aB" * 10 + "AAA=",
    "SITE_ORIGIN": "https://portal.example.org",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.invalid:587",
    "FILE_STORAGE": "s3://portal-files/private",
}


@pytest.fixture
def environment(monkeypatch):
    """Set the environment of the configuration to exactly what is given."""

    def set_to(**values):
        monkeypatch.setattr(configuration.env, "ENVIRON", values)

    return set_to


OF_THE_TESTS = {"PORTAL_MODE", "VAR_DIR", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def python(*arguments, **env):
    """A process of the portal with production's environment as changed by ``env``; None leaves a setting out."""
    quiet = {name: value for name, value in without_production().items() if name not in OF_THE_TESTS}
    whole = {name: value for name, value in (quiet | PRODUCTION | env).items() if value is not None}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=whole, capture_output=True, text=True, check=False, timeout=60
    )


SETTINGS = "from mktogether import settings"


def test_a_right_environment_starts():
    done = python("-W", "error", "-c", f"{SETTINGS}; print(settings.DATABASES['default']['OPTIONS'])")
    assert done.returncode == 0, done.stderr
    assert "'sslmode': 'require'" in done.stdout
    assert "statement_timeout" in done.stdout


def test_the_settings_of_production_pass_djangos_own_deployment_check():
    done = python("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "missing", ["DATABASE_URL", "SECRET_KEY", "CASE_DETAILS_KEYS", "REDIS_URL", "SITE_ORIGIN", "EMAIL_URL"]
)
def test_a_missing_setting_stops_every_process_with_its_sentence(missing):
    done = python("-c", SETTINGS, **{missing: None})
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert re.search(rf"ImproperlyConfigured: {missing} is not set\. Set it to .+\.$", last), last
    assert "secret" not in last


# One function for each setting; the sentence names the setting and how to set it, and repeats no secret.
WRONG = [
    (configuration.database, {"DATABASE_URL": "mysql://portal:secret@db/portal"}, "DATABASE_URL does not begin with"),
    (configuration.database, {"DATABASE_URL": "sqlite:////data/db.sqlite3"}, "DATABASE_URL does not begin with"),
    (configuration.database, {"DATABASE_URL": "portal:secret@db/portal"}, "DATABASE_URL does not begin with"),
    (configuration.database, {"DATABASE_URL": "postgres://portal:secret@db:port/portal"}, "cannot be read"),
    (configuration.database, {"DATABASE_URL": "postgres://portal:secret@db:5432"}, "DATABASE_URL names no database"),
    (configuration.database, {"DATABASE_URL": ""}, "DATABASE_URL is not set"),
    (configuration.secret_key, {"SECRET_KEY": "secret"}, "SECRET_KEY is shorter than 50 characters"),
    (configuration.secret_key, {}, "SECRET_KEY is not set"),
    (configuration.case_details_keys, {}, "CASE_DETAILS_KEYS is not set"),
    (configuration.case_details_keys, {"CASE_DETAILS_KEYS": ","}, "CASE_DETAILS_KEYS holds something that is no key"),
    (configuration.case_details_keys, {"CASE_DETAILS_KEYS": "secret"}, "CASE_DETAILS_KEYS holds something that is no"),
    (configuration.broker, {}, "REDIS_URL is not set"),
    (configuration.broker, {"REDIS_URL": "amqp://portal:secret@queue/"}, "REDIS_URL begins with 'amqp'"),
    (configuration.broker, {"REDIS_URL": "memory://"}, "REDIS_URL begins with 'memory'"),
    (configuration.broker, {"REDIS_URL": "redis.example.org"}, "REDIS_URL begins with ''"),
    (configuration.site_origin, {}, "SITE_ORIGIN is not set"),
    (configuration.site_origin, {"SITE_ORIGIN": "http://portal.example.org"}, "SITE_ORIGIN is 'http://"),
    (configuration.site_origin, {"SITE_ORIGIN": "portal.example.org"}, "SITE_ORIGIN is 'portal"),
    (configuration.site_origin, {"SITE_ORIGIN": "https://portal.example.org/mk"}, "a host alone"),
    (configuration.site_origin, {"SITE_ORIGIN": "https://portal.example.org:port"}, "a host alone"),
    (configuration.site_origin, {"SITE_ORIGIN": "https://me@portal.example.org"}, "a host alone"),
    (configuration.site_origin, {"SITE_ORIGIN": "https://[portal"}, "a host alone"),
    (configuration.mail, {}, "EMAIL_URL is not set"),
    (configuration.mail, {"EMAIL_URL": "mail.example.org"}, "EMAIL_URL does not begin with"),
    (configuration.mail, {"EMAIL_URL": "consolemail://"}, "EMAIL_URL does not begin with"),
    (configuration.mail, {"EMAIL_URL": "smtp://portal:secret@mail:port"}, "EMAIL_URL cannot be read"),
    (configuration.mail, {"EMAIL_URL": "smtp://"}, "EMAIL_URL names no mail server"),
    (configuration.file_storage, {}, "FILE_STORAGE is not set"),
    (configuration.file_storage, {"FILE_STORAGE": "ftp://files"}, "FILE_STORAGE is 'ftp://files'"),
    (configuration.file_storage, {"FILE_STORAGE": "s3://"}, "FILE_STORAGE is 's3://'"),
    (configuration.file_storage, {"FILE_STORAGE": "/data/files"}, "FILE_STORAGE is '/data/files'"),
]


@pytest.mark.parametrize(("read", "env", "sentence"), WRONG)
def test_a_wrong_setting_stops_production_with_its_sentence(environment, tmp_path, read, env, sentence):
    environment(**env)
    arguments = ["production"] if read is configuration.site_origin else ["production", tmp_path]
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(*arguments)
    assert sentence in str(refusal.value)
    assert re.search(r"(Set it to|set it to|Make a longer)", str(refusal.value))
    assert "secret" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == [], "production makes nothing up"


def test_a_mode_that_does_not_exist_is_refused(environment):
    environment(PORTAL_MODE="staging")
    with pytest.raises(ImproperlyConfigured, match=r"PORTAL_MODE is 'staging'. Set it to 'production' or 'embedded'"):
        configuration.mode()


@pytest.mark.parametrize(
    ("env", "mode"),
    [
        ({}, "embedded"),
        ({"DATABASE_URL": "postgres://db/portal"}, "production"),
        ({"DATABASE_URL": ""}, "production"),
        ({"PORTAL_MODE": "embedded", "DATABASE_URL": "postgres://db/portal"}, "embedded"),
        ({"PORTAL_MODE": "embedded", "REDIS_URL": "redis://redis/0"}, "embedded"),
    ],
)
def test_naming_a_database_means_production(environment, env, mode):
    environment(**env)
    assert configuration.mode() == mode


def test_a_redis_without_a_database_is_explained(environment):
    """Half of production's settings: the portal must not begin an empty life in a file."""
    environment(REDIS_URL="redis://redis/0")
    with pytest.raises(ImproperlyConfigured, match=r"REDIS_URL is set and DATABASE_URL is not\. Set DATABASE_URL"):
        configuration.mode()


def test_a_host_is_named_and_never_any_host(environment):
    environment(ALLOWED_HOSTS="portal.example.org,*")
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS holds a '\\*'"):
        configuration.allowed_hosts("production", "https://portal.example.org")
    environment()
    assert configuration.allowed_hosts("production", "https://portal.example.org:8443") == ["portal.example.org"]


def test_one_machine_makes_its_own_key_and_keeps_it_to_itself(environment, tmp_path):
    environment()
    var = tmp_path / "var"
    first = configuration.secret_key("embedded", var)
    assert len(first) > 50
    assert configuration.secret_key("embedded", var) == first
    assert [(path.name, path.stat().st_mode & 0o777) for path in var.iterdir()] == [("secret-key", 0o600)]


def test_one_machine_needs_no_settings(environment, tmp_path):
    environment()
    assert configuration.mode() == "embedded"
    assert configuration.database("embedded", tmp_path)["NAME"] == str(tmp_path / "db.sqlite3")
    assert configuration.broker("embedded", tmp_path)[0].startswith("filesystem:")
    assert configuration.file_storage("embedded", tmp_path)["OPTIONS"]["location"] == str(tmp_path / "files")
    assert configuration.mail("embedded", tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert configuration.site_origin("embedded") == "http://localhost:8000"


# --- web and worker with brokers that differ ---


@pytest.fixture(scope="module")
def one_machine(tmp_path_factory):
    """The environment of a portal in a folder of its own, with its tables, and a free port."""
    var = tmp_path_factory.mktemp("var")
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
    env = without_production() | {
        "PORTAL_MODE": "embedded",
        "VAR_DIR": str(var),
        "WEB_BIND": f"127.0.0.1:{port}",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "mktogether.settings",
    }
    make_tables(var, env)
    subprocess.run([sys.executable, "-c", FIRST_PROCESS], cwd=ROOT, env=env, check=True)
    return env


WEB = ["gunicorn", "--config", "python:mktogether.gunicorn", "mktogether.wsgi"]
WORKER = ["celery", "-A", "mktogether", "worker", "--pool", "threads", "--concurrency", "1"]
FIRST_PROCESS = "import django; django.setup(); from records import broker; broker.check_shared()"


@pytest.mark.parametrize("command", [WEB, WORKER], ids=["web", "worker"])
def test_a_process_whose_broker_the_others_do_not_share_does_not_start(one_machine, command):
    broker = Path(one_machine["VAR_DIR"]) / "broker"
    if broker.exists():
        shutil.rmtree(broker)  # as if this process looked into another folder than the one before it
    program = shutil.which(command[0], path=one_machine["PATH"])
    stopped = subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=one_machine, capture_output=True, text=True, check=False, timeout=60
    )
    assert stopped.returncode != 0
    assert "is not the one that the other processes use. Set REDIS_URL to the same Redis" in stopped.stderr
    assert "Traceback" not in stopped.stderr
