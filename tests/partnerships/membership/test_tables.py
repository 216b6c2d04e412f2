"""The membership as a table: out, in with a preview and row errors, and taken back."""

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from mktogether.lib import tables as files
from mktogether.lib.verdict import Refusal
from partnerships.membership import tables
from partnerships.models import Appointment, NamedDeputy
from records.models import Event
from tests.factories import AnotherAreaFactory, AppointmentFactory, OfficeFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
PAGE = "/boards/delivery/membership/"
HEAD = "Place number,Place,Partner,Member,From,Deputies"


def csv_of(*lines):
    return "\n".join([HEAD, *lines]).encode()


def sent(client, content, name="membership.csv"):
    return client.post(PAGE, {"act": "continue", "file": SimpleUploadedFile(name, content)})


def confirmed(client, shown, token=None):
    return client.post(
        PAGE, {"act": "confirm", "rows": shown.context["rows"], "submission": token or str(uuid.uuid4())}
    )


def brought_in(body, clerk, *lines):
    return tables.bring_in(body, tables.wanted(files.read(csv_of(*lines), "a.csv")), by=clerk)


def test_it_comes_out_as_excel_and_as_csv_with_the_numbers_of_places(as_user, group):
    member = as_user(group.member.person.user)
    since = timezone.localdate(group.member.starts_at)
    content = member.get("/boards/delivery/membership.csv").content.decode("utf-8-sig")
    assert f'"{group.held.pk}","Adults","MKCC","Head of Adults","{since}","Team manager"' in content
    book = load_workbook(io.BytesIO(member.get("/boards/delivery/membership.xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == tables.HEAD
    assert rows[2][:3] == (group.vacant.pk, "Police", "TVP")
    assert member.get("/boards/delivery/membership.pdf").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_came_out_changes_nothing_when_it_comes_in_again(team, group, form):
    content = team.get(f"/boards/delivery/membership.{form}").content
    answer = sent(team, content, f"membership.{form}")
    assert answer.status_code == 422
    assert "Nothing in it differs" in str(answer.context["form"].errors["file"])


def test_every_change_is_told_before_it_is_made(team, group, words):
    lines = (f"{group.held.pk},,,Consultant,,Clerk; Team manager", f"{group.vacant.pk},,,Inspector,,")
    shown = sent(team, csv_of(*lines))
    text = words(shown)
    assert "4 changes would be made, all of them or none:" in text
    assert "Head of Adults is the member for Adults no longer. Consultant becomes the member for Adults, from" in text
    assert "Clerk becomes a deputy for Adults. Inspector becomes the member for Police" in text
    assert not Appointment.objects.filter(seat=group.vacant).exists()
    assert not Event.objects.filter(verb="membership.imported").exists()
    assert confirmed(team, shown).status_code == 302
    now = timezone.now()
    assert Appointment.objects.in_force(now).get(seat=group.held).person == group.other
    assert Appointment.objects.in_force(now).get(seat=group.vacant).person == group.inspector
    assert {row.person.post for row in NamedDeputy.objects.in_force(now)} == {"Clerk", "Team manager"}


def test_the_same_form_sent_twice_brings_it_in_once(team, group):
    shown, token = sent(team, csv_of(f"{group.vacant.pk},,,Inspector,,")), str(uuid.uuid4())
    for _time in range(2):
        assert confirmed(team, shown, token).status_code == 302
    assert Appointment.objects.filter(seat=group.vacant).count() == 1


def test_each_wrong_row_is_said_with_its_number_and_nothing_is_changed(team, group, words):
    elsewhere = SeatFactory()
    answer = sent(
        team,
        csv_of(
            f"{group.vacant.pk},,,Inspector,,",
            f"{elsewhere.pk},,,Somebody,,",
            "many,,,Somebody,,",
            f"{group.held.pk},,,Consultant,soon,",
            f"{group.vacant.pk},,,Inspector,,",
        ),
    )
    assert answer.status_code == 422
    text = words(answer)
    assert "Row 4: “many” is no number of a place." in text
    assert "Row 5: “soon” is no day. Write it as 2025-01-31." in text
    assert "Row 6: the place" in text
    lines = (f"{group.vacant.pk},,,Inspector,,", f"{elsewhere.pk},,,Somebody,,", f"{group.held.pk},,,X,2020-01-01,")
    text = words(sent(team, csv_of(*lines)))
    assert f"Row 3: Delivery has no place with the number {elsewhere.pk} today." in text
    assert "Row 4: Head of Adults is the member since 1 January 2024. Enter a day after that under “From”." in text
    assert not Appointment.objects.filter(seat=group.vacant).exists()


def test_a_post_that_several_have_is_left_to_the_page_of_the_place(group, clerk):
    for _time in range(2):
        PersonFactory(post="Sergeant", agency=group.council)
    with pytest.raises(tables.WrongRows) as wrong:
        brought_in(group, clerk, f"{group.vacant.pk},,,Sergeant,,")
    assert "can be several people" in wrong.value.sentences[0]


def test_somebody_new_is_entered_and_a_vacancy_made(group, clerk):
    brought_in(group, clerk, f"{group.vacant.pk},,,Sergeant,,", f"{group.held.pk},,,,,")
    assert Appointment.objects.get(seat=group.vacant).person.agency == group.police
    group.member.refresh_from_db()
    assert group.member.ended_because == tables.REASON
    assert not NamedDeputy.objects.in_force(timezone.now()).exists()


# --- Taking it back ---


def test_the_last_table_can_be_taken_back(team, group, clerk, words):
    brought_in(group, clerk, f"{group.vacant.pk},,,Inspector,,", f"{group.held.pk},,,Consultant,,")
    assert "Take the last table back" in words(team.get(PAGE))
    assert "is taken back" in words(team.post(f"{PAGE}undo/", follow=True))
    group.member.refresh_from_db()
    assert (group.member.ends_at, group.member.ended_because) == (None, "")
    assert list(Appointment.objects.values_list("pk", flat=True)) == [group.member.pk]
    assert NamedDeputy.objects.in_force(timezone.now()).get().person.post == "Team manager"
    assert "Take the last table back" not in words(team.get(PAGE))
    assert "No table was brought in that could be taken back." in words(team.post(f"{PAGE}undo/", follow=True))


def test_what_somebody_changed_since_is_not_taken_back(team, group, clerk, words):
    brought_in(group, clerk, f"{group.vacant.pk},,,Inspector,,", f"{group.held.pk},,,,,")
    AppointmentFactory(seat=group.held, starts_at=timezone.now(), person=group.other)
    assert "Something of it was changed since." in words(team.post(f"{PAGE}undo/", follow=True))
    assert Appointment.objects.filter(seat=group.vacant).exists()


# --- Files that are none ---


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "empty"),
        (b"\x00\x01", "a.csv", "neither an Excel workbook"),
        (b"PK\x03\x04 broken", "a.xlsx", "neither an Excel workbook"),
        (b"Name,Member\n1,2", "a.csv", "1 row cannot be brought in"),
        (b"x" * (files.LARGEST + 1), "a.csv", "larger than 2 MB"),
        (b"a\n" * (files.MOST_ROWS + 1), "a.csv", "more than 2000 rows"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(team, group, content, name, said):
    answer = sent(team, content, name)
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["file"])


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked(monkeypatch, team, group):
    content = team.get("/boards/delivery/membership.xlsx").content
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 100)
    with pytest.raises(Refusal, match="larger than 2 MB"):
        files.read(content, "a.xlsx")


def test_semicolons_and_other_letters_are_read(group):
    rows = files.read("Place number;Member;Deputies\n1;Chef für alles;".encode("cp1252"), "a.csv")
    assert rows == [(1, ["Place number", "Member", "Deputies"]), (2, ["1", "Chef für alles", ""])]


def test_what_a_page_carries_is_looked_at_anew(team, group):
    for rows in ("", "[", "[1]", '[[1, ["Place number"]]]', '[["x", []]]'):
        answer = team.post(PAGE, {"act": "confirm", "rows": rows})
        assert answer.status_code == 422


def test_only_the_team_of_the_area_brings_tables_in(as_user, group, clerk):
    member = as_user(group.member.person.user)
    assert member.get(PAGE).status_code == 403
    assert member.post(f"{PAGE}undo/").status_code == 403
    elsewhere = SeatFactory(body__area=AnotherAreaFactory())
    with pytest.raises(Refusal, match="another area"):
        tables.bring_in(elsewhere.body, [], by=clerk)


def test_only_the_team_of_the_area_takes_one_back(group, clerk):
    brought_in(group, clerk, f"{group.vacant.pk},,,Inspector,,")
    for user in (group.member.person.user, OfficeFactory(person__area=AnotherAreaFactory()).person.user):
        with pytest.raises(Refusal):
            tables.undo(group, tables.last_import(group), by=user)
    assert Appointment.objects.filter(seat=group.vacant).exists()


def test_from_names_the_first_day_of_a_new_member(group, clerk):
    soon = timezone.localdate() + dt.timedelta(days=5)
    brought_in(group, clerk, f"{group.held.pk},,,Consultant,{soon},Team manager")
    group.member.refresh_from_db()
    new = Appointment.objects.get(person=group.other)
    assert new.starts_at == group.member.ends_at
    assert timezone.localdate(new.starts_at) == soon
