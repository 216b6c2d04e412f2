"""The search of the history, by the information governance lead: what it finds, how it is narrowed, and as a file."""

import csv
import datetime as dt
import io
import uuid

import openpyxl
import pytest
from django.utils import timezone

from meetings import actions
from partnerships.granting import actions as granting
from partnerships.story import searching
from records import history
from records.models import Event
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    ArrangementFactory,
    BodyFactory,
    EventFactory,
    MeetingFactory,
    OfficeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SEARCH = "/history/"


@pytest.fixture
def lead(db):
    return OfficeFactory(
        information_governance=True, person__post="Information Governance Lead", person__independent=True
    ).person.user


@pytest.fixture
def search(as_user, lead):
    return as_user(lead, confirmed=True)


@pytest.fixture
def manager(db):
    return OfficeFactory(person__post="Business Manager", person__independent=True).person.user


def found(response):
    """The verbs of what a page shows, the newest first."""
    return [Event.objects.get(pk=row["id"]).verb for row in response.context["rows"]]


def note(item, text, *, by):
    """Somebody writes the note of an item, with what it says now before their eyes."""
    item.refresh_from_db(fields=["note"])
    actions.save_note(item.meeting, item, text, seen=item.note_digest, by=by)


def event(**values):
    """One event in the area of everything."""
    return EventFactory(**values)


# --- Who searches ---


def test_the_lead_searches_and_for_everybody_else_there_is_no_such_page(as_user, search, manager):
    assert search.get(SEARCH).status_code == 200
    for other in (manager, UserFactory(), OfficeFactory(system_administrator=True).person.user):
        client = as_user(other, confirmed=True)
        assert client.get(SEARCH).status_code == 404
        assert client.get("/history/export.csv").status_code == 404


def test_the_way_there_is_in_the_navigation_of_those_alone_who_search(as_user, search, manager):
    assert 'href="/history/"' in search.get("/boards/").content.decode()
    assert 'href="/history/"' not in as_user(manager).get("/boards/").content.decode()


def test_an_edition_of_the_arrangements_is_named(search, lead, words):
    edition = ArrangementFactory(area=lead.person.area, name="Handbook of October")
    event(verb="arrangement.loaded", target=edition._meta.label, target_id=edition.pk, area=lead.person.area)
    page = search.get(SEARCH)
    assert "loaded arrangements: Handbook of October" in words(page)
    assert f'href="{edition.get_absolute_url()}"' in page.content.decode()


def test_searching_is_in_the_history_with_what_was_asked_and_without_names(search, lead, manager):
    search.get(f"{SEARCH}?act=read&person={manager.pk}&since=2026-01-01&board=no")
    kept = Event.objects.latest("id")
    assert (kept.verb, kept.actor_id) == ("history.searched", lead.pk)
    assert kept.details == {"act": "read", "person": str(manager.pk), "since": "2026-01-01"}
    search.head(SEARCH)
    assert Event.objects.latest("id") == kept


@pytest.mark.parametrize("address", ["", "export.csv"])
def test_it_is_for_those_who_confirmed_a_moment_ago_that_it_is_they(as_user, lead, address):
    answer = as_user(lead).get(SEARCH + address)
    assert answer["Location"].startswith("/account/confirm/?next=")
    assert not Event.objects.exists()


@pytest.mark.parametrize("address", ["", "export.csv", "export.pdf"])
def test_whoever_may_not_search_is_not_asked_to_confirm_anything(as_user, manager, address):
    assert as_user(manager).get(SEARCH + address).status_code == 404


# --- Narrowing ---


def test_it_is_narrowed_by_person_act_thing_and_day(search, manager):
    now = timezone.now()
    event(verb="meeting.opened", actor=manager, at=now - dt.timedelta(days=3))
    event(verb="file.read", target="records.StoredFile", actor=manager, at=now - dt.timedelta(days=1))
    event(verb="account.signed_in", target="records.User", at=now - dt.timedelta(days=2))
    today = timezone.localdate()

    def day(back):
        return (today - dt.timedelta(days=back)).isoformat()

    assert found(search.get(f"{SEARCH}?person={manager.pk}&until={day(2)}")) == ["meeting.opened"]
    assert found(search.get(f"{SEARCH}?act=signed+in")) == ["account.signed_in"]
    assert found(search.get(f"{SEARCH}?thing=meeting")) == ["meeting.opened"]
    assert found(search.get(f"{SEARCH}?since={day(2)}&until={day(2)}")) == ["account.signed_in"]
    assert found(search.get(f"{SEARCH}?until={day(3)}")) == ["meeting.opened"]


def test_it_is_narrowed_by_board_with_its_meetings_and_their_items(search, manager):
    review, other = BodyFactory(name="Review", slug="review"), BodyFactory(slug="other")
    meeting = MeetingFactory(body=review)
    item = AgendaItemFactory(meeting=meeting)
    note(item, "Said.", by=manager)
    actions.open_meeting(MeetingFactory(body=other), by=manager)
    assert found(search.get(f"{SEARCH}?board=review")) == ["item.noted"]


