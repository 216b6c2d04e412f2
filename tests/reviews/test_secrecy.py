"""What knows nothing of a case: mails, work, history, names. And the one way in by its reference, in an emergency."""

import pytest

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


# --- Emergency access by its reference ---


@pytest.mark.parametrize("typed", ["MK-2026-C-007", "  mk-2026-c-007 "])
def test_it_is_found_by_the_reference_that_somebody_typed(typed):
    case = CaseFactory(number=7)
    assert subjects.CASE.find_by_reference(typed) == case


@pytest.mark.parametrize("typed", ["", "MK-2026-C-008", "MK-2026-C", "MK-2026-C-00%", "007"])
def test_nothing_is_found_by_anything_else(typed):
    CaseFactory(number=7)
    assert subjects.CASE.find_by_reference(typed) is None


def test_a_grant_on_a_case_of_another_area_opens_nothing(team):
    elsewhere = CaseFactory(area=AnotherAreaFactory())
    GrantFactory(thing=elsewhere, kind="panel member", person=team[0], area=team[0].area)
    assert not Case.objects.visible_to(team[0].user).exists()
