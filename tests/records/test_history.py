"""History: written with its act, never changed, sealed in order, and checked."""

import datetime as dt
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from mktogether.lib.verdict import Refusal
from records import history
from records.models import EarlierValue, Event, Seal
from tests.conftest import history_can_be_emptied
from tests.factories import AreaFactory, EventFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_sealed(db):
    """Three sealed events."""
    events = EventFactory.create_batch(3)
    assert history.seal() == 3
    return events


def tamper(statement, *values):
    """What somebody could do who may switch the triggers off."""
    connection.check_constraints()  # PostgreSQL lets nobody touch a trigger while checks of the transaction wait
    with history_can_be_emptied(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        connection.check_constraints()


# --- Writing ---


@pytest.mark.django_db(transaction=True)
def test_it_is_written_in_the_transaction_of_its_act_or_not_at_all():
    area = AreaFactory()
    with pytest.raises(RuntimeError, match="transaction of the act"):
        history.record("area.renamed", area, by=None)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_history():
    area = AreaFactory()

    @transaction.atomic
    def rename():
        history.record("area.renamed", area, by=None, changes={"name": ("A", "B")})
        raise Refusal("The name is taken.")

    with pytest.raises(Refusal):
        rename()
    assert not Event.objects.exists()
    assert not EarlierValue.objects.exists()


def test_it_says_who_did_what_to_which_object_and_when():
    area, user = AreaFactory(), UserFactory()
    event = history.record("area.renamed", area, by=user, area_id=area.pk)
    event.refresh_from_db()
    assert (event.verb, event.target, event.target_id) == ("area.renamed", "records.Area", area.pk)
    assert (event.actor_id, event.area_id) == (user.pk, area.pk)
    assert event.at.tzinfo is not None


def test_an_event_holds_the_hash_of_a_value_and_never_the_value():
    event = history.record("area.renamed", AreaFactory(), by=None, changes={"name": ("Old canary", "New canary")})
    event.refresh_from_db()
    assert event.fields == {"name": history.keyed_hash("New canary")}
    assert [(kept.field, kept.value) for kept in event.earlier_values.all()] == [("name", "Old canary")]


def test_the_hash_of_a_value_is_another_under_another_key(settings):
    first = history.keyed_hash(dt.date(2026, 1, 1))
    settings.HISTORY_KEY = "another key"
    assert history.keyed_hash(dt.date(2026, 1, 1)) != first


def test_a_change_to_the_same_value_is_none():
    area = AreaFactory()
    assert history.changed(area, name=area.name, slug="mk") == {"slug": ("milton-keynes", "mk")}
    assert area.slug == "mk"


# --- Append-only ---


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_event SET verb = 'nothing.happened'",
        "UPDATE records_event SET verb = 'nothing.happened' WHERE id = (SELECT max(id) FROM records_event)",
        "DELETE FROM records_event",
        "DELETE FROM records_seal",
        "UPDATE records_seal SET digest = 'x'",
    ],
)
def test_the_database_refuses_to_change_history(three_sealed, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert history.verify() is None


def test_the_database_refuses_whatever_way_django_asks(three_sealed):
    event = three_sealed[0]
    event.verb = "nothing.happened"
    for way in (
        event.save,
        event.delete,
        lambda: Event.objects.update(verb="nothing.happened"),
        lambda: Seal.objects.all().delete(),
        lambda: Seal.objects.bulk_update([Seal(pk=Seal.objects.first().pk, digest="x")], ["digest"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            way()
    assert history.verify() is None


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_empty_the_tables(three_sealed):
    emptying = "TRUNCATE {} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {}"
    for table in ("records_event", "records_seal"):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(emptying.format(table))
    assert Event.objects.count() == Seal.objects.count() == 3


def test_earlier_values_can_be_purged_and_the_chain_stays_whole():
    history.record("area.renamed", AreaFactory(), by=None, changes={"name": ("Old", "New")})
    history.seal()
    EarlierValue.objects.all().delete()
    assert history.verify() is None


# --- Sealing ---


def test_events_are_sealed_in_order_and_once(three_sealed):
    later = EventFactory.create_batch(2)
    assert history.unsealed() == 2
    assert history.seal() == 2
    assert history.seal() == 0
    assert list(Seal.objects.values_list("position", "event_id")) == [
        (place, event.pk) for place, event in enumerate([*three_sealed, *later], start=1)
    ]


def test_sealing_goes_on_where_it_stopped():
    EventFactory.create_batch(5)
    assert [history.seal(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert history.verify() is None


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    EventFactory.create_batch(40)
    together = threading.Barrier(4)
    done = []

    def sealer():
        together.wait()
        done.append(history.seal())
        connection.close()

    threads = [threading.Thread(target=sealer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 0, 0, 40]
    assert history.verify() is None


# --- Checking ---


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE records_event SET verb = 'x' WHERE id = %s", "was changed after it was sealed"),
        ("UPDATE records_event SET actor_id = 99 WHERE id = %s", "was changed after it was sealed"),
        ("UPDATE records_event SET target_id = 99 WHERE id = %s", "was changed after it was sealed"),
        ("UPDATE records_event SET at = '2020-01-01 00:00:00' WHERE id = %s", "was changed after it was sealed"),
        ('UPDATE records_event SET fields = \'{"a": "b"}\' WHERE id = %s', "was changed after it was sealed"),
        ("UPDATE records_seal SET digest = 'x' WHERE event_id = %s", "was changed after it was sealed"),
        ("DELETE FROM records_seal WHERE event_id = %s", "is missing"),
    ],
)
def test_it_finds_what_was_changed_behind_its_back(three_sealed, statement, sentence):
    tamper(statement, three_sealed[1].pk)
    assert sentence in history.verify()


def test_it_finds_events_whose_order_was_changed(three_sealed):
    for before, after in ((1, 9), (2, 1), (9, 2)):
        tamper("UPDATE records_seal SET position = %s WHERE position = %s", after, before)
    assert "was changed after it was sealed" in history.verify()


def test_the_key_is_needed_to_make_a_chain_that_verifies(three_sealed, settings):
    settings.HISTORY_KEY = "the key of somebody else"
    assert history.verify() is not None


def test_a_cut_off_end_shows_against_a_head_that_was_noted_elsewhere(three_sealed):
    noted = history.head()
    tamper("DELETE FROM records_seal WHERE position > 1")
    assert history.verify() is None, "nothing inside the database can tell"
    assert "its end was cut off" in history.verify(noted)


def test_an_end_sealed_anew_shows_against_a_head_that_was_noted_elsewhere(three_sealed):
    noted = history.head()
    tamper("DELETE FROM records_seal WHERE position > 1")
    tamper("UPDATE records_event SET verb = 'x' WHERE id = %s", three_sealed[2].pk)
    history.seal()
    assert history.verify() is None, "nothing inside the database can tell"
    assert "not the one that the noted head tells of" in history.verify(noted)


def test_a_head_stays_good_while_history_grows(three_sealed):
    noted = history.head()
    EventFactory()
    history.seal()
    assert history.verify(noted) is None


# --- The command ---


def test_the_command_says_what_is_covered_and_what_is_not(three_sealed, capsys):
    EventFactory()
    call_command("verify_history")
    said = capsys.readouterr().out
    assert "Whole: 3 sealed events." in said
    assert "Not sealed yet, and so not covered: 1." in said
    assert f"Head: {history.head()}" in said


def test_the_command_ends_with_the_sentence_where_something_is_wrong(three_sealed):
    noted = history.head()
    tamper("UPDATE records_event SET verb = 'x' WHERE id = %s", three_sealed[0].pk)
    with pytest.raises(CommandError, match=f"Event {three_sealed[0].pk} or one before it") as failure:
        call_command("verify_history")
    assert failure.value.returncode == 1
    with pytest.raises(CommandError, match=r"(?i)head"):
        call_command("verify_history", "--head", "nonsense")
    with pytest.raises(CommandError):
        call_command("verify_history", "--head", noted)
