"""Whoever owes a text of a report is reminded, as long as it is wanted."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from records.reminders import kinds
from reports.models import Section
from reports.reminders import WANTED, in_words
from tests.factories import ChairingFactory, OfficeFactory, ReportFactory, SectionFactory
from tests.records.reminders.conftest import keys_of

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2027, 6, 2, 8, tzinfo=ZoneInfo("Europe/London"))  # ten working days before the 16th


@pytest.fixture
def report():
    return ReportFactory(texts_by=dt.date(2027, 6, 16))


def reminded(now=MORNING):
    return {(key.target_id, key.recipient_id) for key in keys_of(WANTED, now)}


def test_the_post_that_owes_a_text_is_reminded_and_else_the_team(report):
    team = OfficeFactory(person__area=report.area).person
    chair = ChairingFactory(body__area=report.area, body__kind="statutory", person__post="Chief Nurse").person
    theirs = SectionFactory(report=report, order=1, text="", number=0, owner="Chief Nurse")
    nobodys = SectionFactory(report=report, order=2, text="", number=0, owner="Chair, a board of the past")
    SectionFactory(report=report, order=3, text="It is written.", owner="Chief Nurse")
    assert reminded() == {(theirs.pk, chair.pk), (nobodys.pk, team.pk)}
    assert reminded(MORNING - dt.timedelta(minutes=1)) == set()


def test_nobody_is_reminded_once_it_is_written_or_no_day_is_set(report):
    OfficeFactory(person__area=report.area)
    SectionFactory(report=report, order=1, text="", number=0, owner="Chief Nurse")
    assert len(reminded()) == 1
    type(report).objects.filter(pk=report.pk).update(texts_by=None)
    assert reminded() == set()
    type(report).objects.filter(pk=report.pk).update(texts_by=dt.date(2027, 6, 16))
    Section.objects.update(text="It is written.")
    assert reminded() == set()


def test_mail_names_report_section_and_day(report):
    section = SectionFactory(report=report, order=1, text="", number=0, title="Priorities")
    said = in_words({section.pk}, MORNING)[section.pk]
    assert (said.reference, said.on) == (f"{report.title}: Priorities", "Wanted by Wednesday 16 June 2027")
    assert said.href == section.get_absolute_url()
    assert kinds.KINDS["report.section"] is WANTED
