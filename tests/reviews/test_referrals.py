"""Referring an incident, the receipt of it, and what the team does with it."""

import datetime as dt

import pytest
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting.actions import exclude
from partnerships.models import Exclusion
from records import submissions
from records.models import Event, OutboxMessage
from reviews import actions
from reviews.models import Case, Referral
from tests.factories import (
    AgencyFactory,
    AnotherAreaFactory,
    AppointmentFactory,
    EventFactory,
    GrantFactory,
    OfficeFactory,
    ReferralFactory,
)
from tests.reviews.conftest import days, fresh

pytestmark = pytest.mark.django_db

REFER = "/cases/refer/"
SAID = "infant, serious injury, recovered"
KNOWN = dt.date(2024, 9, 10)


@pytest.fixture
def sender(db):
    """Somebody of an agency with a place on a board."""
    return AppointmentFactory(with_account=True).person


@pytest.fixture
def client(as_user, sender):
    return as_user(sender.user, confirmed=True)


@pytest.fixture
def triage(as_user, team):
    return as_user(team[0].user, confirmed=True)


def typed(sender, **values):
    whole = {"kind": "child", "happened": SAID, "agencies": [sender.agency_id], "read_again": "on"}
    return whole | days(known_on="10 9 2024") | values


def sent(person, **values):
    whole = {"known_on": KNOWN, "agencies": [person.agency]} | values
    return actions.refer("child", SAID, by=fresh(person.user), **whole)


# --- Referring --------------------------------------------------------------------------------------------------------


def test_somebody_of_an_agency_refers_and_has_a_receipt(client, sender, words):
    answer = client.post(REFER, typed(sender), follow=True)
    referral = Referral.objects.get()
    assert answer.redirect_chain == [(f"/cases/receipts/{referral.public_id}/", 302)]
    text = words(answer)
    for expected in (f"Receipt {referral.number}", SAID, "Known on 10 September 2024", sender.agency.name):
        assert expected in text
    assert referral.number in words(client.get("/cases/receipts/"))


