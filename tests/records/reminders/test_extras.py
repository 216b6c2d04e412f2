"""What a kind may give a mail beside the usual: more links, and an entry for the calendar."""

import pytest
from django.core import mail

from records import outbox, reminders
from records.models import OutboxMessage
from records.reminders import kinds
from records.reminders.kinds import Calendar
from tests.records.reminders.conftest import OVERDUE

pytestmark = pytest.mark.django_db
ENTRY = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def with_extras(monkeypatch):
    """The kind comes alone, with a link to answer by and an entry for the calendar."""
    extras = {
        "alone": True,
        "links": lambda keys, now: {key: [("I am coming", f"/reply/{key.recipient_id}/")] for key in keys},
        "calendar": lambda keys, now: {key: Calendar(ENTRY, "REQUEST") for key in keys},
    }
    monkeypatch.setitem(kinds.KINDS, OVERDUE, kinds.Kind(**{**vars(kinds.KINDS[OVERDUE]), **extras}))


def test_they_stand_in_text_page_and_calendar(late, now, with_extras):
    (action,) = late()
    reminders.remind(now)
    outbox.deliver(OutboxMessage.objects.get().pk)
    (sent,) = mail.outbox
    link = f"http://localhost:8000/reply/{action.owner_id}/"
    assert f"I am coming:\n{link}" in sent.body
    page, entry = sent.alternatives
    assert f'<a href="{link}"' in page.content
    assert (entry.content, entry.mimetype) == (ENTRY, "text/calendar; method=REQUEST")


def test_a_kind_that_comes_alone_is_in_no_day_s_mail(late, now, with_extras):
    late(number=3)
    reminders.remind(now)
    assert OutboxMessage.objects.count() == 3
