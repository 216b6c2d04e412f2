"""The pages that everybody may read."""

import datetime as dt
import re

import pytest
from django.conf import settings

from partnerships.granting.actions import guests
from records.models import OutboxMessage, User
from tests.factories import AnotherAreaFactory, AreaFactory, OfficeFactory, PersonFactory, PublicContactFactory

PAGES = ["/", "/worried/", "/accessibility/", "/privacy/", "/cookies/"]


@pytest.mark.parametrize("address", PAGES)
def test_it_is_there_without_an_account(client, db, address):
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_it_rejects_other_methods(client, db, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/", "/worried/"])
def test_contacts_say_who_keeps_them_and_when_they_were_checked(client, address, db, words):
    PublicContactFactory(
        audience="adult",
        name="Adults' access team",
        telephone="01632 960002",
        email="adults@mktogether.example",
        hours="Monday to Friday",
        owner="Head of adult social care",
        checked_on=dt.date(2026, 11, 3),
    )
    response = client.get(address)
    text = words(response)
    assert "Worried about an adult Adults' access team Monday to Friday Telephone 01632 960002" in text
    assert "Kept by: Head of adult social care. Last checked 3 November 2026." in text
    assert b'href="tel:01632960002"' in response.content
    assert b'href="mailto:adults@mktogether.example"' in response.content


@pytest.mark.parametrize("address", ["/", "/worried/"])
def test_without_contacts_it_still_says_999(client, address, db, words):
    text = words(client.get(address))
    assert "If somebody is in danger now, call 999" in text
    assert "No other contacts are entered yet." in text


def test_contacts_of_a_sample_say_that_nobody_answers(client, db, words):
    PublicContactFactory(area=AreaFactory(sample=True))
    assert "Except for 999, nobody answers the contacts below." in words(client.get("/worried/"))


def test_what_somebody_typed_into_a_contact_is_only_text(client, db):
    PublicContactFactory(name="<script>alert(1)</script>", owner='"><b>x')
    page = client.get("/worried/").content
    assert b"<script>alert" not in page
    assert b"<b>x" not in page


def test_the_cookies_named_are_the_cookies_set(client, db, settings, words):
    text = words(client.get("/cookies/"))
    assert settings.SESSION_COOKIE_NAME in text
    assert settings.CSRF_COOKIE_NAME in text
    assert set(client.get("/sign-in/").cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def test_the_front_door_offers_to_sign_in(client, db):
    assert b'href="/sign-in/"' in client.get("/").content


def test_contacts_take_one_query_whatever_their_number(client, db, django_assert_num_queries):
    PublicContactFactory.create_batch(3)
    with django_assert_num_queries(2):
        client.get("/worried/")
    PublicContactFactory.create_batch(27)
    with django_assert_num_queries(2):
        client.get("/worried/")


# --- Whose portal it is -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_area_reads_its_own_name_and_no_other(client, as_user, words):
    here = OfficeFactory().person
    away = OfficeFactory(person__area=AnotherAreaFactory(name="Elsewhere")).person
    for person, other in ((here, away), (away, here)):
        page = words(as_user(person.user).get("/boards/"))
        assert f"for the safeguarding partnership of {person.area.name}. Not a GOV.UK service." in page
        assert other.area.name not in page
    assert "for safeguarding partnerships. Not a GOV.UK service." in words(client.get("/"))


@pytest.mark.django_db
def test_the_front_door_names_the_one_area_that_there_is(client, words):
    AnotherAreaFactory(name="Elsewhere")
    page = words(client.get("/"))
    assert "This is the portal of the safeguarding partnership of Elsewhere." in page
    assert "Milton Keynes" not in page


@pytest.mark.django_db
def test_a_guest_is_invited_by_the_partnership_of_their_area():
    guest = PersonFactory(
        area=AnotherAreaFactory(name="Elsewhere"), user=User.objects.create_user("guest@elsewhere.example")
    )
    guests.invite_if_new(guest, by=None)
    mail = OutboxMessage.objects.get()
    assert "a guest of the safeguarding partnership of Elsewhere." in mail.text
    assert "Milton Keynes" not in mail.text


def test_no_page_and_no_sentence_names_one_area():
    """Areas and their documents stand in the database; the product's own name may stand in a page."""
    named = [
        str(path)
        for folder in ("assurance", "finance", "meetings", "partnerships", "records", "reports", "reviews", "templates")
        for path in (settings.BASE_DIR / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt"} and not {"sample", "migrations"} & set(path.parts)
        if re.search(r"Milton Keynes|MK Together Team", path.read_text())
    ]
    assert named == []
