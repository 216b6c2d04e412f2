"""Loading the sample: once or again, never in production, and not at all where a file is wrong."""

import re
import shutil

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from meetings.models import Correction, Meeting
from meetings.sample import accounts, loading
from meetings.sample.files import WrongFile
from partnerships.models import Agency, Appointment, Body, Person, Seat
from records.models import Area, Event, User
from tests.factories import AppointmentFactory, CorrectionFactory

pytestmark = pytest.mark.django_db
OURS = ("records", "partnerships", "meetings", "finance", "reviews", "reports")
NOT_COUNTED = {"Event"}


def rows():
    """The ids of every row of every model, but for the history of loading."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {
        model.__name__: set(model.objects.values_list("pk", flat=True))
        for model in models
        if model.__name__ not in NOT_COUNTED
    }


def test_loading_twice_gives_the_same_rows():
    loading.load()
    before = rows()
    loading.load()
    assert rows() == before
    assert Event.objects.filter(verb="sample.loaded").count() == 2


def test_once_does_nothing_the_second_time_and_says_so(capsys):
    call_command("load_sample", "--once")
    assert accounts.PASSWORD in capsys.readouterr().out
    before = rows()
    call_command("load_sample", "--once")
    assert "stays as it is" in capsys.readouterr().out
    assert rows() == before
    assert sorted(Event.objects.values_list("verb", flat=True)) == [*["arrangement.loaded"] * 3, "sample.loaded"]


def test_loading_again_mends_what_the_files_say_and_keeps_what_people_entered():
    loading.load()
    Agency.objects.filter(short_name="TVP").update(name="Something else")
    seat = Seat.objects.get(body__slug="assurance", title="Police")
    now = timezone.now()
    Appointment.objects.filter(seat=seat).update(ends_at=now)
    successor = AppointmentFactory(seat=seat, person__post="Detective Chief Inspector, new", starts_at=now)
    meeting = Meeting.objects.filter(closed_at__isnull=False).first()
    correction = CorrectionFactory(meeting=meeting)
    User.objects.filter(email="finance@mktogether.example").update(password="changed")

    loading.load()

    assert Agency.objects.get(short_name="TVP").name == "Thames Valley Police"
    assert seat.appointments.in_force(now).get() == successor
    assert Correction.objects.get() == correction
    assert User.objects.get(email="finance@mktogether.example").password == "changed"
    assert Person.objects.filter(post="Detective Chief Inspector, new").exists()


def test_loading_again_leaves_a_board_the_meeting_that_it_has_coming():
    loading.load()
    meeting = Meeting.objects.get(body__slug="review", closed_at__isnull=True)
    Meeting.objects.filter(pk=meeting.pk).update(place="By the river")
    loading.load()
    assert Meeting.objects.get(body__slug="review", closed_at__isnull=True).place == "By the river"


@pytest.mark.parametrize("command", [["load_sample"], ["load_sample", "--once"], ["sample_sign_ins"]])
def test_it_refuses_in_production(settings, command):
    settings.PORTAL_MODE = "production"
    with pytest.raises(CommandError, match="not loaded in production"):
        call_command(*command)
    assert not Area.objects.exists()


# What stands in a file, what somebody makes of it, and what they are told.
WRONG = [
    ("people.yaml", "CNWL:", "CNLW:", "“CNLW” is not known here"),
    ("people.yaml", "kind: finance editor", "kind: finance", "“finance” is not known here"),
    ("people.yaml", "    - Team officer\n", "", "there is no “Team officer” under without an agency"),
    ("area.yaml", "slug: milton-keynes", "slug: [milton-keynes", "this is not YAML"),
    ("area.yaml", "from: 2024-04-01", "from: soon", "line 12: “soon” is no day and time"),
    ("meetings-coming.yaml", 'at: "10:00"', "at: 10:00", "line 7: “at” must be a text"),
    ("meetings-coming.yaml", 'at: "10:00"', 'at: "25:00"', "line 7: “25:00” is no time"),
    ("meetings-coming.yaml", "body: delivery", "body: delivry", "no board or group is called “delivry”"),
    ("meetings-coming.yaml", "minutes: 120", "minutes: 30", "the items take 1:25:00 (h:mm:ss) longer"),
    ("meetings-coming.yaml", "      nps: accept", "      nsp: accept", "no place with the key “nsp”"),
    ("meetings-coming.yaml", "cnwl: deputy", "scas: deputy", "no deputy is named for"),
    ("actions.yaml", "owner: cnwl", "owner: nwl", "Assurance has no place with the key “nwl”"),
    ("2021-22/money.yaml", "total: -65782", "total: -65783", "line 7: the amounts do not add up to the printed total"),
    ("2021-22/money.yaml", "agency: TVP", "agency: TPV", "no partner is called “TPV”"),
    ("cases.yaml", "kind: child", "kind: chld", "line 5: “chld” is not known here"),
    ("cases.yaml", "leads: [Business manager, Team officer]", "leads: [Business manager]", "line 9: two of the team"),
    ("cases.yaml", "leads: [Business manager,", "leads: [Finance manager,", "there is no “Finance manager”"),
    ("cases.yaml", "agency: TVP", "agency: TPV", "line 11: no partner is called “TPV”"),
    ("year/6-review.yaml", "how: recommendation", "how: agreed", "can be agreed there: Not quorate: nobody from TVP"),
    ("year/6-review.yaml", "ratifies: reviewer", "ratifies: viewer", "no earlier recommendation has the name “viewer”"),
    ("year/4-assurance.yaml", "cnwl: deputy", "cnwl: deputised", "“deputised” is not known here"),
    ("year/4-assurance.yaml", "scas: absent", "scas: deputy", "no deputy is named for “Ambulance, SCAS”"),
    ("year/4-assurance.yaml", "scas: absent", "scas: absent\n      scas: absent", "“scas” stands here twice"),
    ("year/1-safeguarding-partnership.yaml", "joins at item: 4", "joins at item: 9", "there is no item 9"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "message"), WRONG)
def test_a_wrong_file_is_refused_with_its_line_and_nothing_is_loaded(tmp_path, name, right, wrong, message):
    files = tmp_path / "files"
    shutil.copytree(loading.folder(), files)
    text = (files / name).read_text()
    assert right in text
    (files / name).write_text(text.replace(right, wrong, 1))
    with pytest.raises(WrongFile) as refusal:
        loading.load(files)
    assert re.match(rf"{name}, line \d+: ", str(refusal.value))
    assert message in str(refusal.value)
    assert not Area.objects.exists()
    assert not Body.objects.exists()


def test_a_wrong_file_of_arrangements_is_refused_with_its_lines_and_nothing_is_loaded(tmp_path, settings):
    shutil.copytree(settings.FIXTURES_FOLDER, tmp_path / "fixtures")
    settings.FIXTURES_FOLDER = tmp_path / "fixtures"
    file = tmp_path / "fixtures" / "arrangements" / "milton-keynes-2024.yaml"
    text = file.read_text()
    assert "short: TVP, name" in text
    file.write_text(text.replace("short: TVP, name", "short: TPV, name", 1))
    with pytest.raises(WrongFile, match=r"^milton-keynes-2024\.yaml, line \d+: “TVP” is no agency of this file\."):
        loading.load()
    assert not Area.objects.exists()
    assert not Body.objects.exists()


def test_a_missing_file_is_named(tmp_path, settings):
    settings.FIXTURES_FOLDER = tmp_path
    with pytest.raises(CommandError, match=r"area\.yaml, line 1: the file is missing"):
        call_command("load_sample")
