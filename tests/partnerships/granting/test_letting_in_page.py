"""Proposing from the page of a thing: one form, what would change, and then it is proposed."""

import datetime as dt

import pytest
from django.utils import timezone

from mktogether.lib.templatetags.wording import day
from partnerships.models import Grant, Person
from records.models import OutboxMessage, User
from tests.factories import AgencyFactory, AnotherAreaFactory, ExclusionFactory, PersonFactory, UserFactory


def page_of(thing, path="items"):
    return f"/access/{path}/{getattr(thing, 'public_id', None) or thing.slug}/let-in/"


def in_days(name, number):
    day = timezone.localdate() + dt.timedelta(days=number)
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


@pytest.fixture
def typed(people):
    """The form as the chair fills it in; give what is to be different."""

    def typed(act="continue", **more):
        return {
            "act": act,
            "kind": "presenter",
            "person": people.guest.pk,
            "reason": "Wrote the paper.",
            "second": people.second.pk,
            **in_days("until", 7),
        } | more

    return typed


def test_it_offers_those_who_can_be_let_in_and_those_who_may_approve(as_user, people, words):
    ExclusionFactory(thing=people.item, person=people.member)
    without_account = PersonFactory()
    page = words(as_user(people.chair.user).get(page_of(people.item)))
    assert "Let somebody present this item “Two rapid reviews”, Review" in page
    person = page[page.index("Somebody new, entered below") : page.index("Their post")]
    second = page[page.index("Who approves") :]
    assert people.guest.post in person
    assert people.member.post not in person, "excluded from it"
    assert people.chair.post not in person, "whoever proposes it"
    assert without_account.post not in person
    for offered in (people.second, people.scrutineer, people.lead_partner):
        assert offered.post in second
    for not_offered in (people.team, people.governance, people.vice, people.chair):
        assert not_offered.post not in second


@pytest.mark.parametrize("who", ["member", "vice", "scrutineer", "governance", "guest", "second"])
def test_it_is_not_there_for_those_who_do_not_keep_the_thing(as_user, people, typed, who):
    client = as_user(getattr(people, who).user)
    assert client.get(page_of(people.item)).status_code == 404
    assert client.post(page_of(people.item), typed("confirm")).status_code == 404
    assert not Grant.objects.exists()


@pytest.mark.parametrize("address", ["items/no-uuid", "nothing/1", "boards/nowhere", "meetings/{meeting}"])
def test_it_is_not_there_for_what_nobody_is_let_in_to(as_user, people, address):
    address = address.format(meeting=people.meeting.public_id)
    assert as_user(people.team.user).get(f"/access/{address}/let-in/").status_code == 404


def test_first_it_says_what_would_change_and_changes_nothing(as_user, people, typed, words):
    text = words(as_user(people.chair.user).post(page_of(people.item), typed()))
    last = timezone.localdate() + dt.timedelta(days=7)
    assert "What would change" in text
    assert f"Author of the paper, {people.guest.agency.short_name} will be able to see “Two rapid reviews”" in text
    assert f", as soon as it is approved, until the end of {last.day} {last:%B %Y}." in text
    assert f"{people.second.post} is asked by mail to approve it." in text
    assert "neither the rest of the meeting nor who is there" in text
    assert not Grant.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_once_confirmed_it_is_proposed(as_user, people, typed, words):
    answer = as_user(people.chair.user).post(page_of(people.item), typed("confirm"), follow=True)
    assert "It is proposed." in words(answer)
    grant = Grant.objects.get()
    assert answer.redirect_chain[-1][0] == grant.get_absolute_url()
    assert timezone.localtime(grant.wanted_until).time() == dt.time()
    assert (grant.person, grant.proposed_by, grant.second) == (people.guest, people.chair, people.second)


def test_back_keeps_what_was_typed(as_user, people, typed):
    answer = as_user(people.chair.user).post(page_of(people.item), typed("back", reason="Canary reason"))
    assert answer.status_code == 200
    assert "Canary reason" in answer.content.decode()
    assert not Grant.objects.exists()