def test_two_with_the_same_post_are_told_apart_on_the_page_and_in_the_file(search):
    for organisation in ("BMKICB", "TVP"):
        post = {"person__post": "Head of Safeguarding", "person__agency__short_name": organisation}
        event(actor=OfficeFactory(**post).person.user)
    named = ["Head of Safeguarding, BMKICB", "Head of Safeguarding, TVP"]
    page = search.get(f"{SEARCH}?act=changed")
    assert [label for _value, label, _chosen in page.context["people"] if "Head" in label] == named
    assert [row["who"] for row in page.context["rows"]] == named[::-1]
    rows = csv.DictReader(io.StringIO(search.get("/history/export.csv?act=changed").content.decode("utf-8-sig")))
    assert [row["Who"] for row in rows] == named[::-1]


def test_a_choice_that_is_none_is_left_out_and_said(search, words):
    event()
    page = search.get(f"{SEARCH}?act=nonsense&since=yesterday&person=x")
    assert found(page) == ["meeting.opened"]
    assert "asked for a sort of act and a person and a first day that there is not. It was left out" in words(page)


def test_a_first_day_after_the_last_is_said_at_its_field(search, words):
    event()
    page = search.get(f"{SEARCH}?since=2026-12-01&until=2026-01-01")
    content = page.content.decode()
    assert 'aria-describedby="since-error" aria-invalid="true"' in content
    assert "Error: The first day is after the last. Change one of them." in words(page)
    assert "No event fits" not in content
    assert 'name="since" value="2026-12-01"' in content


def test_one_day_alone_and_the_same_day_twice_are_no_fault(search):
    for query in ("since=2026-12-01&until=2026-12-01", "since=2026-12-01", "until=2026-12-01"):
        assert "since-error" not in search.get(f"{SEARCH}?{query}").content.decode()


def test_it_tells_the_time_to_the_second_on_the_page_and_in_the_file(as_user, search, manager, words):
    at = dt.datetime(2026, 7, 1, 8, 5, 9, tzinfo=dt.UTC)
    event(actor=manager, at=at)
    assert "1 July 2026 09:05:09 Business Manager" in words(search.get(f"{SEARCH}?act=changed"))
    assert "1 July 2026, 09:05:09" in words(as_user(manager).get("/history/mine/"))
    rows = csv.DictReader(io.StringIO(search.get("/history/export.csv?act=changed").content.decode("utf-8-sig")))
    assert [(row["Day"], row["Time"]) for row in rows] == [("1 July 2026", "09:05:09")]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1066-10-14"])
def test_days_far_off_are_no_fault(search, day):
    event()
    assert search.get(f"{SEARCH}?since={day}").status_code == 200
    assert search.get(f"{SEARCH}?until={day}").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["?actor_id=1", "?verb__startswith=m", "?order_by=at", "?fields=x", "?at__year=2020", "?before=x", "?before=-1"],
)
def test_another_name_in_the_address_changes_nothing(search, query):
    event()
    rows = [row["id"] for row in search.get(SEARCH + query).context["rows"]]
    assert rows == [Event.objects.exclude(verb="history.searched").get().pk]


def test_a_search_that_finds_nothing_says_so(search, words):
    assert "No event fits this choice" in words(search.get(f"{SEARCH}?act=denied"))


# --- What must not be known ---


def test_what_the_lead_is_excluded_from_is_neither_told_nor_counted(as_user, lead, manager):
    item = AgendaItemFactory()
    note(item, "Said.", by=manager)
    event()
    granting.exclude(item, lead.person, "A relative works there.", by=manager)
    page = as_user(lead, confirmed=True).get(SEARCH)
    assert found(page) == ["meeting.opened"]
    assert page.context["total"] == 1


# --- Pages ---


def test_later_pages_follow_by_what_is_older_and_do_not_move_when_something_happens(search):
    EventFactory.create_batch(120)
    first = search.get(SEARCH)
    event()
    second = search.get(SEARCH + first.context["pages"].older)
    third = search.get(SEARCH + second.context["pages"].older)
    shown = [row["id"] for page in (first, second, third) for row in page.context["rows"]]
    assert len(shown) == len(set(shown)) == 120
    assert shown == sorted(shown, reverse=True)
    assert third.context["pages"].older == ""


def test_the_filter_stays_in_the_address_of_the_next_page(search):
    EventFactory.create_batch(51)
    older = search.get(f"{SEARCH}?act=changed").context["pages"].older
    assert older.startswith("?act=changed&before=")


def test_its_queries_do_not_grow(search, manager, django_assert_num_queries):
    def more(number):
        for _ in range(number):
            item = AgendaItemFactory(meeting=MeetingFactory())
            note(item, "One", by=manager)
            note(item, "Two", by=manager)
            AppointmentFactory(with_account=True)

    more(3)
    search.get(f"{SEARCH}?act=changed")
    with django_assert_num_queries(15):
        search.get(f"{SEARCH}?act=changed")
    more(50)
    with django_assert_num_queries(15):
        assert len(search.get(f"{SEARCH}?act=changed").context["rows"]) == 50