def test_the_team_is_told_by_a_mail_that_says_nothing_of_it(team, sender):
    referral = sent(sender)
    mails = list(OutboxMessage.objects.all())
    assert {mail.to for mail in mails} == {person.user.email for person in team}
    for mail in mails:
        assert SAID not in f"{mail.subject} {mail.text}"
        assert "child" not in f"{mail.subject} {mail.text}".lower()
        assert referral.get_absolute_url() in mail.text


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Choose what it is about"),
        ({"happened": ""}, "happened", "Enter in a few safe words what happened"),
        ({"happened": "boy born 1.2.2019"}, "happened", "Leave out dates. The line must not identify anybody."),
        (
            {"happened": "x" * 301},
            "happened",
            "Shorten “What happened, in a few safe words?” to 300 characters. It has 301",
        ),
        (days(known_on="1 1 2099"), "known_on", "This date is in the future. Enter the day on which it happened."),
        (days(known_on="31 2 2024"), "known_on", "February 2024 has no day 31. Check the day and the month"),
        ({"agencies": []}, "agencies", "Choose at least one organisation that knew the people"),
        ({"read_again": ""}, "read_again", "Read it again, and tick that it names nobody"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_typed_is_lost(client, sender, values, field, sentence):
    answer = client.post(REFER, typed(sender, **values))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert (values.get("happened", SAID) or "name=") in answer.content.decode()
    assert not Referral.objects.exists()


def test_the_same_form_sent_twice_refers_once(client, sender, words):
    form = typed(sender, submission=submissions.new_token())
    first = client.post(REFER, form)
    second = client.post(REFER, form, follow=True)
    assert second.redirect_chain == [(first["Location"], 302)]
    assert Referral.objects.count() == 1


def test_an_organisation_of_another_area_is_not_taken(client, sender):
    elsewhere = AgencyFactory(area=AnotherAreaFactory())
    assert client.post(REFER, typed(sender, agencies=[elsewhere.pk])).status_code == 422
    with pytest.raises(Refusal, match="Choose at least one organisation"):
        sent(sender, agencies=[elsewhere])


def test_organisations_are_offered_by_their_names_and_without_those_that_came_to_an_end(client, sender, words):
    old = AgencyFactory(area=sender.area, name="The Old Group", succeeded_by=sender.agency)
    text = words(client.get(REFER))
    assert sender.agency.name in text
    assert old.name not in text


def test_a_guest_of_one_thing_refers_nothing(as_user):
    guest = GrantFactory(kind="lay member", with_account=True).person
    assert as_user(guest.user, confirmed=True).get(REFER).status_code == 404


# --- The receipt ------------------------------------------------------------------------------------------------------


def test_the_receipt_says_nothing_of_what_became_of_it(client, sender, team, words):
    referral = sent(sender)
    before = words(client.get(referral.receipt_url))
    case = actions.accept_referral(
        referral, "child", "infant, recovered", known_on=KNOWN, by=team[0].user, second=team[1]
    )
    assert words(client.get(referral.receipt_url)) == before
    assert case.reference not in words(client.get("/cases/receipts/"))
    assert client.get(referral.get_absolute_url()).status_code == 404
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get("/cases/referrals/").status_code == 404


def test_nobody_else_has_the_receipt(as_user, sender, team):
    referral = sent(sender)
    colleague = AppointmentFactory(with_account=True, seat__agency=sender.agency).person
    for user in (colleague.user, team[0].user):
        assert as_user(user, confirmed=True).get(referral.receipt_url).status_code == 404


def test_whoever_takes_no_part_any_more_has_no_receipt(client, sender):
    referral = sent(sender)
    sender.appointments.update(ends_at=timezone.now())
    assert client.get(referral.receipt_url).status_code == 404


def test_each_look_is_written_down(client, triage, sender, team):
    referral = sent(sender)
    client.get(referral.receipt_url)
    triage.get(referral.get_absolute_url())
    verbs = Event.objects.filter(target="reviews.Referral", verb__contains="read").values_list("verb", "actor_id")
    assert set(verbs) == {("referral.receipt_read", sender.user_id), ("referral.read", team[0].user_id)}


# --- Deciding ---------------------------------------------------------------------------------------------------------


def test_the_team_lists_what_waits_and_accepts_it(triage, sender, team, words):
    referral = sent(sender)
    assert referral.number in words(triage.get("/cases/referrals/"))
    page = triage.get(f"{referral.get_absolute_url()}accept/").content.decode()
    assert f'value="{SAID}"' in page
    assert 'value="2024"' in page
    form = {"kind": "child", "about": "infant, recovered", "second": team[1].pk, "read_again": "on"}
    answer = triage.post(f"{referral.get_absolute_url()}accept/", form | days(known_on="11 9 2024"), follow=True)
    case = Case.objects.get()
    assert answer.redirect_chain == [(case.get_absolute_url(), 302)]
    referral.refresh_from_db()
    assert (referral.case, referral.decided_by) == (case, team[0].user)
    assert case.deadlines.get(code="SIN-1").due_on == dt.date(2024, 9, 18)


def test_what_became_a_case_is_there_for_those_on_the_case_alone(as_user, sender, team):
    referral = sent(sender)
    actions.accept_referral(referral, "child", "infant", known_on=KNOWN, by=team[0].user, second=team[1])
    assert as_user(team[1].user, confirmed=True).get(referral.get_absolute_url()).status_code == 200
    outside = as_user(team[2].user, confirmed=True)
    assert outside.get(referral.get_absolute_url()).status_code == 404
    assert outside.get("/cases/referrals/?state=all").context["rows"] == []


def test_it_is_closed_with_a_reason_that_the_team_reads(as_user, triage, sender, team, words):
    referral = sent(sender)
    assert triage.post(f"{referral.get_absolute_url()}close/", {"because": ""}).status_code == 422
    triage.post(f"{referral.get_absolute_url()}close/", {"because": "Known already."})
    text = words(as_user(team[2].user, confirmed=True).get(referral.get_absolute_url()))
    assert "No case follows. Known already." in text
    assert "Somebody decided about this referral already." in words(
        triage.get(f"{referral.get_absolute_url()}accept/", follow=True)
    )


def test_of_two_who_decide_one_does(sender, team):
    referral = sent(sender)
    actions.close_referral(referral, "Known already.", by=team[0].user)
    with pytest.raises(Refusal, match="already"):
        actions.accept_referral(referral, "child", "infant", known_on=KNOWN, by=team[1].user, second=team[2])
    assert not Case.objects.exists()


def test_nobody_but_the_team_decides(sender, team):
    referral = sent(sender)
    with pytest.raises(Refusal, match="Only the support team"):
        actions.close_referral(referral, "x", by=fresh(sender.user))


def test_whoever_has_an_interest_sees_it_no_more_and_is_kept_from_the_case(as_user, sender, team):
    referral = sent(sender)
    exclude(referral, team[2], "A relative.", by=team[2].user)
    assert as_user(team[2].user, confirmed=True).get(referral.get_absolute_url()).status_code == 404
    with pytest.raises(Refusal, match="They have an interest in this"):
        actions.accept_referral(referral, "child", "infant", known_on=KNOWN, by=team[0].user, second=team[2])
    case = actions.accept_referral(referral, "child", "infant", known_on=KNOWN, by=team[0].user, second=team[1])
    assert Exclusion.objects.filter(subject="reviews.Case", subject_id=case.pk, person=team[2]).exists()
    with pytest.raises(Refusal):
        actions.close_referral(sent(sender), "x", by=fresh(sender.user))


# --- Its history ------------------------------------------------------------------------------------------------------


def history_of(client, referral, words):
    """What the panel of its page tells."""
    (_before, told) = words(client.get(referral.get_absolute_url())).split(" History ", 1)
    return told


def test_its_page_says_who_sent_it_and_who_decided(triage, as_user, sender, team, words):
    referral = sent(sender)
    assert f"{sender.in_full} sent this referral" in history_of(triage, referral, words)
    actions.close_referral(referral, "Known already.", by=team[1].user)
    told = history_of(as_user(team[2].user, confirmed=True), referral, words)
    assert f"{team[1].in_full} closed this referral without a case" in told
    assert "The whole history" not in told  # this is all of it


def test_to_those_on_the_case_it_says_who_accepted_it(triage, sender, team, words):
    referral = sent(sender)
    actions.accept_referral(referral, "child", "infant", known_on=KNOWN, by=team[0].user, second=team[1])
    assert f"{team[0].in_full} accepted this referral as a case" in history_of(triage, referral, words)


def test_its_history_tells_nobody_of_an_interest_nor_of_looks(triage, sender, team, words):
    referral = sent(sender)
    exclude(referral, team[2], "A relative.", by=team[2].user)
    history_of(triage, referral, words)
    told = history_of(triage, referral, words)
    assert f"{sender.in_full} sent this referral" in told
    for secret in (team[2].post, "interest", "relative", "read this"):
        assert secret not in told


def test_the_receipt_has_no_history(client, sender, team, words):
    referral = sent(sender)
    actions.close_referral(referral, "Known already.", by=team[0].user)
    text = words(client.get(referral.receipt_url))
    assert "History" not in text
    assert team[0].post not in text


@pytest.mark.parametrize("more", [3, 300])
def test_its_history_costs_the_same_for_any_number_of_rows(triage, sender, team, django_assert_num_queries, more):
    referral = sent(sender)
    for number in range(more):
        actor = team[number % 3].user
        EventFactory(verb="referral.closed", target="reviews.Referral", target_id=referral.pk, actor=actor)
    with django_assert_num_queries(14):
        assert len(triage.get(referral.get_absolute_url()).context["story"]["rows"]) == more + 1


# --- Likeness ---------------------------------------------------------------------------------------------------------


def test_the_same_incident_referred_twice_is_said_to_those_who_may_know(triage, as_user, sender, team, words):
    first = sent(sender)
    case = actions.accept_referral(first, "child", SAID, known_on=KNOWN, by=team[0].user, second=team[1])
    waits, again = sent(sender, known_on=dt.date(2024, 9, 14)), sent(sender, known_on=dt.date(2024, 9, 12))
    text = words(triage.get(again.get_absolute_url()))
    assert "This could be known already" in text
    assert case.reference in text
    assert waits.number in text
    assert "known 2 days apart" in text
    # One of the team who is not on the case learns of the referral that waits, and nothing of the case.
    other = words(as_user(team[2].user, confirmed=True).get(again.get_absolute_url()))
    assert waits.number in other
    assert case.reference not in other
    # Whoever sends it learns neither.
    receipt = words(as_user(sender.user, confirmed=True).get(again.receipt_url))
    assert case.reference not in receipt
    assert "known already" not in receipt


def test_those_who_keep_a_case_see_on_it_that_a_referral_looks_like_it(as_user, sender, team, words):
    case = actions.register_case("child", SAID, by=team[0].user, second=team[1], known_on=KNOWN)
    referral = sent(sender, known_on=dt.date(2024, 9, 12))
    text = words(as_user(fresh(team[0].user), confirmed=True).get(case.get_absolute_url()))
    assert f"A referral that waits could be about the same. {referral} : the same kind; known 2 days apart" in text
    member = GrantFactory(thing=case, kind="panel member", with_account=True).person
    assert referral.number not in words(as_user(member.user, confirmed=True).get(case.get_absolute_url()))


def test_what_is_not_alike_warns_of_nothing(triage, sender):
    sent(sender, known_on=dt.date(2024, 1, 2))
    other = ReferralFactory(kind="adult", happened="adult, neglect", known_on=KNOWN, area=sender.area)
    assert triage.get(other.get_absolute_url()).context["alike"] == []


@pytest.mark.parametrize("more", [3, 60])
def test_lists_and_likeness_cost_the_same_for_few_and_for_many(triage, sender, django_assert_num_queries, more):
    for _number in range(more):
        ReferralFactory(area=sender.area, person=sender)
    with django_assert_num_queries(5):
        assert triage.get("/cases/referrals/").context["pages"].total == more
    last = Referral.objects.first()
    with django_assert_num_queries(11):
        assert len(triage.get(last.get_absolute_url()).context["alike"]) == more - 1


# --- The way there ----------------------------------------------------------------------------------------------------


def test_the_home_page_leads_there_and_tells_the_team_how_many_wait(as_user, sender, team, words):
    sent(sender)
    assert "1 referral waits for the team to decide." in words(as_user(team[0].user).get("/"))
    text = words(as_user(sender.user).get("/"))
    assert "Refer an incident" in text
    assert "waits for the team" not in text


def test_whoever_searches_the_history_finds_and_counts_nothing_of_it(as_user, caplog, sender, team):
    governance = as_user(OfficeFactory(information_governance=True).person.user, confirmed=True)
    before = governance.get("/history/").context["total"]
    referral = sent(sender)
    actions.close_referral(referral, "Known already.", by=team[0].user)
    answer = governance.get("/history/")
    assert answer.context["total"] == before + 1  # the first look itself
    for secret in (referral.number, SAID, "a referral", str(referral.public_id)):
        assert secret not in answer.content.decode()
    assert SAID not in caplog.text


@pytest.mark.parametrize("act", ["accept/", "close/"])
def test_a_form_with_its_mistakes_is_a_look_like_the_page_before(triage, act):
    referral = ReferralFactory(happened="canary-referred")
    answer = triage.post(f"{referral.get_absolute_url()}{act}", {})
    assert answer.status_code == 422
    assert Event.objects.filter(verb="referral.read", target_id=referral.pk).count() == 1


def test_an_interest_without_its_words_is_a_look_like_the_page_before(triage):
    referral = ReferralFactory()
    answer = triage.post(f"/access/referrals/{referral.public_id}/withdraw/", {})
    assert answer.status_code == 422
    assert Event.objects.filter(verb="referral.read", target_id=referral.pk).count() == 1
