"""Loading again and loading the next edition: what changes, what ends, what goes on, and that nothing is deleted."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.arrangements import reading
from partnerships.models import (
    Agency,
    Appointment,
    Arrangement,
    Body,
    Chairing,
    FormerName,
    Line,
    Seat,
    TermsOfReference,
)
from records.models import Event
from tests.factories import AppointmentFactory, MeetingFactory, SeatFactory
from tests.partnerships.arrangements import files
from tests.partnerships.arrangements.test_mistakes import RIGHT

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 9, 1)
NEXT = RIGHT.replace("key: plan-2025", "key: plan-2026").replace("Plan of 2025", "Plan of 2026")
NEXT = NEXT.replace("applies from: 2025-04-01", "applies from: 2026-04-01")


def load(text, **options):
    return files.load_text(text, **{"today": TODAY, **options})


def noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def everything():
    """The ids of all rows that a file can make."""
    return {model.__name__: set(model.objects.values_list("pk", flat=True)) for model in files.NATURAL}


@pytest.fixture
def first():
    return load(RIGHT)


@pytest.mark.usefixtures("first")
class TestTheSameEdition:
    def test_a_correction_changes_places_in_place(self):
        seat = Seat.objects.get(key="police")
        changes = load(RIGHT.replace("title: Commander,", "title: Area Commander, votes: no,")).changes
        assert [line.split(": ", 1)[1] for line in changes] == [
            "the title changes from “Commander” to “Area Commander”.", "whether it votes changes from yes to no.",
        ]  # fmt: skip
        again = Seat.objects.get(key="police")
        assert (again.pk, again.title, again.votes, again.ends_at) == (seat.pk, "Area Commander", False, None)

    def test_a_place_that_disappears_ends_and_is_kept(self):
        before = everything()
        changes = load(RIGHT.replace("places: 2", "places: 1")).changes
        assert "Place “Nurse 1, Trust” of “Group” ends on 31 August 2025." in changes
        assert everything()["Seat"] > before["Seat"]
        ended = Seat.objects.filter(body__slug="group").order_by("key").exclude(ends_at=None)
        assert [timezone.localtime(seat.ends_at).date() for seat in ended] == [TODAY, TODAY]
        assert Seat.objects.filter(body__slug="group").in_force(noon(TODAY)).get().key == "trust"

    def test_a_board_that_disappears_closes_with_all_that_hangs_on_it(self):
        text = RIGHT[: RIGHT.index("  - key: group")]
        before = everything()
        changes = load(text).changes
        assert "Board “Group” closes on 31 August 2025, with its places, lines and terms." in changes
        assert everything() == before
        group = Body.objects.get(slug="group")
        assert group.closed_on == dt.date(2025, 8, 31)
        assert not Seat.objects.filter(body=group).in_force(noon(TODAY)).exists()
        assert Seat.objects.filter(body=group).in_force(noon(dt.date(2025, 8, 31))).count() == 2
        assert (
            Line.objects.get(body=group).ends_on == TermsOfReference.objects.get(body=group).ends_on == group.closed_on
        )
        assert load(text).changes == []

    def test_members_that_change_follow_one_another(self):
        load(RIGHT.replace("members: [Commander]", "members: [Inspector]"))
        held = Appointment.objects.filter(seat__key="police").order_by("starts_at")
        assert [str(one.person) for one in held] == ["Commander", "Inspector"]
        assert held[0].ends_at == held[1].starts_at
        assert timezone.localdate(held[0].ends_at) == TODAY
        assert held[0].ended_because == "Not in Plan of 2025"

    def test_a_handover_with_its_day_and_its_reason(self):
        load(
            RIGHT.replace(
                "members: [Commander]",
                "members: [{post: Commander, until: 2025-06-30, because: Retired},"
                " {post: Inspector, from: 2025-07-01}]",
            )
        )
        held = Appointment.objects.filter(seat__key="police").order_by("starts_at")
        assert [(str(one.person), one.ended_because) for one in held] == [("Commander", "Retired"), ("Inspector", "")]
        assert held[0].ends_at == held[1].starts_at == noon(dt.date(2025, 7, 1)) - dt.timedelta(hours=12)

    def test_people_stay_who_were_entered_here_where_that_is_asked_for(self):
        now = timezone.now()
        Appointment.objects.filter(seat__key="police").update(ends_at=now)
        newcomer = AppointmentFactory(seat=Seat.objects.get(key="police"), person__post="Newcomer", starts_at=now)
        assert load(RIGHT, keep_people=True, today=timezone.localdate()).changes == []
        assert Appointment.objects.filter(seat__key="police").in_force(now).get() == newcomer

    def test_a_board_keeps_the_name_that_it_had(self):
        load(RIGHT.replace("    name: Group\n", "    name: Working group\n"))
        assert FormerName.objects.get().name == "Group"
        group = Body.objects.get(slug="group")
        assert [group.name_on(day) for day in (dt.date(2025, 8, 31), TODAY)] == ["Group", "Working group"]

    def test_a_line_that_disappears_ends(self):
        changes = load(
            RIGHT.replace("    lines:\n      - {kind: reports to, board: board, what: report}\n", "")
        ).changes
        assert "Line “Group: reports to Board” ends on 31 August 2025." in changes
        assert Body.objects.get(slug="group").reports_to is None
        assert Line.objects.filter(body__slug="group").count() == 1

    def test_a_relevant_agency_and_a_role_that_disappear_are_kept_with_their_day(self):
        text = RIGHT.replace("agencies: [Trust]", "agencies: [Police]").replace(
            "post: Chair of scrutiny,", "post: Chair,"
        )
        changes = load(text).changes
        assert "Trust is no longer a relevant agency." in changes
        edition = Arrangement.objects.get()
        rows = edition.relevant_agencies.values_list("agency__short_name", "last_day")
        assert set(rows) == {("Trust", dt.date(2025, 8, 31)), ("Police", None)}
        assert edition.specified_roles.filter(last_day=dt.date(2025, 8, 31)).get().post == "Chair of scrutiny"
        assert load(text).changes == []

    def test_a_version_of_terms_that_was_published_since_stays(self):
        board = Body.objects.get(slug="board")
        terms = board.terms.get()
        terms.ends_on = dt.date(2025, 7, 31)
        terms.save()
        newer = TermsOfReference.objects.create(
            body=board, arrangement=terms.arrangement, edition="Amended", starts_on=dt.date(2025, 8, 1), order=1
        )
        assert load(RIGHT).changes == []
        assert [board.terms_on(day) for day in (dt.date(2025, 7, 31), dt.date(2025, 8, 1))] == [terms, newer]

    def test_its_history_is_told_once_and_only_where_something_changed(self):
        assert Event.objects.filter(verb="arrangement.loaded").count() == 1
        load(RIGHT)
        assert Event.objects.filter(verb="arrangement.loaded").count() == 1
        load(RIGHT.replace("name: Seaton Police", "name: Police of Seaton"))
        assert Event.objects.filter(verb="arrangement.loaded").count() == 2


def test_places_that_were_remade_here_are_written_each_with_a_key_of_its_own(first):
    board = Body.objects.get(slug="board")
    may = noon(dt.date(2025, 5, 20))
    council = Agency.objects.get(short_name="Council")
    SeatFactory(
        body=board, agency=council, title="Councillor", order=3, ends_at=may, starts_at=noon(dt.date(2025, 4, 1))
    )
    SeatFactory(body=board, agency=council, title="Councillor", order=3, starts_at=may)
    text = files.dumps()["plan-2025"]
    assert "key: place-3\n" in text
    assert "key: place-3-2025-05-20\n" in text
    assert reading.document(text)


@pytest.mark.usefixtures("first")
class TestTheNextEdition:
    def test_the_one_before_ends_and_the_rest_goes_on(self):
        before = everything()
        changes = load(NEXT).changes
        assert "Arrangements “Plan of 2025” end on 31 March 2026." in changes
        after = everything()
        for name in ("Seat", "Body", "Appointment", "NamedDeputy", "Chairing", "Line", "Person", "Agency"):
            assert after[name] == before[name]
        board = Body.objects.get(slug="board")
        editions = [board.terms_on(day).edition for day in (dt.date(2026, 3, 31), dt.date(2026, 4, 1))]
        assert editions == ["Plan of 2025", "Plan of 2026"]
        assert load(NEXT).changes == []

    def test_a_meeting_on_each_side_is_judged_by_its_own_places_and_terms(self):
        from meetings import judging, roster

        police = next(line for line in NEXT.splitlines() if "{key: police" in line)
        text = NEXT.replace(police, "      - {key: trust, agency: Trust, title: Nurse, members: [Nurse]}")
        load(text.replace("one from each of Council, Police", "one from each of Council, Trust"))
        board = Body.objects.get(slug="board")
        found = []
        for day in (dt.date(2026, 3, 31), dt.date(2026, 4, 1)):
            meeting = MeetingFactory(body=board, area=board.area, starts_at=noon(day))
            verdict = judging.judge(meeting, roster.places(meeting), judging.terms_of(meeting))
            found.append((sorted(place.agency for place in roster.places(meeting)), verdict.sentence))
        assert found[0][0] == ["Council", "Police"]
        assert found[1][0] == ["Council", "Trust"]
        assert "Police" in found[0][1]
        assert "Trust" in found[1][1]
        assert "Police" not in found[1][1]

    def test_a_place_that_is_given_to_another_begins_anew(self):
        load(NEXT.replace("title: Commander, members", "title: Commander, votes: no, members"))
        rows = Seat.objects.filter(key="police").order_by("starts_at")
        assert [(seat.votes, seat.ends_at is None) for seat in rows] == [(True, False), (False, True)]
        assert rows[0].ends_at == rows[1].starts_at == noon(dt.date(2026, 4, 1)) - dt.timedelta(hours=12)
        assert [str(one.person) for one in Appointment.objects.filter(seat=rows[1])] == ["Commander"]

    def test_who_held_a_place_that_begins_anew_goes_on_where_the_file_says_nothing_of_them(self):
        silent = NEXT.replace(
            "title: Commander, members: [Commander], deputies: [Deputy Commander]", "title: Area chief"
        )
        changes = load(silent).changes
        assert "Commander, member for “Area chief, Police” on “Board”, goes on." in changes
        seat = Seat.objects.get(key="police", ends_at=None)
        assert [str(one.person) for one in seat.appointments.all()] == ["Commander"]
        assert [str(one.person) for one in seat.deputies.all()] == ["Deputy Commander"]
        assert {one.starts_at for one in (*seat.appointments.all(), *seat.deputies.all())} == {seat.starts_at}
        assert load(silent).changes == []

    def test_a_board_that_is_left_out_closes_the_day_before_and_has_a_successor(self):
        text = NEXT.replace(
            "  - key: group\n    name: Group\n", "  - key: team\n    name: Team\n    succeeds: [group]\n"
        )
        changes = load(text).changes
        assert "Board “Group” closes on 31 March 2026, with its places, lines and terms." in changes
        assert "Board “Group” is succeeded by “Team”." in changes
        group = Body.objects.get(slug="group")
        assert (group.closed_on, group.succeeded_by.slug) == (dt.date(2026, 3, 31), "team")
        assert Seat.objects.filter(body=group).in_force(noon(dt.date(2026, 3, 31))).count() == 2
        assert not Seat.objects.filter(body=group).in_force(noon(dt.date(2026, 4, 1))).exists()

    def test_places_that_change_their_order(self):
        lines = [
            line for line in NEXT.splitlines() if line.startswith("      - {key: council") or "{key: police" in line
        ]
        load(NEXT.replace("\n".join(lines), "\n".join(reversed(lines))))
        rows = Seat.objects.filter(body__slug="board").order_by("order")
        assert [(seat.key, seat.order) for seat in rows] == [("police", 1), ("council", 2)]

    def test_a_place_that_was_added_here_stays_after_those_of_the_file(self):
        board = Body.objects.get(slug="board")
        added = SeatFactory(body=board, agency=Agency.objects.get(short_name="Trust"), title="Guest", order=3)
        load(
            NEXT.replace(
                "    chairs: [{agency", "      - {key: nurse, agency: Trust, title: Nurse}\n    chairs: [{agency"
            )
        )
        rows = Seat.objects.filter(body=board).in_force(noon(dt.date(2026, 4, 1))).order_by("order")
        assert [seat.title for seat in rows] == ["Chief Executive", "Commander", "Nurse", "Guest"]
        assert Seat.objects.get(pk=added.pk).ends_at is None

    def test_a_chair_who_is_replaced_ends_when_the_edition_begins(self):
        load(
            NEXT.replace(
                "chairs: [{agency: Council, post: Chief Executive}]", "chairs: [{agency: Police, post: Commander}]"
            )
        )
        rows = Chairing.objects.order_by("starts_at")
        assert [str(one.person) for one in rows] == ["Chief Executive", "Commander"]
        assert rows[0].ends_at == rows[1].starts_at == noon(dt.date(2026, 4, 1)) - dt.timedelta(hours=12)


def test_a_board_has_the_sponsor_and_the_line_of_today():
    two_versions = (
        "    terms:\n      - {until: 2025-05-31, sponsor: Council}\n      - {from: 2025-06-01, sponsor: Police}\n"
    )
    text = RIGHT.replace(
        "    lines:\n      - {kind: reports to, board: board, what: report}\n",
        "    lines:\n      - {kind: reports to, board: board, until: 2025-05-31}\n"
        f"      - {{kind: reports to, board: top, from: 2025-06-01}}\n{two_versions}",
    )
    text += "  - {key: top, name: Top, kind: board}\n"
    load(text, today=dt.date(2025, 5, 31))
    group = Body.objects.get(slug="group")
    assert (group.sponsor.short_name, group.reports_to.slug) == ("Council", "board")
    changes = load(text, today=dt.date(2025, 6, 1)).changes
    assert "Board “Group”: the board whose chair reads its meetings is now “Top”." in changes
    group.refresh_from_db()
    assert (group.sponsor.short_name, group.reports_to.slug) == ("Police", "top")


def test_an_older_edition_loaded_later_adds_its_own_and_changes_nothing_of_today():
    load(NEXT)
    before = {
        name: rows for name, rows in files.structure().items() if name in ("Agency", "Seat", "Appointment", "Office")
    }
    older = RIGHT.replace("applies from: 2025-04-01", "applies from: 2025-04-01\n  applies until: 2026-03-31")
    older = older.replace("name: Seaton Police", "name: Old police").replace(
        "    name: Group\n", "    name: Old group\n"
    )
    load(older)
    after = files.structure()
    assert [row for row in after["Agency"] if row in before["Agency"]] == before["Agency"]
    now = noon(dt.date(2026, 4, 2))
    assert Seat.objects.in_force(now).count() == 4
    group = Body.objects.get(slug="group")
    assert [group.name_on(day) for day in (dt.date(2025, 4, 1), dt.date(2026, 4, 1))] == ["Old group", "Group"]
    assert group.earlier_structure == ""
    assert Arrangement.objects.in_force_on(dt.date(2025, 9, 1)).get().key == "plan-2025"
    assert load(older).changes == []
    assert load(NEXT).changes == []


def test_a_service_counts_as_the_agency_that_it_is_part_of():
    from meetings import judging, roster

    text = RIGHT.replace(
        "  - {short: Police,",
        "  - {short: Public Health, name: Public Health of Seaton, part of: Council}\n  - {short: Police,",
    ).replace("key: council, agency: Council,", "key: council, agency: Public Health,")
    load(text)
    board = Body.objects.get(slug="board")
    meeting = MeetingFactory(body=board, area=board.area, starts_at=noon(TODAY))
    (seat,) = [judging.seat(place) for place in roster.places(meeting) if place.agency == "Public Health"]
    assert seat.agency == "Council"
    assert seat.classes == {"Public Health", "local authority"}


def test_a_rehearsal_of_the_next_edition_says_what_the_loading_does(first):
    text = NEXT.replace("places: 2", "places: 3").replace("members: [Commander]", "members: [Inspector]")
    before = files.structure()
    rehearsed = load(text, dry_run=True).changes
    assert files.structure() == before
    assert load(text).changes == rehearsed
