"""People and access: who sees whom, what somebody holds and what it opens; the readers of a board; the roles."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.models import Office
from partnerships.roles import ROLES
from tests.factories import (
    AgencyFactory,
    AgendaItemFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    ExclusionFactory,
    GrantFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
)

PEOPLE, ROLES_PAGE = "/people/", "/access/roles/"


def moment(year, month, day):
    return timezone.make_aware(dt.datetime(year, month, day))  # noqa: DTZ001 - made aware here


@pytest.fixture
def cnwl(db):
    return AgencyFactory(short_name="CNWL", name="Central and North West London", slug="cnwl")


@pytest.fixture
def review(db):
    return BodyFactory(name="Review", slug="review")


@pytest.fixture
def deputy(cnwl, review):
    """A named deputy for CNWL on Review until 31 March 2050."""
    return NamedDeputyFactory(
        seat__body=review,
        seat__agency=cnwl,
        seat__title="Head of Safeguarding",
        person__post="Named professional",
        person__with_account=True,
        ends_at=moment(2050, 4, 1),
    ).person


@pytest.fixture
def team(db):
    return OfficeFactory(person__agency=None, person__post="Business manager").person.user


@pytest.fixture
def governance(db):
    return OfficeFactory(information_governance=True, person__post="Governance lead").person.user


@pytest.fixture
def administrator(cnwl):
    return OfficeFactory(agency_administrator=True, person__agency=cnwl, person__post="Administrator").person.user


@pytest.fixture
def chair(review):
    return ChairingFactory(body=review, with_account=True, person__post="Chair of it").person.user


def listed(response):
    return [row["post"] for row in response.context["rows"]]


# --- Who sees whom ---


def test_the_team_and_the_governance_lead_see_everybody_of_their_area(as_user, deputy, team, governance):
    PersonFactory(area=AnotherAreaFactory(), post="Elsewhere")
    PersonFactory(post="Nothing held")
    for user in (team, governance):
        assert listed(as_user(user).get(PEOPLE)) == [
            "Business manager", "Governance lead", "Named professional", "Nothing held",
        ]  # fmt: skip


def test_an_administrator_sees_the_people_of_their_organisation(as_user, deputy, administrator):
    stranger = PersonFactory(post="Of another organisation")
    client = as_user(administrator)
    assert listed(client.get(PEOPLE)) == ["Administrator", "Named professional"]
    assert client.get(deputy.get_absolute_url()).status_code == 200
    assert client.get(stranger.get_absolute_url()).status_code == 404


def test_a_chair_sees_those_with_a_part_on_their_board_that_is_not_over(as_user, review, deputy, chair):
    now = timezone.now()
    gone = AppointmentFactory(seat__body=review, ends_at=now, person__post="Gone").person
    AppointmentFactory(seat__body=review, starts_at=now + dt.timedelta(days=9), person__post="To come")
    AppointmentFactory(person__post="On another board")
    GrantFactory(thing=review, person__post="Guest")
    client = as_user(chair)
    assert listed(client.get(PEOPLE)) == ["Chair of it", "Guest", "Named professional", "To come"]
    assert client.get(gone.get_absolute_url()).status_code == 404


def test_for_members_there_is_no_such_page_of_others_or_of_themselves(as_user, deputy):
    client = as_user(deputy.user)
    for path in (PEOPLE, deputy.get_absolute_url(), "/access/"):
        assert client.get(path).status_code == 404
    assert "/access/" not in client.get("/").content.decode()


def test_those_who_answer_for_access_find_it_in_the_navigation(as_user, team, chair, administrator):
    for user in (team, chair, administrator):
        assert 'href="/access/"' in as_user(user).get("/").content.decode()


def test_the_page_of_access_leads_to_who_is_let_in_and_to_emergency_access_for_those_who_may_ask(as_user, team, chair):
    assert 'href="/access/grants/"' in (page := as_user(team).get("/access/").content.decode())
    assert 'href="/access/emergency/"' in page
    page = as_user(chair).get("/access/").content.decode()
    assert 'href="/access/grants/"' in page
    assert 'href="/access/emergency/"' not in page


# --- The list ---


def test_it_is_searched_by_words_of_post_and_organisation(as_user, team, deputy):
    client = as_user(team)
    assert listed(client.get(f"{PEOPLE}?q=professional+cnwl")) == ["Named professional"]
    assert listed(client.get(f"{PEOPLE}?q=central+london")) == ["Named professional"]
    assert listed(client.get(f"{PEOPLE}?q=nobody+cnwl")) == []


def test_it_is_narrowed_by_organisation_board_and_role(as_user, team, deputy, chair, administrator, review):
    client = as_user(team)
    assert listed(client.get(f"{PEOPLE}?agency=cnwl")) == ["Administrator", "Named professional"]
    assert listed(client.get(f"{PEOPLE}?agency=none")) == ["Business manager"]
    assert listed(client.get(f"{PEOPLE}?board=review")) == ["Chair of it", "Named professional"]
    assert listed(client.get(f"{PEOPLE}?role=deputy")) == ["Named professional"]
    assert listed(client.get(f"{PEOPLE}?role=group+chair")) == ["Chair of it"]
    assert listed(client.get(f"{PEOPLE}?role=agency+administrator")) == ["Administrator"]
    GrantFactory(thing=review, person__post="Guest")
    assert listed(client.get(f"{PEOPLE}?role=lay+member&board=review")) == ["Guest"]


def offered(response, name):
    return [label for _value, label, _chosen in response.context[name]]


def test_only_what_would_find_somebody_is_offered(as_user, team, administrator, deputy, review, cnwl):
    other = BodyFactory(name="Delivery")
    AppointmentFactory(seat__body=other, seat__agency=AgencyFactory(short_name="TVP"))
    BodyFactory(name="Nobody sits here")
    AgencyFactory(short_name="Empty", slug="empty")
    page = as_user(administrator).get(PEOPLE)
    assert offered(page, "agencies") == ["CNWL"]
    assert offered(page, "boards") == ["Review"]
    page = as_user(team).get(PEOPLE)
    assert offered(page, "agencies") == ["CNWL", "TVP", "No organisation"]
    assert offered(page, "boards") == ["Delivery", "Review"]


def test_a_board_is_offered_for_whoever_chairs_it_or_is_its_guest_alone_until_that_is_over(as_user, team):
    ChairingFactory(body=BodyFactory(name="Chaired"))
    GrantFactory(thing=BodyFactory(name="Visited"))
    AppointmentFactory(seat__body=BodyFactory(name="Left"), ends_at=timezone.now())
    GrantFactory(thing=BodyFactory(name="Visited before"), over=True)
    assert offered(as_user(team).get(PEOPLE), "boards") == ["Chaired", "Visited"]


def test_an_organisation_of_which_nobody_is_there_for_them_finds_nobody(as_user, administrator, deputy, words):
    AgencyFactory(short_name="Other", slug="other")
    page = as_user(administrator).get(f"{PEOPLE}?agency=other")
    assert listed(page) == []
    assert offered(page, "agencies") == ["CNWL", "Other"]
    assert "Nobody fits this choice." in words(page)
    assert listed(as_user(administrator).get(f"{PEOPLE}?agency=none")) == []


def test_a_role_that_comes_from_a_hidden_grant_finds_nobody(as_user, team, review):
    GrantFactory(thing=review, kind="case lead", lead=True, subject="reviews.Case", person__post="Keeper")
    assert listed(as_user(team).get(f"{PEOPLE}?role=case+lead")) == []


@pytest.mark.parametrize(
    "query", ["?user__password__startswith=x", "?role=nonsense", "?agency=%00", "?page=-4", "?q=%00"]
)
def test_what_is_no_filter_changes_nothing(as_user, team, deputy, query):
    assert listed(as_user(team).get(PEOPLE + query)) == ["Business manager", "Named professional"]


def test_nobody_found_says_so_and_leads_on(as_user, team, words):
    assert "Nobody fits this choice. Show everybody" in words(as_user(team).get(f"{PEOPLE}?q=zzz"))


def test_its_queries_do_not_grow_with_the_rows(as_user, team, review, django_assert_num_queries):
    client = as_user(team)  # a guest and a chair stand on every first page, so that what theirs needs is looked up
    AppointmentFactory.create_batch(3, seat__body=review)
    GrantFactory(thing=review, person__post="A guest")
    ChairingFactory(body=review, person__post="A chair")
    with django_assert_num_queries(15):
        client.get(PEOPLE)
    AppointmentFactory.create_batch(45, seat__body=review)
    GrantFactory.create_batch(150, thing=review)
    with django_assert_num_queries(15):
        assert len(listed(client.get(PEOPLE))) == 50


# --- One person ---


def test_it_says_what_they_can_read_and_because_of_what_until_when(as_user, team, deputy, words):
    text = words(as_user(team).get(deputy.get_absolute_url()))
    assert "Named professional Central and North West London" in text
    assert "Deputy for CNWL on Review" in text
    assert "Head of Safeguarding · Since 1 January 2024, until 31 March 2050 · Named deputy" in text
    assert (
        "Review Can read meetings, ordinary papers, decisions, actions and minutes. "
        "Because deputy for CNWL on Review until 31 March 2050" in text
    )
    assert "For CNWL Can see the actions of their organisation" in text
    assert "confidential" not in text


def test_a_chair_of_a_board_above_reaches_the_groups_that_report_to_it(as_user, team, words):
    above = BodyFactory(name="Safeguarding Partnership", partnership=True)
    BodyFactory(name="Delivery", reports_to=above)
    person = ChairingFactory(body=above).person
    text = words(as_user(team).get(person.get_absolute_url()))
    assert "Delivery Can read meetings" in text
    assert "Because chair of Safeguarding Partnership, to which Delivery reports" in text


def test_what_has_ended_and_what_is_to_begin_stands_apart(as_user, team, deputy, review, words):
    dates = {"starts_at": moment(2024, 1, 1), "ends_at": moment(2024, 5, 4)}
    AppointmentFactory(person=deputy, seat__body=review, ended_because="Moved", **dates)
    OfficeFactory(person=deputy, kind="finance editor", starts_at=moment(2050, 1, 1))
    text = words(as_user(team).get(deputy.get_absolute_url()))
    assert "To begin Finance editor Withdraw it : Finance editor From 1 January 2050" in text
    assert "Ended 3 May 2024. Moved" in text
    assert text.count("Because") == 3  # the finance editor's and the member's acts are not among what it opens


def test_grants_and_exclusions_are_told_as_far_as_one_may_know_of_them(as_user, team, governance, review, words):
    secret = AgendaItemFactory(meeting__body=review, title="canary-title", private=True)
    person = AppointmentFactory(seat__body=review).person
    GrantFactory(thing=secret, kind="presenter", person=person)
    GrantFactory(thing=review, kind="case lead", lead=True, subject="reviews.Case", person=person)
    ExclusionFactory(thing=secret, person=person, reason="canary-reason")
    seen, unseen = (words(as_user(user).get(person.get_absolute_url())) for user in (team, governance))
    assert "Presenter of a confidential item of" in seen
    assert "canary-title" not in seen  # its title stands only where looking at it is written down
    assert "canary-reason" in seen
    assert "canary" not in unseen
    assert "Presenter of something that you may not see" in unseen
    assert "Case lead" not in seen + unseen


def test_only_who_may_end_something_finds_the_way_to_it(as_user, team, governance, administrator, deputy, words):
    for user, may in ((team, True), (administrator, True), (governance, False)):
        assert ("They leave: end everything" in words(as_user(user).get(deputy.get_absolute_url()))) == may


def test_its_queries_do_not_grow_with_what_they_hold(as_user, team, deputy, review, django_assert_num_queries):
    GrantFactory(thing=review, person=deputy)
    ChairingFactory(person=deputy)
    client = as_user(team)
    with django_assert_num_queries(17):
        client.get(deputy.get_absolute_url())
    NamedDeputyFactory.create_batch(40, person=deputy)
    GrantFactory.create_batch(20, thing=review, person=deputy)
    with django_assert_num_queries(17):
        client.get(deputy.get_absolute_url())


@pytest.mark.parametrize("kind", Office.OPENS_NOTHING)
def test_what_opens_nothing_stands_on_the_pages_as_such(as_user, team, kind, words):
    known = OfficeFactory(kind=kind, person__post="Known person").person
    text = words(as_user(team).get(known.get_absolute_url()))
    assert "opens nothing by itself" in text
    assert "opens nothing by itself" in words(as_user(known.user).get("/me/"))
    assert "Known person" not in words(as_user(team).get(ROLES_PAGE))


# --- The readers of a board or group ---


def test_the_readers_of_a_board_stand_there_with_their_reasons(as_user, chair, deputy, review, words):
    text = words(as_user(chair).get("/boards/review/access/"))
    assert "Named professional CNWL deputy for CNWL on Review until 31 March 2050" in text
    assert "The confidential part 1" in text
    assert "Who can read this" in words(as_user(chair).get("/boards/review/"))


def test_a_member_is_told_who_may_see_the_readers(as_user, deputy, review, words):
    answer = as_user(deputy.user).get("/boards/review/access/")
    assert answer.status_code == 403
    assert "Only its chair, the support team and the information governance lead" in words(answer)
    assert "Who can read this" not in words(as_user(deputy.user).get("/boards/review/"))


def test_links_to_people_stand_only_where_they_lead_somewhere(as_user, chair, team, deputy):
    assert deputy.get_absolute_url() in as_user(team).get("/boards/review/access/").content.decode()
    assert "/people/" not in as_user(chair).get("/boards/review/access/").content.decode()


# --- The roles ---


def test_every_role_of_the_table_is_printed_with_its_acts_and_how_far_they_reach(as_user, deputy, words):
    text = words(as_user(deputy.user).get(ROLES_PAGE))
    for role in ROLES.values():
        assert role.what in text
        assert f"comes from {role.comes_from}" in text
        for act, within in role.may.items():
            assert act.value in text
            assert all(part.value in text for part in within)


def test_who_holds_each_role_is_told_to_those_who_see_access_in_the_area(
    as_user, team, governance, administrator, chair, deputy, words
):
    for user in (team, governance):
        text = words(as_user(user).get(ROLES_PAGE))
        assert "Review Named professional, CNWL" in text
        assert "In the area Business manager" in text
    for user in (administrator, chair, deputy.user):
        text = words(as_user(user).get(ROLES_PAGE))
        assert "Who holds it now" not in text
        assert "Named professional, CNWL" not in text


def test_who_holds_nothing_reads_no_roles(as_user, db):
    assert as_user(PersonFactory(with_account=True).user).get(ROLES_PAGE).status_code == 404


def test_the_page_of_roles_asks_as_often_for_many_holders(as_user, team, review, django_assert_num_queries):
    client = as_user(team)
    AppointmentFactory.create_batch(3, seat__body=review)
    GrantFactory(thing=review)
    ChairingFactory(body=review)
    with django_assert_num_queries(11):
        client.get(ROLES_PAGE)
    AppointmentFactory.create_batch(100, seat__body=review)
    GrantFactory.create_batch(20, thing=review)
    with django_assert_num_queries(11):
        client.get(ROLES_PAGE)
