"""Saying by when the texts of a report are wanted."""

import datetime as dt

import pytest

from mktogether.lib.verdict import Refusal
from records.models import Event
from reports.actions import ask_for_texts
from tests.factories import OfficeFactory, ReportFactory

pytestmark = pytest.mark.django_db
JUNE = dt.date(2027, 6, 16)


@pytest.fixture
def report():
    return ReportFactory()


@pytest.fixture
def writer(report):
    return OfficeFactory(person__area=report.area).person.user


def test_the_day_is_kept_and_told_once(report, writer):
    for _time in range(2):
        ask_for_texts(report, JUNE, by=writer)
    report.refresh_from_db()
    assert report.texts_by == JUNE
    assert Event.objects.filter(verb="report.texts_wanted", target_id=report.pk, actor_id=writer.pk).count() == 1


def test_only_whoever_writes_it_asks(report):
    scrutineer = OfficeFactory(scrutineer=True, person__area=report.area).person.user
    with pytest.raises(Refusal):
        ask_for_texts(report, JUNE, by=scrutineer)
    report.refresh_from_db()
    assert report.texts_by is None


def test_the_page_takes_a_day_and_takes_it_away_again(as_user, report, writer, words):
    client = as_user(writer)
    path = f"{report.get_absolute_url()}texts/"
    assert "No day is set by which texts are wanted" in words(client.get(f"{report.get_absolute_url()}making/"))
    said = client.post(path, {"texts_by_0": "16", "texts_by_1": "6", "texts_by_2": "2027"}, follow=True)
    assert "Texts are wanted by Wednesday 16 June 2027" in words(said)
    wrong = client.post(path, {"texts_by_0": "31", "texts_by_1": "6", "texts_by_2": "2027"})
    assert wrong.status_code == 422
    client.post(path, {"texts_by_0": "", "texts_by_1": "", "texts_by_2": ""})
    report.refresh_from_db()
    assert report.texts_by is None
