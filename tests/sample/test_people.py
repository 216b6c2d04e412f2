"""Who is in the sample: partners, places and what was assumed of them, sign-ins, contacts and terms."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from meetings.sample import accounts, loading
from partnerships.models import Agency, Body, Grant, NamedDeputy, PublicContact, Seat, TermsOfReference
from partnerships.standing import standing_of
from records.models import Area, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

SIGN_INS = [row[1] for row in accounts.sign_ins(loading.folder())]
ASKED_FOR = [
    "business.manager",
    "team.officer",
    "chair.assurance",
    "chair.review",
    "chair.delivery",
    "chair.childdeath",
    "chair.partnership",
    "member.tvp",
    "member.cnwl",
    "deputy.cnwl",
    "scrutineer",
    "finance",
    "governance",
    "system",
]


def standing(name):
    return standing_of(User.objects.get(email=f"{name}@mktogether.example"))


def body(slug):
    return Body.objects.get(slug=slug)


@pytest.mark.parametrize("name", ASKED_FOR)
def test_there_is_an_account_for_each_role(name):
    assert f"{name}@mktogether.example" in SIGN_INS


@pytest.mark.parametrize("email", SIGN_INS)
def test_every_address_that_is_printed_signs_in_and_holds_something_or_waits_for_it(email):
    user = User.objects.get(email=email)
    assert user.check_password(accounts.PASSWORD)
    waiting = Grant.objects.waiting(timezone.now()).filter(person=user.person)
    assert standing_of(user).held or waiting.exists()


def test_the_sign_in_page_lets_them_in(client):
    answer = client.post(
        reverse("account_login"),
        {"login": "chair.assurance@mktogether.example", "password": accounts.PASSWORD},
        headers={"host": "localhost"},
        secure=True,
    )
    assert answer.status_code == 302, answer.content
    assert client.session["_auth_user_id"]


@pytest.mark.parametrize("email", SIGN_INS)
def test_everybody_has_a_first_page(client, email):
    client.force_login(User.objects.get(email=email))
    answer = client.get("/", headers={"host": "localhost"}, secure=True)
    assert answer.status_code == 200
    assert "Sample: terms of October 2024 applied from 1 April 2024" in answer.content.decode()


def test_each_role_holds_what_its_name_says():
    assert standing("business.manager").is_team
    assert standing("scrutineer").is_scrutineer
    assert body("assurance").pk in standing("chair.assurance").chairs
    assert body("child-death").pk in standing("chair.childdeath").chairs
    assert body("delivery").pk in standing("vicechair.delivery").vice_chairs
    assert body("review").pk in standing("chair.partnership").oversees
    assert "delegated partner" in standing("chair.partnership").offices
    assert not standing("partner.children").oversees
    assert body("assurance").pk in standing("member.tvp").member_of
    assert standing("deputy.cnwl").deputy_on
    assert not standing("deputy.cnwl").member_of


def test_the_command_prints_role_address_and_password(capsys):
    call_command("sample_sign_ins")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(SIGN_INS) + 1
    assert re.search(
        rf"Chair of Assurance +chair\.assurance@mktogether\.example +{accounts.PASSWORD}", "\n".join(lines)
    )


def test_the_area_says_that_it_is_a_sample():
    assert Area.objects.get().sample_notice == "Sample: terms of October 2024 applied from 1 April 2024"


def test_contacts_have_an_owner_and_numbers_that_nobody_has():
    contacts = PublicContact.objects.all()
    assert {contact.audience for contact in contacts} == {"emergency", "child", "adult"}
    assert all(contact.owner and contact.checked_on == timezone.localdate() for contact in contacts)
    numbers = [contact.telephone for contact in contacts]
    assert all(re.fullmatch(r"999|01632 960 \d{3}", number) for number in numbers)


@pytest.mark.parametrize(
    ("slug", "keys"),
    [("safer-mk", "responsible authority"), ("health-and-care-partnership", "councillor")],
)
def test_the_classes_that_rules_name_are_on_the_places(slug, keys):
    number = {"safer-mk": 5, "health-and-care-partnership": 4}[slug]
    assert sum(keys in seat.classes for seat in Seat.objects.filter(body__slug=slug)) == number


def test_only_the_five_authorities_vote_in_safer_mk():
    voters = Seat.objects.filter(body__slug="safer-mk", votes=True)
    assert {seat.agency.short_name for seat in voters} == {"TVP", "MKCC", "BLMK ICB", "BFRS", "NPS"}
    assert all(seat.classes == ["responsible authority"] for seat in voters)


def test_what_the_handbook_leaves_open_is_marked_as_assumed():
    noted = Seat.objects.exclude(note="").filter(body__earlier_structure="")
    assert noted.count() > 20
    assert all(seat.note.startswith("Assumed:") for seat in noted)
    chairs = Seat.objects.filter(body__kind="group", title="Chair")
    assert chairs.count() == 4
    assert all(seat.note for seat in chairs)


def test_most_places_have_a_named_deputy_and_a_few_have_none():
    places = Seat.objects.filter(body__kind="group")
    named = NamedDeputy.objects.filter(seat__in=places).count()
    assert 0.8 < named / places.count() < 1


def test_the_partners_are_known_by_the_short_names_of_the_rules():
    known = {agency.short_name: agency.classes for agency in Agency.objects.all()}
    assert known["MKCC"] == ["local authority"]
    assert known["TVP"] == ["police"]
    assert {name for name, classes in known.items() if "health" in classes} >= {"BLMK ICB", "MKUHFT", "CNWL", "SCAS"}


def test_papers_and_minutes_days_are_not_stated_in_the_handbook():
    of_handbook = TermsOfReference.objects.filter(arrangement__key="handbook-2024")
    assert of_handbook.count() == 14
    assert not of_handbook.exclude(papers_working_days=None, minutes_working_days=None).exists()


@pytest.mark.parametrize(
    ("slug", "months"),
    [
        ("safeguarding-partnership", [4, 7, 10, 1]),
        ("safer-mk", [7, 11, 3]),
        ("health-and-care-partnership", [6, 9, 12, 3]),
        ("assurance", []),
    ],
)
def test_the_months_are_those_of_the_handbook_and_none_where_it_is_silent(slug, months):
    assert body(slug).terms_on(dt.date(2024, 10, 1)).months == months


def test_the_terms_apply_from_april_2024_and_not_before():
    todays = Body.objects.present(timezone.localdate())
    assert all(found.terms_on(dt.date(2024, 4, 1)) for found in todays)
    assert not any(found.terms_on(dt.date(2024, 3, 31)) for found in todays)


@pytest.mark.parametrize("slug", ["lead-safeguarding-partners", "case-review-panel"])
def test_the_small_bodies_state_no_quorum(slug):
    assert body(slug).terms_on(dt.date(2024, 10, 1)).rules == ""