# --- As a file ---


def test_a_file_holds_what_the_page_shows_and_taking_it_is_in_the_history(search, lead, manager):
    actions.open_meeting(MeetingFactory(body__name="=SUM(1)"), by=manager)
    response = search.get("/history/export.csv?act=changed")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="history-{timezone.localdate()}.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Who"], row["What"]) for row in rows] == [
        ("Business Manager", "opened something that you may not see")
    ]
    kept = Event.objects.latest("id")
    assert (kept.verb, kept.actor_id, kept.details) == ("history.exported", lead.pk, {"act": "changed", "rows": 1})


def test_the_spreadsheet_holds_texts_and_no_formulas(search):
    OfficeFactory(person__post="=HYPERLINK(1)", person__user=UserFactory())
    event(actor=OfficeFactory(person__post="=HYPERLINK(2)", person__independent=True).person.user)
    response = search.get("/history/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet.cell(2, 4).value == "=HYPERLINK(2)"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.column > 1 and cell.value} == {"s"}


def test_a_file_of_more_than_one_read_asks_for_names_a_thousand_at_a_time(search, monkeypatch):
    monkeypatch.setattr(searching, "AT_A_TIME", 10)
    EventFactory.create_batch(25)
    content = search.get("/history/export.csv").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(content)))) == 26


def test_a_search_that_finds_more_than_a_file_holds_says_so_and_gives_none(search, monkeypatch, words):
    monkeypatch.setattr(searching, "MOST_ROWS", 2)
    EventFactory.create_batch(3)
    assert "A file holds 2 events at most" in words(search.get(SEARCH))
    assert search.get("/history/export.csv").status_code == 404
    assert search.get("/history/export.pdf").status_code == 404


# --- Of a person ---


def test_somebody_reads_what_they_did_and_what_was_read_of_them(as_user, manager, lead, words):
    actions.open_meeting(MeetingFactory(body__name="Review"), by=manager)
    as_user(lead).get(f"/history/people/{manager.person.public_id}/")
    page = words(as_user(manager).get("/history/mine/"))
    assert "Opened Review," in page
    assert "Business Manager opened" not in page
    assert "Information Governance Lead read the history of Business Manager" in page


def test_what_others_read_of_somebody_goes_back_to_the_first_on_pages_of_its_own(as_user, manager, lead, words):
    for _time in range(53):
        history.read(manager.person, by=lead, verb="person.access_read")
        history.record("meeting.opened", MeetingFactory(), by=manager)
    client = as_user(manager)
    first = client.get("/history/mine/")
    assert len(first.context["read"]) == 50
    older = first.context["read_pages"].older
    assert older.endswith("#read-head")
    second = client.get(f"/history/mine/{older}")
    assert [len(second.context["read"]), len(second.context["rows"])] == [3, 50], "the other list stays where it is"
    assert "Back to the newest" in words(second)
    both = client.get(f"/history/mine/{second.context['pages'].older}")
    assert len(both.context["read"]) == 3, "going back in one list loses no place in the other"
    last = client.get(f"/history/mine/?read-before={Event.objects.earliest('id').pk}")
    assert "Nothing before that." in words(last)


def test_reading_it_is_in_the_history_also_of_oneself_and_of_a_thing(as_user, manager, lead):
    as_user(manager).get("/history/mine/")
    as_user(lead).get(f"/history/people/{manager.person.public_id}/")
    meeting = MeetingFactory()
    as_user(manager).get(f"/history/of/meeting/{meeting.public_id}/")
    kept = Event.objects.order_by("id").values_list("verb", "actor_id", "target_id")
    assert list(kept) == [
        ("history.person_read", manager.pk, manager.person.pk),
        ("history.person_read", lead.pk, manager.person.pk),
        ("history.thing_read", manager.pk, meeting.pk),
    ]


def test_nobody_else_reads_what_somebody_did(as_user, manager):
    other = OfficeFactory().person
    history_of = f"/history/people/{other.public_id}/"
    assert as_user(manager).get(history_of).status_code == 404
    assert as_user(manager).get(f"/history/people/{uuid.uuid4()}/").status_code == 404


def test_a_place_that_ended_ends_the_look_at_ones_own_history(as_user):
    office = OfficeFactory(ends_at=timezone.now())
    assert as_user(office.person.user).get("/history/mine/").status_code == 404


def test_an_address_of_no_kind_or_no_thing_is_no_page(as_user, manager):
    meeting = MeetingFactory()
    client = as_user(manager)
    assert client.get(f"/history/of/meeting/{meeting.public_id}/").status_code == 200
    for address in (f"of/nothing/{meeting.public_id}/", "of/meeting/x/", "of/board/x/", f"of/board/{'9' * 40}/"):
        assert client.get(f"/history/{address}").status_code == 404


def test_the_history_itself_is_read_by_head_without_a_trace(as_user, lead, manager):
    as_user(lead).head(f"/history/people/{manager.person.public_id}/")
    assert not history.unsealed()
