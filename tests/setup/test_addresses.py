"""No file of the project says where a machine gets its packages."""

import pytest

from mktogether.setup import addresses

# Put together here, so that this file passes the very guard that it tests.
PYTHON_HOST = ".".join(["pypi", "org"])
NODE_HOST = ".".join(["registry", "npmjs", "org"])
OWN_HOST = ".".join(["packages", "council", "example", "com"])


@pytest.fixture
def project(tmp_path):
    """An empty project that ignores what ours ignores."""
    (tmp_path / ".gitignore").write_text("node_modules/\nstatic/vendor/\n")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", f"Get it from https://{PYTHON_HOST}/project/django"),
        ("docs/notes.md", f"We mirror {OWN_HOST} each night."),
        ("package-lock.json", f'"resolved": "https://{NODE_HOST}/govuk-frontend"'),
        ("package-lock.json", '"resolved": "https://10.0.0.7/govuk-frontend"'),
        (".npmrc", "registry=https://10.0.0.7/"),
        ("requirements.txt", "--index-url https://10.0.0.7/simple"),
        ("requirements-dev.txt", "django @ https://10.0.0.7/django.whl"),
        ("Dockerfile", f"ENV PIP_INDEX_URL=https://{PYTHON_HOST}/simple"),
    ],
    ids=["link", "bare name", "npm lock", "npm lock by number", "npm setting", "option", "direct file", "variable"],
)
def test_it_finds_a_planted_address(project, capsys, name, text):
    planted = project / name
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"first line\n{text}\n")
    assert addresses.main(project) == 1
    assert f"{name}:2: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("apps.py", "from django.apps.registry import apps\nregistry.add('a package')"),
        ("README.md", "The register lists packages of work. See https://www.gov.uk/working-together"),
        ("package-lock.json", '"funding": {"url": "https://opencollective.com/x"}'),
    ],
    ids=["code", "prose", "funding"],
)
def test_it_passes_what_is_no_address(project, name, text):
    (project / name).write_text(text)
    assert addresses.main(project) == 0


def test_it_passes_over_what_git_ignores(project):
    for folder in ("node_modules/x", "static/vendor"):
        (project / folder).mkdir(parents=True)
        (project / folder / "package.json").write_text(f'"resolved": "https://{NODE_HOST}/x"')
    assert addresses.main(project) == 0


def test_it_passes_over_a_file_that_is_not_text(project):
    (project / "seal.png").write_bytes(b"\xff\xfe\x00" + PYTHON_HOST.encode())
    assert addresses.main(project) == 0
