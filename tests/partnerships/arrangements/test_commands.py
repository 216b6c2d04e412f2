"""The two commands: what they print, what they write, and how they end."""

import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from mktogether.setup.embedded import ROOT, without_production
from partnerships.models import Arrangement, Body
from tests.partnerships.arrangements import files
from tests.partnerships.arrangements.test_mistakes import RIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "seaton.yaml"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def run(command, *arguments, **options):
    """What a command prints, and what it says on the error output."""
    out, errors = io.StringIO(), io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=errors, **options)
    return out.getvalue(), errors.getvalue()


def test_a_rehearsal_prints_each_change_and_changes_nothing(file):
    out, errors = run("load_arrangement", file, "--dry-run")
    assert "Board “Board” (statutory partnership) is added, with 2 places.\n" in out
    assert out.endswith("changes would be made. Nothing was changed.\n")
    assert errors == ""
    assert not Body.objects.exists()


def test_loading_prints_each_change_and_the_second_time_that_there_is_none(file):
    out, _errors = run("load_arrangement", file)
    assert out.endswith("changes made.\n")
    assert Body.objects.count() == 2
    assert run("load_arrangement", file) == ("Nothing changes: everything is as the file says.\n", "")


def test_one_change_is_one_change(file):
    run("load_arrangement", file)
    file.write_text(RIGHT.replace("name: Seaton Police", "name: Police of Seaton"), encoding="utf-8")
    out, _errors = run("load_arrangement", file)
    assert out == "Agency Police: the name changes from “Seaton Police” to “Police of Seaton”.\n1 change made.\n"


def test_what_is_new_in_a_list_and_what_is_gone_is_named(file):
    run("load_arrangement", file)
    file.write_text(RIGHT.replace("types: [police]", "types: [constabulary, district]"), encoding="utf-8")
    out, _errors = run("load_arrangement", file)
    assert out.startswith("Agency Police: the types: “constabulary”, “district” new, “police” gone.\n")


def test_days_are_in_words_and_two_posts_of_one_name_are_told_apart(file):
    run("load_arrangement", file)
    role = "  - {kind: lead partner, agency: Trust, post: Chief Executive}\nboards:\n"
    place = "title: Nurse, places: 2}\n      - {key: doctor, agency: Trust, title: Doctor, from: 2026-02-01 14:30}\n"
    changed = RIGHT.replace("boards:\n", role, 1).replace("title: Nurse, places: 2}\n", place)
    file.write_text(changed, encoding="utf-8")
    out, _errors = run("load_arrangement", file)
    assert "Specified role “lead partner: Chief Executive, Trust” is added.\n" in out
    assert "Place “Doctor, Trust” of “Group” is added, from 1 February 2026, 14:30.\n" in out


def test_a_board_of_which_no_places_are_stated_is_said_to_have_none(file):
    file.write_text(RIGHT[: RIGHT.rindex("    places:")], encoding="utf-8")
    out, _errors = run("load_arrangement", file, "--dry-run")
    assert "Board “Group” (working group) is added, without places.\n" in out


def test_warnings_are_said_and_stop_nothing(file):
    file.write_text(RIGHT.replace("members: [Commander],", "members: [],"), encoding="utf-8")
    out, errors = run("load_arrangement", file)
    assert errors.startswith(f"Warning: {file}, line 27: With the vacancies of ")
    assert out.endswith("changes made.\n")


def test_people_can_be_left_alone(file):
    run("load_arrangement", file)
    file.write_text(RIGHT.replace("members: [Commander]", "members: [Inspector]"), encoding="utf-8")
    out, _errors = run("load_arrangement", file, "--keep-people")
    assert out == "Nothing changes: everything is as the file says.\n"
    out, _errors = run("load_arrangement", file, "--dry-run")
    assert "Inspector, member for “Commander, Police” on “Board”, begins on" in out


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    errors = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("load_arrangement", tmp_path / "nothing.yaml", stderr=errors)
    assert ended.value.code == 2
    assert "line 1: The file cannot be read (No such file or directory). Give the path of a file." in errors.getvalue()


def test_an_edition_is_printed_or_written_as_a_file_that_changes_nothing(file, tmp_path):
    run("load_arrangement", file)
    text, _errors = run("dump_arrangement", "seaton", "plan-2025")
    written = tmp_path / "written.yaml"
    out, _errors = run("dump_arrangement", "seaton", "plan-2025", output=written)
    assert out == f"“Plan of 2025” is written to {written}.\n"
    assert written.read_text(encoding="utf-8") == text
    assert run("load_arrangement", written)[0] == "Nothing changes: everything is as the file says.\n"


def test_what_there_is_is_listed(file):
    assert run("dump_arrangement") == ("No arrangements are loaded.\n", "")
    run("load_arrangement", file)
    listed = "Arrangements here, as AREA KEY:\nseaton plan-2025: Plan of 2025, from 2025-04-01"
    assert run("dump_arrangement")[0] == f"{listed}\n"
    with pytest.raises(CommandError) as refused:
        run("dump_arrangement", "seaton", "plan-2026")
    assert str(refused.value) == f"There are no arrangements “plan-2026” of “seaton”.\n{listed}"


def test_a_written_file_is_readable():
    files.load_file("milton-keynes-2024")
    text = files.dumps()["handbook-2024"]
    assert text.startswith("version: 1\narea:\n  key: milton-keynes\n")
    assert max(len(line) for line in text.splitlines()) < 400
    assert "meetings a year: 4\n" in text
    assert "rules: |\n" in text
    assert Arrangement.objects.get().key == "handbook-2024"


@pytest.mark.parametrize(
    "command",
    [["load_arrangement", "FILE"], ["dump_arrangement"], ["open_first_account", "a", "b@c.example", "--post", "P"]],
)
def test_in_a_database_without_tables_a_command_says_what_to_do(tmp_path, file, command):
    """In a process of its own, with a database that nobody has prepared."""
    env = without_production() | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3", "VAR_DIR": str(tmp_path)}
    words = [str(file) if word == "FILE" else word for word in command]
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "CommandError: The database has no tables yet. Run “python manage.py migrate”, and then this again. "
        "Nothing was changed."
    )
