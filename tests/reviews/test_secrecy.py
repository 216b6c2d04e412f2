"""What knows nothing of a case: mails, work, history, names. And the one way in by its reference, in an emergency."""

import pytest
from django.utils import timezone

from partnerships.granting import actions as granting
from partnerships.granting.actions import exclude
from partnerships.models import Grant
from partnerships.story import sight
from records.models import EarlierValue, Event, Job, OutboxMessage
from reviews import actions, subjects
from reviews.models import Case
from tests.factories import AnotherAreaFactory, CaseFactory, GrantFactory

pytestmark = pytest.mark.django_db


def test_nothing_of_a_case_stands_in_mails_jobs_history_or_names(team, case, caplog):
    actions.change_line(case, "infant, canary-line", by=team[0].user)
    actions.close_case(case, "canary-closed", by=team[1].user)
    actions.note_read(case, by=team[0].user)
    secrets = (case.reference, "canary-line", "canary-closed", "infant")
    texts = [
        *(f"{mail.to} {mail.subject} {mail.text} {mail.key}" for mail in OutboxMessage.objects.all()),
        *(f"{event.verb} {event.target} {event.fields}" for event in Event.objects.all()),
        *(f"{job.kind}" for job in Job.objects.all()),
        caplog.text,
        str(Case.objects.get()),
        repr(Case.objects.get()),
        case.get_absolute_url(),
    ]
    assert [text for text in texts for secret in secrets if secret in text] == []
    # What a field held before stands apart, where retention can purge it.
    assert set(EarlierValue.objects.values_list("value", flat=True)) >= {"infant, serious injury, recovered"}


def test_whoever_searches_the_history_finds_and_counts_nothing_of_it(as_user, team, case, others):
    client = as_user(others.governance.user, confirmed=True)
    before = client.get("/history/").context["total"]
    actions.change_line(case, "infant, canary-line", by=team[0].user)
    actions.note_read(case, by=team[1].user)
    exclude(case, others.scrutineer, "canary-interest", by=team[0].user)
    GrantFactory(thing=case, kind="panel member", waiting=True)
    for query in ("", "?act=read", "?act=access", f"?person={team[0].pk}"):
        page = client.get(f"/history/{query}").content.decode()
        assert not [secret for secret in (case.reference, "canary", "a case", str(case.public_id)) if secret in page]
    # The looks at the search are in the history themselves; nothing else came to it for this reader.
    assert client.get("/history/").context["total"] - before == 5


def test_somebody_who_is_excluded_finds_nothing_of_it_in_their_own_history(as_user, team, case):
    client = as_user(team[1].user)
    actions.note_read(case, by=team[1].user)
    assert str(case.public_id) in client.get("/history/mine/").content.decode()
    exclude(case, team[1], "A relative.", by=team[0].user)
    page = client.get("/history/mine/").content.decode()
    assert case.reference not in page
    assert str(case.public_id) not in page


def test_the_home_page_of_those_on_it_leads_there_and_does_not_name_it(as_user, words, team, case, panel_member):
    GrantFactory(thing=case, kind="panel member", review_on=timezone.localdate())
    for user in (team[0].user, panel_member.user):
        answer = as_user(user).get("/")
        assert case.reference not in answer.content.decode()
        assert "infant" not in answer.content.decode()
    assert "A case" in words(answer)


@pytest.mark.parametrize("page", ["/me/", "/access/grants/", "/access/roles/", "/history/mine/"])
def test_no_page_that_opens_without_a_fresh_check_names_a_case(as_user, team, case, panel_member, page):
    actions.note_read(case, by=panel_member.user)
    for user in (team[0].user, panel_member.user):
        assert case.reference not in as_user(user).get(page).content.decode()


def test_the_page_of_a_grant_about_a_case_asks_for_a_fresh_check(as_user, words, case, panel_member):
    page = panel_member.grants.get().get_absolute_url()
    assert as_user(panel_member.user).get(page)["Location"].startswith("/account/confirm/")
    text = words(as_user(panel_member.user, confirmed=True).get(page))
    assert panel_member.grants.get().reason in text
    assert case.reference not in text


def test_why_somebody_was_let_in_to_a_case_is_not_theirs_to_read_any_more(as_user, words, team, case):
    past = GrantFactory(thing=case, kind="panel member", over=True, reason="Knows the hospital.", with_account=True)
    Grant.objects.filter(pk=past.pk).update(ended_by=team[0], ended_because="Their sister works there.")
    text = words(as_user(past.person.user, confirmed=True).get(past.get_absolute_url()))
    assert "A case that you do not see" in text
    assert "Knows the hospital." not in text
    assert "Their sister works there." not in text
    assert "Knows the hospital." in words(as_user(team[0].user, confirmed=True).get(past.get_absolute_url()))


# --- Emergency access by its reference ---


@pytest.mark.parametrize("typed", ["MK-2026-C-007", "  mk-2026-c-007 "])
def test_it_is_found_by_the_reference_that_somebody_typed(typed):
    case = CaseFactory(number=7)
    assert subjects.CASE.find_by_reference(typed) == case


@pytest.mark.parametrize("typed", ["", "MK-2026-C-008", "MK-2026-C", "MK-2026-C-00%", "007"])
def test_nothing_is_found_by_anything_else(typed):
    CaseFactory(number=7)
    assert subjects.CASE.find_by_reference(typed) is None


@pytest.mark.parametrize("asked", ["MK-2026-C-007", "MK-2026-C-008"])
def test_no_history_tells_who_asked_whether_there_is_such_a_case(as_user, words, others, asked):
    CaseFactory(number=7)
    lead = others.governance  # who searches the history of all
    granting.ask_by_reference(asked, by=lead.user, second=others.scrutineer, reason="An inspector asks.")
    reader = type(lead.user).objects.get(pk=lead.user.pk)
    for found in (sight.done_by(reader, lead), sight.searched(reader)):
        assert [event.verb for event in found] == ["emergency.asked_by_reference"]
    assert not sight.of_thing(reader, lead).exists()
    for page in ("/history/mine/", "/history/"):
        assert "sked for emergency access by a reference" in words(as_user(reader, confirmed=True).get(page))


def test_a_grant_on_a_case_of_another_area_opens_nothing(team):
    elsewhere = CaseFactory(area=AnotherAreaFactory())
    GrantFactory(thing=elsewhere, kind="panel member", person=team[0], area=team[0].area)
    assert not Case.objects.visible_to(team[0].user).exists()
