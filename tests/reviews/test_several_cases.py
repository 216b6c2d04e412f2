"""Several cases on pages that name none: told as a number that leads to their list, and each grant by its reference."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from partnerships.models import Grant
from tests.factories import CaseFactory, GrantFactory

pytestmark = pytest.mark.django_db


def link_texts(answer):
    """(text, address) of every link in the main part of a page."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    links = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', main, re.DOTALL)
    return {(re.sub(r"<[^>]+>", "", text), address) for address, text in links}


def ambiguous(answer):
    """The link texts of a page that lead to more than one address."""
    texts = [text for text, _address in link_texts(answer)]
    return {text for text in texts if texts.count(text) > 1}


@pytest.fixture
def leads(team, case):
    """The first of the team keeps two more cases, which they took at the same moment; the second keeps one of them."""
    begins = Grant.objects.regardless("made by the test").get(person=team[0]).wanted_from
    both = [CaseFactory(number=701), CaseFactory(number=702)]
    for each in both:
        GrantFactory(lead=True, thing=each, person=team[0], wanted_from=begins)
    GrantFactory(lead=True, thing=both[0], person=team[1], wanted_from=begins)
    ends = begins + dt.timedelta(days=300)
    Grant.objects.regardless("made by the test").update(wanted_until=ends, ends_at=ends)
    return both


def test_one_case_leads_to_its_page_and_several_to_the_list_of_cases(as_user, team, case, leads):
    assert ("Lead of 3 cases", "/cases/") in link_texts(as_user(team[0].user).get("/me/"))
    GrantFactory(thing=case, kind="panel member", person=team[2])
    assert ("Panel member of a case", case.get_absolute_url()) in link_texts(as_user(team[2].user).get("/me/"))


@pytest.mark.parametrize("path", ["/me/", "/access/grants/", "/access/roles/", "/people/", "/"])
def test_no_two_links_with_the_same_words_lead_to_different_places(as_user, team, leads, path):
    for case in leads:
        GrantFactory(thing=case, kind="panel member", review_on=timezone.localdate(), person__post="Nurse")
    assert not {text for text in ambiguous(as_user(team[0].user).get(path)) if "case" in text.lower()}


def test_what_they_hold_is_counted_one_by_one_and_what_it_opens_is_said_once(as_user, team, leads, words):
    text = words(as_user(team[0].user).get("/me/"))
    assert "What you hold 4 now" in text
    assert text.count("Lead of 3 cases") == 1
    assert text.count("read who the people in a case are") == 1
    assert "Because lead of 3 cases until " in text


def test_where_their_dates_differ_the_first_are_told(as_user, team, leads, words):
    earlier = timezone.now() + dt.timedelta(days=10)
    grants = Grant.objects.regardless("made by the test").filter(person=team[0], subject_id=leads[0].pk)
    grants.update(wanted_until=earlier, ends_at=earlier)
    text = words(as_user(team[0].user).get("/me/"))
    assert "The first since " in text
    assert "; the first of them ends " in text
    assert "Because lead of 3 cases, the first until " in text


def test_a_row_of_people_says_the_number(as_user, team, leads, words):
    assert "Member of the support team; Lead of 3 cases" in words(as_user(team[0].user).get("/people/"))


def test_whoever_keeps_fewer_of_them_is_told_of_those_alone(as_user, team, leads, words):
    text = words(as_user(team[1].user).get(team[0].get_absolute_url()))
    assert "Lead of 2 cases" in text


def test_the_page_of_roles_says_how_many_and_names_everybody_once(as_user, team, leads, words):
    text = words(as_user(team[0].user).get("/access/roles/"))
    held = text.split("Case lead comes from", 1)[1].split("Who holds it now", 1)[1][:200]
    assert "3 cases" in held
    assert held.count(team[0].post) == 1


def test_leaving_tells_them_as_a_number(as_user, team, leads, words):
    text = words(as_user(team[2].user).get(f"{team[0].get_absolute_url()}leave/"))
    assert "Lead of" not in text, "the third keeps none, and learns of none"
    text = words(as_user(team[1].user).get(f"{team[0].get_absolute_url()}leave/"))
    assert "Access by exception that ends Lead of 2 cases" in text


def test_each_row_of_who_is_let_in_goes_by_the_reference_of_its_grant(as_user, team, leads):
    links = link_texts(as_user(team[0].user).get("/access/grants/"))
    for grant in Grant.objects.visible_to(team[0].user):
        assert any(text.startswith(f"{grant}, ") and address == grant.get_absolute_url() for text, address in links)
