"""Who the people in a case are: sealed in the database, on a page of their own, and each look written down."""

import datetime as dt

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection

from mktogether.lib.encryption import Unreadable
from partnerships.granting.actions import exclude
from records.models import EarlierValue, Event
from reviews import actions
from reviews.models import CasePerson
from tests.factories import CasePersonFactory
from tests.reviews.conftest import days

pytestmark = pytest.mark.django_db

WHOLE = {
    "part": "subject",
    "name": "canary-name",
    "born": dt.date(2019, 2, 1),
    "died": dt.date(2024, 9, 8),
    "nhs_number": "943 476 5919",
    "other_numbers": "Police 77",
}


@pytest.fixture
def lead(as_user, case, team):
    return as_user(team[0].user, confirmed=True)


@pytest.fixture
def somebody(case, team):
    return actions.enter_person(case, WHOLE, by=team[0].user)


def people(case):
    return f"{case.get_absolute_url()}people/"


def typed(**values):
    whole = {"part": "subject", "name": "canary-name", "nhs_number": "943 476 5919", "other_numbers": "Police 77"}
    return whole | days(born="1 2 2019", died="8 9 2024") | values


def kept():
    """What the database holds, as whoever steals it reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, born, died, nhs_number, other_numbers FROM reviews_caseperson")
        return cursor.fetchall()


# --- At rest ----------------------------------------------------------------------------------------------------------


def test_the_database_holds_none_of_it_in_the_clear(somebody):
    (row,) = kept()
    for text in ("canary", "2019", "2024", "943", "Police"):
        assert not any(text in column for column in row)
    found = CasePerson.objects.get()
    assert (found.name, found.born, found.died) == ("canary-name", dt.date(2019, 2, 1), dt.date(2024, 9, 8))
    assert (found.nhs_number, found.other_numbers) == ("9434765919", "Police 77")


def test_two_alike_do_not_look_alike_and_what_is_not_known_is_empty(case):
    CasePersonFactory.create_batch(2, case=case, died=None, other_numbers="")
    one, other = kept()
    assert one[0] != other[0]
    assert one[2] == one[4] == ""


@pytest.mark.parametrize(
    "lookup", ["name", "name__startswith", "born", "born__lt", "nhs_number__contains", "born__year"]
)
def test_nothing_is_looked_for_by_it(somebody, lookup):
    with pytest.raises(FieldError):
        list(CasePerson.objects.filter(**{lookup: "c"}))


def test_the_history_says_that_and_never_what(somebody, team):
    actions.change_person(somebody, WHOLE | {"name": "canary-other"}, by=team[1].user)
    actions.remove_person(somebody, by=team[1].user)
    verbs = Event.objects.filter(verb__startswith="case.person").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["case.person_entered", "case.person_changed", "case.person_removed"]
    assert not [value for value in EarlierValue.objects.values_list("value", flat=True) if "canary" in str(value)]
    assert not CasePerson.objects.exists()


def test_a_new_key_seals_anew_and_the_old_one_can_go(somebody, settings, capsys):
    old, new = settings.CASE_DETAILS_KEYS[0], Fernet.generate_key().decode()
    before = kept()
    settings.CASE_DETAILS_KEYS = [new, old]
    call_command("rotate_case_details")
    assert "Sealed anew: 1 people" in capsys.readouterr().out
    assert kept() != before
    call_command("rotate_case_details")
    assert "Sealed anew: 0 people" in capsys.readouterr().out
    settings.CASE_DETAILS_KEYS = [new]
    assert CasePerson.objects.get().name == "canary-name"
    settings.CASE_DETAILS_KEYS = [old]
    with pytest.raises(Unreadable):
        CasePerson.objects.get()
    with pytest.raises(CommandError, match="lacks its key"):
        call_command("rotate_case_details")


def test_without_the_key_the_page_says_so_in_a_sentence(lead, case, somebody, settings, words):
    settings.CASE_DETAILS_KEYS = [Fernet.generate_key().decode()]
    answer = lead.get(people(case))
    assert answer.status_code == 200
    assert "cannot be read: its key is not here" in words(answer)


# --- What cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (days(died="31 1 2019"), "died", "The date of death is before the date of birth. Check both dates."),
        (days(born="1 1 2099"), "born", "The date of birth is in the future. Enter a date up to today."),
        (days(died="1 1 2099"), "died", "The date of death is in the future. Enter a date up to today."),
        (days(born="30 2 2019"), "born", "February 2019 has no day 30. Check the day and the month"),
        ({"name": ""}, "name", "Enter a name, or “not known”"),
        ({"part": ""}, "part", "Choose what they are in the case"),
        (
            {"nhs_number": "943 476 591"},
            "nhs_number",
            "An NHS number has 10 digits, such as 943 476 5919. Check it, or leave it out.",
        ),
    ],
)
def test_bad_input_gets_its_sentence_at_its_field_and_nothing_typed_is_lost(lead, case, values, field, sentence):
    answer = lead.post(f"{people(case)}new/", typed(**values))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    page = answer.content.decode()
    assert "Police 77" in page
    assert values.get("name", "canary-name") in page
    assert not CasePerson.objects.exists()


# --- The page ---------------------------------------------------------------------------------------------------------


def test_it_is_entered_changed_and_taken_out(lead, case, words):
    assert "canary-name" in words(lead.post(f"{people(case)}new/", typed(), follow=True))
    person = CasePerson.objects.get()
    text = words(lead.get(people(case)))
    for expected in ("1 February 2019", "8 September 2024", "943 476 5919", "Police 77"):
        assert expected in text
    change = f"/cases/people/{person.public_id}/change/"
    assert 'value="canary-name"' in lead.get(change).content.decode()
    lead.post(change, typed(name="canary-other", died_0="", died_1="", died_2=""))
    assert (CasePerson.objects.get().name, CasePerson.objects.get().died) == ("canary-other", None)
    lead.post(f"/cases/people/{person.public_id}/remove/")
    assert not CasePerson.objects.exists()


def test_it_stands_on_no_other_page(lead, case, somebody):
    for page in ("", "deadlines/", "panel/", "decide/", "history/", "reads/", "people/new/"):
        assert "canary-name" not in lead.get(f"{case.get_absolute_url()}{page}").content.decode(), page
    for page in ("/cases/", "/cases/deadlines/", "/", f"/cases/people/{somebody.public_id}/remove/"):
        assert "canary-name" not in lead.get(page).content.decode(), page


def test_each_look_is_written_down_and_shown_to_those_who_keep_the_case(
    lead, as_user, case, somebody, panel_member, words
):
    as_user(panel_member.user, confirmed=True).get(people(case))
    lead.get(f"/cases/people/{somebody.public_id}/change/")
    reads = Event.objects.filter(verb="case.details_read", target_id=case.pk)
    assert reads.count() == 2
    text = words(lead.get(f"{case.get_absolute_url()}reads/"))
    assert f"{panel_member.in_full} read who the people in this case are" in text


def test_those_on_the_case_read_it_and_its_leads_alone_change_it(as_user, case, somebody, panel_member, team, words):
    client = as_user(panel_member.user, confirmed=True)
    assert "Enter somebody" not in words(client.get(people(case)))
    change = f"/cases/people/{somebody.public_id}/change/"
    assert client.post(change, typed(name="x"), follow=True).redirect_chain[-1][0] == case.get_absolute_url()
    assert CasePerson.objects.get().name == "canary-name"
    outside = as_user(team[2].user, confirmed=True)
    for page in (people(case), change, f"{people(case)}new/"):
        assert outside.get(page).status_code == 404
    exclude(case, panel_member, "A relative.", by=team[0].user)
    assert client.get(people(case)).status_code == 404


def test_a_fresh_check_comes_first(as_user, case, somebody, team):
    answer = as_user(team[0].user).get(people(case))
    assert answer["Location"].startswith("/account/confirm/")