@pytest.mark.parametrize("act", ["continue", "confirm"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Enter the reason, in a sentence"),
        ({"person": ""}, "Choose a person, or enter the post"),
        ({"post": "Author"}, "Choose a person or enter somebody new, and not both"),
        ({"until_0": ""}, "Enter"),
        ({"until_2": "2020"}, "would end before it begins"),
        ({"until_2": "2099"}, "twelve months at most"),
        ({"begins_0": "1", "begins_1": "1", "begins_2": "2020"}, "That day is over. Enter today or a later day"),
        ({"second": ""}, "Choose who approves it"),
        ({"person": "", "email": "author@university.example"}, "Enter their post"),
        ({"person": "", "post": "Author"}, "Enter their e-mail address"),
        ({"person": "", "post": "Author", "email": "nobody"}, "Enter their e-mail address, such as"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    as_user, people, typed, words, act, wrong, sentence
):
    answer = as_user(people.chair.user).post(page_of(people.item), typed(act, urgent="on", **wrong))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'name="urgent"' in answer.content.decode()
    assert not Grant.objects.exists()
    assert not Person.objects.filter(post="Author").exists()


def test_a_second_who_is_the_one_let_in_is_refused_at_the_field(as_user, people, typed, words):
    answer = as_user(people.chair.user).post(page_of(people.item), typed(person=people.second.pk))
    assert answer.status_code == 422
    assert "neither yourself nor the person who is let in" in words(answer)


def test_somebody_new_is_entered_only_once_confirmed(as_user, people, typed, words):
    agency = AgencyFactory()
    new = {"person": "", "post": "Author of a study", "agency": agency.pk, "email": "author@university.example"}
    client = as_user(people.chair.user)
    text = words(client.post(page_of(people.item), typed(**new)))
    assert "They get an account, and with the approval a mail" in text
    assert not User.objects.filter(email="author@university.example").exists()
    client.post(page_of(people.item), typed("confirm", **new))
    person = Grant.objects.get().person
    assert (person.post, person.agency, person.user.email) == (
        "Author of a study",
        agency,
        "author@university.example",
    )


def test_urgent_access_says_when_it_lapses(as_user, people, typed, words):
    text = words(as_user(people.chair.user).post(page_of(people.item), typed(urgent="on")))
    assert ", at once, until the end of " in text
    assert "It works at once. It lapses at the end of " in text
    as_user(people.chair.user).post(page_of(people.item), typed("confirm", urgent="on"))
    assert Grant.objects.get().confirm_by


def test_it_can_begin_on_a_later_day(as_user, people, typed, words):
    text = words(as_user(people.chair.user).post(page_of(people.item), typed(**in_days("begins", 2))))
    assert f", from {day(timezone.localdate() + dt.timedelta(days=2))}, until the end of " in text
    as_user(people.chair.user).post(page_of(people.item), typed("confirm", **in_days("begins", 2)))
    begins = timezone.localtime(Grant.objects.get().wanted_from)
    assert (begins.date(), begins.time()) == (timezone.localdate() + dt.timedelta(days=2), dt.time())


def test_a_partnership_asks_as_what_somebody_is_let_in(as_user, people, typed, words):
    client = as_user(people.team.user)
    page = page_of(people.partnership, "boards")
    text = words(client.get(page))
    assert "As what?" in text
    assert "Council democratic services" in text
    assert "Council democratic services" not in words(client.get(page_of(people.review, "boards")))
    answer = client.post(page, typed("confirm", kind="democratic services"), follow=True)
    assert "It is proposed." in words(answer)


def test_what_was_forged_into_the_form_is_no_choice(as_user, people, typed):
    client = as_user(people.chair.user)
    abroad = PersonFactory(area=AnotherAreaFactory())
    for forged in ({"kind": "emergency"}, {"person": abroad.pk}, {"second": people.member.pk}, {"person": "x"}):
        assert client.post(page_of(people.item), typed("confirm", **forged)).status_code == 422
    client.post(page_of(people.item), typed("confirm", approved_by=people.chair.pk, starts_at="2020-01-01"))
    grant = Grant.objects.get()
    assert (grant.approved_by, grant.starts_at) == (None, None)


def test_the_form_sent_twice_has_one_effect(as_user, people, typed):
    form = typed("confirm", submission="0b9f5f9e-4f3c-4b8e-9d5e-0c1f6a7b8c9d")
    client = as_user(people.chair.user)
    first, again = client.post(page_of(people.item), form), client.post(page_of(people.item), form)
    assert first["Location"] == again["Location"]
    assert Grant.objects.count() == 1


def test_an_address_with_an_account_is_refused_without_saying_whose(as_user, people, typed, words):
    UserFactory(email="known@mktogether.example")
    new = {"person": "", "post": "Author", "email": "KNOWN@mktogether.example"}
    text = words(as_user(people.chair.user).post(page_of(people.item), typed(**new)))
    assert "This address cannot be given to a guest." in text
