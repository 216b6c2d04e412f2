"""The container files: valid, without a secret, and with commands that run."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import yaml

from mktogether.setup import run
from mktogether.setup.embedded import ROOT, environment
from tests import migrated

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")


def test_the_compose_file_fits_its_schema():
    checker = Path(sys.executable).parent / "check-jsonschema"
    schema = ("--builtin-schema", "vendor.compose-spec")
    subprocess.run([checker, *schema, ROOT / "docker-compose.yml"], check=True, capture_output=True)


def test_no_secret_stands_in_the_container_files():
    """Every password, key and private address comes from the environment, and a missing one stops with a sentence."""
    for name in ("SECRET_KEY", "CASE_DETAILS_KEYS", "SITE_ORIGIN", "EMAIL_URL"):
        assert re.fullmatch(rf"\$\{{{name}:\?Set {name} .+\}}", SERVICES["web"]["environment"][name])
    assert "${DATABASE_PASSWORD:?" in SERVICES["web"]["environment"]["DATABASE_URL"]
    assert SERVICES["db"]["environment"]["POSTGRES_PASSWORD"].startswith("${DATABASE_PASSWORD:?")
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert not re.search(r"(?im)^(ARG|ENV).*(secret|password|token)", dockerfile)


def test_everything_but_the_proxys_door_is_closed():
    assert SERVICES["web"]["ports"] == ["127.0.0.1:${PORT:-8000}:8000"]
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]


def test_every_service_that_stays_says_how_it_is():
    without = {name for name, service in SERVICES.items() if "healthcheck" not in service}
    assert without == {"migrate"}


def test_the_portal_waits_for_its_tables():
    for name in ("web", "worker", "beat"):
        conditions = {other: each["condition"] for other, each in SERVICES[name]["depends_on"].items()}
        assert conditions["migrate"] == "service_completed_successfully"
        assert conditions["db"] == conditions["redis"] == "service_healthy"


def test_the_queue_refuses_rather_than_forgets():
    command = SERVICES["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


def test_the_image_does_not_run_as_root():
    assert "\nUSER portal\n" in (ROOT / "Dockerfile").read_text()
    assert all(SERVICES[name]["cap_drop"] == ["ALL"] for name in OURS)


def test_one_machine_and_production_serve_with_the_same_programs():
    def words(command):
        return [word for word in command if word not in {"-m", "--quiet"}]

    assert words(run.web_command())[1:] == SERVICES["web"]["command"]
    worker = SERVICES["worker"]["command"]
    pool = worker[worker.index("--pool") : worker.index("--pool") + 2]
    assert " ".join(pool) in " ".join(run.worker_command())


@pytest.fixture
def embedded_env(tmp_path):
    """Settings that need no database server, in a folder of the test's own."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
    env = environment(port) | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mktogether.settings"}
    return env | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "WEB_BIND": f"127.0.0.1:{port}"}


def test_the_commands_of_the_services_run(embedded_env, tmp_path):
    """Without a container engine: the command of each service as written, beside settings of one machine."""
    migrated.put_into(tmp_path)
    subprocess.run(SERVICES["migrate"]["command"], cwd=ROOT, env=embedded_env, check=True, capture_output=True)
    processes = {
        name: subprocess.Popen(
            SERVICES[name]["command"], cwd=ROOT, env=embedded_env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for name in ("web", "worker", "beat")
    }
    try:
        assert health_at(embedded_env["WEB_BIND"], processes["web"]) == b"ok"
        ended = {name: process.poll() for name, process in processes.items()}
    finally:
        for process in processes.values():
            process.terminate()
        said = {name: process.communicate(timeout=30)[0].decode() for name, process in processes.items()}
    assert ended == {"web": None, "worker": None, "beat": None}, said


def health_at(where, process):
    """What the health check asks, until it is answered or the process has ended."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            question = urllib.request.Request(f"http://{where}/health/", headers={"Host": "localhost"})
            with urllib.request.urlopen(question, timeout=5) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.2)
    return None


def nginx(folder):
    """Debian's nginx: the one that is here, or the program alone out of its package, so that no server is set up."""
    here = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if here:
        return here
    subprocess.run(["apt-get", "download", "-qq", "nginx"], cwd=folder, check=True)
    subprocess.run(["dpkg", "-x", next(folder.glob("nginx*.deb")), folder], check=True)
    return folder / "usr/sbin/nginx"


@pytest.mark.prove
def test_the_proxys_example_is_what_nginx_understands(tmp_path):
    pem, key = tmp_path / "portal.pem", tmp_path / "portal.key"
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=portal"]
    subprocess.run([*certificate, "-keyout", key, "-out", pem], check=True, capture_output=True)
    site = (ROOT / "docs/nginx.conf.example").read_text()
    site = site.replace("/etc/ssl/PORTAL.pem", str(pem)).replace("/etc/ssl/PORTAL.key", str(key))
    site = site.replace("/var/log/nginx/", f"{tmp_path}/")
    whole = tmp_path / "nginx.conf"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "\n".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{folders}\n{site}\n}}\n")
    check = [nginx(tmp_path), "-t", "-c", whole, "-p", tmp_path, "-e", tmp_path / "errors"]
    checked = subprocess.run(check, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
