"""The four real editions on the pages of the structure: drawn, in words, side by side, and as at a day."""

import datetime as dt
import html

import pytest
from django.test import Client

from partnerships.arrangements.comparing import Fate
from partnerships.models import Arrangement, Body
from partnerships.structure import editions
from records.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]
NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def manager():
    return User.objects.get(email="business.manager@mktogether.example")


@pytest.fixture
def client(manager):
    client = Client()
    client.force_login(manager)
    return client


def compared(manager, older, newer):
    found = {row.key: row for row in Arrangement.objects.visible_to(manager)}
    return editions.compared(found[older], found[newer], manager, NOW)


def test_2017_18_beside_october_2024(manager):
    found = compared(manager, "mk-together-2017-18", "handbook-2024")
    succeeded = {(pair.before.name, pair.after.name): pair for pair in found.fates(Fate.SUCCEEDED)}
    pair = succeeded["Health and Wellbeing Board", "Health and Care Partnership"]
    rows = {row.label: (row.before, row.after) for row in pair.rows}
    assert rows["Meetings a year"] == ("At least 5", "4")
    assert rows["Places"][0].startswith("14 places:")
    assert rows["Places"][1].startswith("18 places:")
    assert rows["Quorum"][0] == rows["Quorum"][1]
    gone = {pair.before.name for pair in found.fates(Fate.CLOSED)}
    assert {"Health and Wellbeing Strategy Board", "Adult Programme Board", "Children's Programme Board"} <= gone
    added = {pair.after.name for pair in found.fates(Fate.ADDED)}
    assert {"Assurance", "Delivery", "Safer MK"} <= added


def test_2021_22_beside_october_2024(manager):
    found = compared(manager, "arrangements-2021-22", "handbook-2024")
    succeeded = {(pair.before.name, pair.after.name) for pair in found.fates(Fate.SUCCEEDED)}
    assert any(after == "Safeguarding Partnership" for _before, after in succeeded)
    assert any(after == "Assurance" for _before, after in succeeded)


@pytest.mark.parametrize("key", ["mk-together-2017-18", "arrangements-2021-22", "handbook-2024"])
def test_each_edition_is_drawn_whole_and_beside_itself_says_nothing(client, manager, key):
    content = client.get(f"/arrangements/{key}/").content.decode()
    drawn = content[content.index("<svg xmlns") :]
    drawn = drawn[: drawn.index("</svg>")]
    context = client.get(f"/arrangements/{key}/").context
    assert drawn.count("<rect") == context["boards"] == len(context["outline"])
    assert compared(manager, key, key).says_nothing


def test_every_board_of_each_edition_has_its_page_as_it_was(client, manager):
    seen = 0
    for edition in Arrangement.objects.visible_to(manager):
        for row in client.get(edition.get_absolute_url()).context["outline"]:
            answer = client.get(f"{row['href']}?on={edition.first_day}")
            assert answer.status_code == 200, row
            content = html.unescape(answer.content.decode())
            assert row["name"] in content
            assert "Nothing says that" not in content
            seen += 1
    assert seen > 40


def test_the_sample_year_stands_against_the_terms(client, words):
    text = words(client.get("/meetings/how-often/?year=2024-25"))
    assert "Delivery Short by one: 11 held of 12 asked 12 11 0 1 0 1 Not stated" in text
    assert "Review 6 held of at least 6 asked at least 6 6 1 0 0 0 Not stated" in text
    assert "Safeguarding Partnership 4 held of 4 asked 4 4 0 0 0 0 1 of 1" in text


def test_a_board_of_2017_says_what_its_terms_said(client, words):
    body = Body.objects.get(name="Milton Keynes Safeguarding Board")
    text = words(client.get(f"{body.get_absolute_url()}?on=2017-06-01"))
    assert "Papers 5 working days before the meeting Minutes 10 working days after the meeting" in text
    assert "10 places · members not named" in text


def test_a_real_meeting_is_judged_by_both_editions(client, words):
    address = "/arrangements/mk-together-2017-18/to/handbook-2024/"
    pairs = client.get(address).context["pairs"]
    number = next(pair["number"] for pair in pairs if pair["then"] == "Health and Care Partnership")
    text = words(client.get(address, {"board": number}))
    assert "What it means for a real meeting Health and Care Partnership, 12 March 2025" in text
    assert "by MK Together 2017/18." in text
    assert "Quorate by Handbook of October 2024." in text
