"""History: written with its act, never changed, sealed in order, and checked."""

import datetime as dt
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from mktogether.lib.verdict import Refusal
from records import history
from records.history import signing
from records.models import EarlierValue, Event, Seal
from tests.factories import AreaFactory, BodyFactory, EventFactory, UserFactory
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 7, 1, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def three_sealed(db):
    """Three sealed events."""
    events = EventFactory.create_batch(3)
    assert history.seal() == 3
    return events


def tamper(statement, *values):
    """What somebody could do who may switch the triggers off."""
    connection.check_constraints()  # PostgreSQL lets nobody touch a trigger while checks of the transaction wait
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        connection.check_constraints()


# --- Writing ---


def test_it_says_where_it_belongs_and_the_area_is_that_of_the_first_thing_that_has_one(db):
    thing, board, account = UserFactory(), BodyFactory(), UserFactory()
    event = history.record("account.noted", thing, by=account, within=board, details={"since": NOW})
    assert (event.target, event.target_id, event.actor_id) == ("records.User", thing.pk, account.pk)
    assert (event.within, event.within_id, event.area_id) == ("partnerships.Body", board.pk, board.area_id)
    assert event.details == {"since": "2026-07-01T09:30:00Z"}
    alone = history.record("board.noted", board, by=None)
    assert (alone.area_id, alone.actor_id, alone.within, alone.within_id) == (board.area_id, None, "", None)
    assert history.record("sign-in.refused", None, by=None, area_id=7).area_id == 7
    assert history.record("board.noted", board, by=None, within=("partnerships.Person", 5)).within_id == 5


# --- Signing ---


def test_the_order_in_which_values_are_kept_makes_no_difference():
    there, back = {"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1}
    assert signing.keyed_hash(there) == signing.keyed_hash(back)
    first, second = (
        EventFactory.build(fields=fields, details=fields, area_id=1, actor_id=1) for fields in (there, back)
    )
    second.at = first.at
    second.target_id = first.target_id
    assert signing.signature(first, "0" * 16) == signing.signature(second, "0" * 16)
    first.signature = second.signature = signing.signature(first)
    assert signing.chained("0" * 64, first) == signing.chained("0" * 64, second)


def test_the_chain_covers_all_of_an_event_that_is_signed_and_the_first_columns_of_one_from_before():
    event = EventFactory.build(area_id=1, actor_id=1)
    for signature, covers in (("", False), ("f" * 80, True)):
        event.signature, event.details = signature, {}
        before = signing.chained("0" * 64, event)
        event.details = {"changed": True}
        assert (signing.chained("0" * 64, event) != before) is covers


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


def test_the_last_event_gone_from_under_its_seal_is_missed(three_sealed):
    with unguarded(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_event WHERE id = %s", [three_sealed[2].pk])
        said = history.verify()
        transaction.set_rollback(True)  # no database lets it go for good
    assert said == "Seal 3, or the event that it seals, is missing."


def test_the_first_event_of_all_is_missed_by_the_one_that_came_after_it(db):
    EventFactory(pk=1)
    second = EventFactory(pk=2)
    tamper("DELETE FROM records_event WHERE id = 1")
    assert history.verify() == f"Event 1 is missing: it was there when event {second.pk} was written."


def test_a_history_that_has_not_begun_is_whole(db):
    assert history.verify() is None


def test_an_event_changed_and_sealed_anew_lacks_the_portals_signature(three_sealed):
    tamper("DELETE FROM records_seal WHERE position > 1")
    tamper("UPDATE records_event SET verb = 'x' WHERE id = %s", three_sealed[2].pk)
    history.seal()
    assert f"Event {three_sealed[2].pk} was not written by the portal" in history.verify()


def test_an_end_written_anew_with_the_key_shows_against_a_head_that_was_noted_elsewhere(three_sealed):
    noted = history.head()
    tamper("DELETE FROM records_seal WHERE position > 1")
    tamper("DELETE FROM records_event WHERE id > %s", three_sealed[0].pk)
    EventFactory.create_batch(2)
    history.seal()
    assert history.verify() is None, "nothing inside the database can tell"
    assert "not the one that the noted head tells of" in history.verify(noted)


# --- Before the seal ---


def test_an_event_that_somebody_else_put_in_shows_before_and_after_its_seal(three_sealed):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_event (at, verb, target, target_id, within, fields, details, after)"
            " VALUES ('2026-01-01 00:00:00+00:00', 'meeting.closed', 'meetings.Meeting', 7, '', '{}', '{}', 0)"
        )
    assert "was changed or was not written by the portal" in history.verify()
    history.seal()
    assert "was not written by the portal" in history.verify()


def test_a_copy_of_an_event_is_refused_and_shows_where_it_was_forced_in(three_sealed):
    copied = "at, area_id, actor_id, verb, target, target_id, within, within_id, fields, details, after"
    insert = (
        f"INSERT INTO records_event ({copied}, signature) SELECT {copied}, signature FROM records_event WHERE id = %s"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert, [three_sealed[1].pk])


def test_an_event_taken_away_before_its_seal_shows_by_the_one_that_was_written_after_it(three_sealed):
    first, _second = EventFactory.create_batch(2)
    tamper("DELETE FROM records_event WHERE id = %s", first.pk)
    assert f"Event {first.pk} is missing" in history.verify()
    history.seal()
    assert f"Event {first.pk} is missing" in history.verify()


def test_what_waits_for_its_seal_cannot_be_changed_unseen(three_sealed):
    waiting = EventFactory()
    tamper("UPDATE records_event SET actor_id = 99 WHERE id = %s", waiting.pk)
    assert f"Event {waiting.pk}, which is not sealed yet, was changed" in history.verify()


def test_the_newest_event_taken_away_before_its_seal_leaves_no_trace(three_sealed):
    """What cannot be found, and docs/history.md says so: nobody has seen the newest yet."""
    tamper("DELETE FROM records_event WHERE id = %s", EventFactory().pk)
    assert history.verify() is None


def test_an_act_that_was_rolled_back_between_two_others_is_no_alarm(three_sealed):
    """PostgreSQL counts on, so the number of the event that never was stays free."""
    EventFactory()
    with transaction.atomic():
        EventFactory.create_batch(2)
        transaction.set_rollback(True)
    EventFactory()
    assert history.verify() is None
    history.seal()
    assert history.verify() is None


def test_events_from_before_there_were_signatures_stay_valid_and_no_new_one_passes_for_such(three_sealed):
    for event in three_sealed:
        tamper("UPDATE records_event SET signature = NULL, after = 0 WHERE id = %s", event.pk)
    tamper("DELETE FROM records_seal")
    history.seal()
    assert history.verify() is None
    EventFactory()
    late = EventFactory()
    tamper("UPDATE records_event SET signature = NULL WHERE id = %s", late.pk)
    assert f"Event {late.pk}" in history.verify()
    history.seal()
    assert f"Event {late.pk}" in history.verify()


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
    assert "Not sealed yet: 1." in said
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
