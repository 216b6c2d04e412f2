"""Heads noted outside the database: a line each, found by the check, refused where somebody wrote in the file."""

import datetime as dt
import os

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from partnerships.story import anchoring
from records import history
from records.history import anchors
from records.models import OutboxMessage
from tests.factories import EventFactory, OfficeFactory
from tests.records.test_history import tamper

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def sealed(db):
    EventFactory.create_batch(3)
    history.seal()


def test_a_head_is_noted_once_and_the_next_stands_below_it(sealed, noted_heads):
    first = anchors.note(NOW)
    assert anchors.note(NOW) is None
    EventFactory()
    history.seal()
    second = anchors.note(NOW + dt.timedelta(hours=1))
    assert anchors.read() == [first, second]
    assert second.head == history.head()
    assert noted_heads.stat().st_mode & 0o777 == 0o600


def test_a_head_lies_on_the_disk_in_a_folder_of_the_portals_own(sealed, settings, tmp_path, monkeypatch):
    settings.HISTORY_ANCHORS = tmp_path / "share" / "heads"
    synced, closed, close = [], [], os.close
    monkeypatch.setattr(os, "fsync", synced.append)
    monkeypatch.setattr(os, "close", lambda handle: closed.append(handle) or close(handle))
    anchors.note(NOW + dt.timedelta(milliseconds=5))
    assert len(synced) == 1
    assert synced[0] in closed
    assert (tmp_path / "share" / "heads").stat().st_mode & 0o777 == 0o700
    assert anchors.path().read_text() == f"2026-07-01T09:30:00+00:00 {history.head()}\n"


def test_nothing_is_noted_while_nothing_is_sealed(db, noted_heads):
    assert anchors.note(NOW) is None
    assert not noted_heads.exists()


def test_the_check_finds_the_noted_heads_by_itself_and_says_how_old_the_newest_is(sealed, capsys):
    anchors.note(timezone.now() - dt.timedelta(hours=5))
    call_command("verify_history")
    said = capsys.readouterr().out
    assert "Heads noted: 1, the newest 5 hours ago" in said
    tamper("DELETE FROM records_seal WHERE position = 3")
    with pytest.raises(CommandError, match="its end was cut off"):
        call_command("verify_history")


def test_the_check_says_where_no_head_is_noted(sealed, capsys, noted_heads):
    call_command("verify_history")
    assert f"No head is noted in {noted_heads}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "2026-07-01T09:30:00+00:00 3:abc",
        "yesterday 3:" + "0" * 64,
        "2026-07-01T09:30:00 3:" + "0" * 64,
        "2026-07-01T09:30:00+00:00 0:" + "0" * 64,
        "",
        "café",
    ],
)
def test_a_file_that_somebody_wrote_in_is_an_alarm(sealed, noted_heads, line):
    anchors.note(NOW)
    noted_heads.write_text(noted_heads.read_text() + line + "\n")
    with pytest.raises(CommandError, match=r"Line 2 of .* is not a noted head|cannot be read"):
        call_command("verify_history")


def test_of_two_heads_for_one_place_one_is_wrong(sealed):
    position, _colon, _digest = history.head().partition(":")
    assert "not the one that the noted head tells of" in history.verify(history.head(), f"{position}:{'0' * 64}")


def test_those_who_answer_for_it_get_the_first_head_of_each_day_by_mail(sealed):
    lead = OfficeFactory(information_governance=True)
    OfficeFactory(information_governance=True, ends_at=NOW)
    OfficeFactory()
    for moment in (NOW, NOW + dt.timedelta(hours=1), NOW + dt.timedelta(days=1)):
        anchoring.note_head(moment)
        EventFactory()
        history.seal()
    mails = list(OutboxMessage.objects.order_by("id"))
    assert [mail.to for mail in mails] == [lead.person.user.email] * 2
    assert mails[0].subject == "History of the portal: head of 1 July 2026"
    assert anchors.read()[0].head in mails[0].text
    assert "Reference: seal 3\nOn: 1 July 2026, 10:30\n" in mails[0].text


def test_a_portal_without_anybody_who_answers_for_it_notes_the_head_all_the_same(sealed):
    assert anchoring.note_head(NOW)
    assert not OutboxMessage.objects.exists()
    assert len(anchors.read()) == 1
