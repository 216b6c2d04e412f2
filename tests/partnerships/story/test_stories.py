"""The history of a thing, in words, as far as whoever looks may see what it tells of."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from meetings import actions
from partnerships.actions import delete_scenario, keep_scenario, publish_terms, share_scenario
from partnerships.granting import actions as granting
from partnerships.models import TermsOfReference
from partnerships.story import sight, telling
from partnerships.story.reading import story
from records import history
from records.models import EarlierValue, User
from tests.factories import (
    AgencyFactory,
    AgendaItemFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    MeetingFactory,
    OfficeFactory,
    PersonFactory,
    ScenarioFactory,
    StoredFileFactory,
)

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def review(db):
    """The Review group with its nurse as member, one of the team, and a planned meeting."""
    member = AppointmentFactory(
        seat__body=BodyFactory(name="Review", slug="review"),
        seat__agency=AgencyFactory(short_name="ICB"),
        person__post="Deputy Chief Nurse",
        with_account=True,
    )
    return member.seat.body


@pytest.fixture
def member(review):
    return review.seats.get().appointments.get().person.user


@pytest.fixture
def manager(review):
    return OfficeFactory(person__post="Business Manager", person__independent=True).person.user


@pytest.fixture
def meeting(review, manager):
    return MeetingFactory(
        body=review,
        starts_at=dt.datetime(2027, 1, 21, 9, 30, tzinfo=LONDON),
        ends_at=dt.datetime(2027, 1, 21, 11, 30, tzinfo=LONDON),
        place="Room 1",
    )


def again(user):
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


def note(item, text, *, by):
    """Somebody writes the note of an item, with what it says now before their eyes."""
    item.refresh_from_db(fields=["note"])
    actions.save_note(item.meeting, item, text, seen=item.note_digest, by=by)


def sentences(rows):
    return [telling.sentence(row) for row in rows]


def of(user, thing):
    return sentences(story(user, thing)["rows"])


# --- A meeting and its items ---


def test_it_says_who_did_what_and_to_what_the_newest_first(meeting, manager, member):
    actions.plan_meeting(meeting, by=manager)
    item = AgendaItemFactory(meeting=meeting, title="Budget")
    actions.put_decision(meeting, item, "Noted.", by=member, how="noted")
    assert of(member, meeting) == [
        "Deputy Chief Nurse, ICB recorded a decision under “Budget”, Review, 21 January 2027",
        "Business Manager planned this meeting",
    ]
    assert of(member, item) == ["Deputy Chief Nurse, ICB recorded a decision under this item"]


def test_the_page_of_the_meeting_tells_it_with_the_titles_that_it_shows(as_user, meeting, manager, member, words):
    item = AgendaItemFactory(meeting=meeting, title="Budget")
    actions.put_decision(meeting, item, "Noted.", by=manager, how="noted")
    page = words(as_user(member).get(meeting.get_absolute_url()))
    assert "Business Manager recorded a decision under “Budget”" in page


def test_an_end_at_midnight_is_told_as_the_end_of_the_day_before(meeting, manager):
    midnight = dt.datetime(2027, 7, 18, tzinfo=LONDON)
    history.record(
        "meeting.changed", meeting, by=manager, changes={"ends_at": (midnight, None), "starts_at": (midnight, None)}
    )
    (row,) = story(manager, meeting)["rows"]
    assert row["was"] == ["start was: 18 July 2027, 00:00", "end was: the end of 17 July 2027"]


def test_what_it_was_before_is_told_with_the_change(as_user, meeting, manager, member, words):
    actions.change_meeting(
        meeting,
        by=manager,
        starts_at=dt.datetime(2027, 7, 18, 9, 30, tzinfo=LONDON),
        ends_at=dt.datetime(2027, 7, 18, 11, 30, tzinfo=LONDON),
        mode=meeting.mode,
        place="Room 2",
    )
    (row,) = story(member, meeting)["rows"]
    assert row["was"] == ["start was: 21 January 2027, 09:30", "end was: 21 January 2027, 11:30", "place was: Room 1"]
    page = words(as_user(member).get(story(member, meeting)["href"]))
    assert "Place was: Room 1" in page
    EarlierValue.objects.all().delete()
    assert story(member, meeting)["rows"][0]["was"] == []


def test_what_happened_under_a_confidential_item_is_told_to_those_who_read_it(meeting, manager, member, scrutineer):
    secret = AgendaItemFactory(meeting=meeting, title="Canary", private=True)
    decision = actions.put_decision(meeting, secret, "Canary wording", by=manager, how="noted")
    actions.remove_decision(decision, by=manager)
    assert of(scrutineer, meeting) == []
    assert (
        of(member, meeting)[0]
        == "Business Manager took back a decision under a confidential item of Review, 21 January 2027"
    )
    assert "wording was: Canary wording" in story(member, meeting)["rows"][0]["was"]


@pytest.fixture
def scrutineer(review):
    return OfficeFactory(scrutineer=True).person.user


def test_whoever_is_excluded_from_an_item_finds_nothing_of_it(as_user, meeting, manager, member, words):
    item = AgendaItemFactory(meeting=meeting, title="Canary")
    actions.put_decision(meeting, item, "Noted.", by=manager, how="noted")
    granting.exclude(item, member.person, "A relative works there.", by=manager)
    member = again(member)
    assert of(member, meeting) == []
    for address in (meeting.get_absolute_url(), story(manager, meeting)["href"]):
        assert "Canary" not in words(as_user(member).get(address))
    assert sight.of_thing(member, meeting).count() == 0
    assert [event.verb for event in sight.done_by(member, member.person)] == ["history.thing_read"]  # the meeting's


def test_nobody_learns_from_the_history_that_they_are_excluded(meeting, manager, member):
    item = AgendaItemFactory(meeting=meeting)
    granting.exclude(item, member.person, "A relative works there.", by=member)
    member = again(member)
    assert list(sight.done_by(member, member.person)) == []
    assert [event.verb for event in sight.of_thing(manager, item)] == ["interest.declared"]


def test_who_reads_is_not_told_on_the_page_of_the_thing(as_user, meeting, manager, member):
    AgendaItemFactory(meeting=meeting, private=True)
    as_user(manager).get(meeting.get_absolute_url())
    assert list(sight.of_thing(member, meeting)) == []


def test_access_to_a_thing_is_told_to_those_who_see_that_access(meeting, manager, member):
    second = OfficeFactory(scrutineer=True).person
    guest = PersonFactory(post="Guest", agency__short_name="Trust", with_account=True)
    item = AgendaItemFactory(meeting=meeting)
    until = timezone.now() + dt.timedelta(days=1)
    granting.propose_grant("presenter", item, guest, by=manager, second=second, reason="Presents it.", until=until)
    rows = telling.told(manager, sight.of_thing(manager, item), here=item)
    assert sentences(rows)[0].startswith("Business Manager proposed presenter of one paper for Guest, Trust (Access")
    assert list(sight.of_thing(member, item)) == []


def test_the_page_of_an_item_tells_who_was_kept_out_and_who_may_be_let_in(as_user, review, meeting, manager, words):
    chair = ChairingFactory(body=review, with_account=True, person__post="Chair", person__independent=True).person
    guest, kept_out = (PersonFactory(post=post, agency=None, with_account=True) for post in ("Guest", "Councillor"))
    item, until = AgendaItemFactory(meeting=meeting), timezone.now() + dt.timedelta(days=1)
    second = OfficeFactory(scrutineer=True).person
    granting.exclude(item, kept_out, "A relative works there.", by=chair.user)
    granting.propose_grant("presenter", item, guest, by=manager, second=second, reason="Presents it.", until=until)
    page = words(as_user(again(chair.user)).get(item.get_absolute_url()))
    assert "Chair made the exclusion of Councillor" in page
    assert "Business Manager proposed presenter of one paper for Guest (Access" in page


def test_the_page_of_a_meeting_leads_to_the_history_that_it_does_not_show_itself(as_user, meeting, manager, words):
    granting.exclude(AgendaItemFactory(meeting=meeting), PersonFactory(), "A relative works there.", by=manager)
    client = as_user(again(manager))
    page = client.get(meeting.get_absolute_url())
    assert "Nothing that was done at this meeting is in its history yet that you may read." in words(page)
    whole = page.context["story"]["href"]
    assert f'href="{whole}"' in page.content.decode()
    assert "Business Manager made the exclusion of" in words(client.get(whole))


def test_a_page_does_not_deny_a_history_that_somebody_may_not_read(as_user, meeting, manager, member, words):
    item = AgendaItemFactory(meeting=meeting)
    granting.exclude(item, PersonFactory(), "A relative works there.", by=manager)
    client = as_user(member)
    for address in (item.get_absolute_url(), story(member, item)["href"]):
        page = words(client.get(address))
        assert "Nothing is in its history yet that you may read." in page
        assert "exclusion" not in page


# --- Boards and scenarios ---


def test_the_page_of_a_board_tells_of_its_terms(as_user, review, manager, member, words):
    terms = TermsOfReference(body=review, edition="Handbook", starts_on=dt.date(2027, 4, 1))
    publish_terms(terms, by=manager)
    page = words(as_user(member).get(review.get_absolute_url()))
    assert "Business Manager published new terms of reference of this board or group" in page


def test_a_scenario_tells_its_history_to_those_who_see_it(as_user, review, member, manager, words):
    scenario = keep_scenario(ScenarioFactory.build(area=review.area, body=review, name="Trial"), by=member)
    share_scenario(scenario, by=member)
    page = words(as_user(manager).get(scenario.get_absolute_url()))
    assert "Deputy Chief Nurse, ICB shared this scenario" in page
    delete_scenario(scenario, by=member)
    assert sentences(telling.told(manager, sight.searched(member)))[0] == (
        "Deputy Chief Nurse, ICB deleted a scenario of the workbench"
    )


# --- Names ---


def test_two_with_the_same_post_are_told_apart_by_their_organisations(meeting, manager):
    for number, organisation in enumerate(["BMKICB", "TVP"], start=1):
        head = AppointmentFactory(
            seat__agency__short_name=organisation, person__post="Head of Safeguarding", with_account=True
        ).person
        item = AgendaItemFactory(meeting=meeting, number=number)
        note(item, "Said.", by=head.user)
        with transaction.atomic():
            history.record("guest.entered", head, by=manager, area_id=head.area_id)
    lead = OfficeFactory(information_governance=True).person.user
    assert [row["who"] for row in story(manager, meeting)["rows"]] == [
        "Head of Safeguarding, TVP",
        "Head of Safeguarding, BMKICB",
    ]
    entered = [row for row in telling.told(lead, sight.searched(lead)) if row["after"] == " as a guest"]
    assert [row["title"] for row in entered] == ["Head of Safeguarding, TVP", "Head of Safeguarding, BMKICB"]


def test_on_the_page_of_a_meeting_two_with_the_same_post_are_told_apart(as_user, meeting, member, words):
    other = AppointmentFactory(
        seat__body=meeting.body, seat__agency__short_name="TVP", person__post="Deputy Chief Nurse", with_account=True
    ).person.user
    item = AgendaItemFactory(meeting=meeting)
    for user in (member, other):
        note(item, f"Said by {user.pk}.", by=user)
    page = words(as_user(member).get(meeting.get_absolute_url()))
    assert "Deputy Chief Nurse, ICB wrote the note" in page
    assert "Deputy Chief Nurse, TVP wrote the note" in page


def test_what_somebody_may_not_see_has_no_name_and_no_values_for_them(meeting, manager):
    secret = AgendaItemFactory(meeting=meeting, title="Canary", private=True)
    note(secret, "Canary", by=manager)
    note(secret, "Changed", by=manager)
    lead = OfficeFactory(information_governance=True).person.user
    rows = telling.told(lead, sight.searched(lead))
    assert sentences(rows)[0] == ("Business Manager wrote the note for the minutes of something that you may not see")
    assert rows[0]["was"] == []
    assert "Canary" not in str(rows)


def test_a_grant_is_named_to_whoever_sees_it_though_not_the_meeting_that_it_opens(meeting, manager):
    asks = OfficeFactory(scrutineer=True, person__post="Independent Scrutineer").person
    lead = OfficeFactory(information_governance=True).person
    AgendaItemFactory(meeting=meeting, title="Canary title", private=True)
    grant = granting.ask_for_emergency(meeting, by=asks.user, second=lead, reason="Canary reason")
    grant = granting.approve_grant(grant, by=again(lead.user))
    granting.close_emergency(grant, by=again(asks.user))
    rows = telling.told(again(lead.user), sight.searched(again(lead.user)))
    named = f"emergency access for Independent Scrutineer (Access {grant.pk})"
    assert [(row["before"], row["title"], row["href"], row["was"]) for row in rows] == [
        (did, named, grant.get_absolute_url(), []) for did in ("ended ", "confirmed ", "asked for ")
    ]
    assert "Canary" not in str(rows)
    assert "Review, 21 January" not in str(rows)


def test_a_grant_that_somebody_may_not_see_is_not_named_by_what_it_opens(meeting, manager, member):
    guest = AppointmentFactory(with_account=True, person__post="Guest").person
    second = OfficeFactory(scrutineer=True).person
    item, until = AgendaItemFactory(meeting=meeting), timezone.now() + dt.timedelta(days=1)
    granting.propose_grant("presenter", item, guest, by=manager, second=second, reason="Presents it.", until=until)
    (event,) = sight.of_thing(manager, item)
    assert [row["title"] for row in telling.told(again(member), [event])] == ["something that you may not see"]


def test_a_file_has_its_name_for_those_who_may_read_it_alone(meeting, manager, member):
    stored = StoredFileFactory(kind="minutes-confidential", target_id=meeting.pk, name="canary.pdf", area=meeting.area)
    history.read(stored, by=manager, verb="file.read", within=meeting)
    lead = OfficeFactory(information_governance=True).person.user
    assert sentences(telling.told(member, sight.searched(lead))) == ["Business Manager opened the file canary.pdf"]
    assert sentences(telling.told(lead, sight.searched(lead))) == [
        "Business Manager opened the file something that you may not see"
    ]


def test_a_file_that_belongs_to_nothing_known_is_told_to_those_alone_who_may_read_it(review, manager):
    stored = StoredFileFactory(kind="case-report", area=review.area)
    history.read(stored, by=manager, verb="file.read")
    lead = OfficeFactory(information_governance=True).person.user
    assert sight.searched(lead).count() == 0


def test_events_of_another_area_are_not_there(manager):
    other = OfficeFactory(information_governance=True, person__area=AnotherAreaFactory())
    lead = OfficeFactory(information_governance=True).person.user
    with transaction.atomic():
        history.record("sample.loaded", other.area, by=None, area_id=other.area_id)
    assert sight.searched(lead).count() == 0
    assert sight.searched(other.person.user).count() == 1


def test_the_portal_and_accounts_without_a_person_are_named(review, manager):
    with transaction.atomic():
        history.record("terms.ended", review, by=None)
    assert sentences(story(manager, review)["rows"]) == [
        "The portal ended the terms of reference of this board or group that were in force"
    ]


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("2027-07-18T08:30:00Z", "18 July 2027, 09:30"),
        ("2027-01-18T09:30:00+00:00", "18 January 2027, 09:30"),
        ("2027-07-18", "18 July 2027"),
        ("Room 1", "Room 1"),
        ("", "nothing"),
        (True, "yes"),
        (7, "7"),
    ],
)
def test_values_are_written_as_people_write_them(kept, words):
    assert telling._in_words(kept) == words


# --- Cost ---


def test_a_story_takes_the_same_queries_for_three_and_three_hundred_events(
    meeting, manager, member, django_assert_num_queries
):
    def more(number):
        for _ in range(number):
            item = AgendaItemFactory(meeting=meeting, number=meeting.items.count() + 1)
            note(item, "One", by=manager)
            note(item, "Two", by=manager)

    more(3)
    sight.standing_of(member)
    with django_assert_num_queries(5):  # kinds, events, posts, items, values before
        telling.told(member, sight.of_thing(member, meeting), here=meeting)
    more(57)
    with django_assert_num_queries(5):
        assert len(telling.told(member, sight.of_thing(member, meeting), here=meeting)) == 120


def test_away_from_its_pages_a_confidential_item_has_neither_title_nor_values(as_user, meeting, manager, member, words):
    """Only pages that write down who looked at them show what stands in it."""
    secret = AgendaItemFactory(meeting=meeting, title="Canary title", private=True)
    note(secret, "Canary note", by=member)
    note(secret, "Another", by=member)
    for address in ("/me/", "/history/mine/"):
        page = words(as_user(member).get(address))
        assert "Wrote the note for the minutes of a confidential item of Review, 21 January 2027" in page
        assert "Canary" not in page
    assert "Canary note" in words(as_user(member).get(f"/history/of/item/{secret.public_id}/"))
