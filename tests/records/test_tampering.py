"""
Tampering at random, as somebody could who may switch the triggers off: all of it is found, and nothing else is.

The history has a head noted at the end of its sealed part and some events after it. Each round first looks at it
untouched (lawful things have happened meanwhile), then tampers, then looks again; and all is taken back.
"""

import random

import pytest
from django.db import connection, transaction

from records import history
from records.models import EarlierValue, Event, Seal
from tests.factories import AreaFactory, EarlierValueFactory, EventFactory, UserFactory
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
SEALED, WAITING = 24, 4
COLUMNS = {
    "at": lambda event: "2020-02-02 02:02:02+00:00",
    "area_id": lambda event: (event.area_id or 0) + 1,
    "actor_id": lambda event: (event.actor_id or 0) + 1,
    "verb": lambda event: f"{event.verb}x",
    "target": lambda event: f"{event.target}x",
    "target_id": lambda event: event.target_id + 1,
    "within": lambda event: f"{event.within}x",
    "within_id": lambda event: (event.within_id or 0) + 1,
    "fields": lambda event: '{"place": "another"}',
    "details": lambda event: '{"rows": 1}',
    "after": lambda event: event.after - 1 if event.after > 1 else event.after + 1,
    "signature": lambda event: None if event.signature[0] == "0" else "0" * 80,
}


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def any_sealed(chance, number=1):
    return chance.sample(list(Event.objects.filter(seal__isnull=False).order_by("id")), number)


def last_position():
    return Seal.objects.order_by("-position").first().position


# --- What somebody does to it ---


def change_a_column(chance):
    (event,) = any_sealed(chance)
    column = chance.choice(list(COLUMNS))
    run(f"UPDATE records_event SET {column} = %s WHERE id = %s", COLUMNS[column](event), event.pk)


def change_a_waiting_event(chance):
    event = chance.choice(list(Event.objects.filter(seal__isnull=True)))
    column = chance.choice(list(COLUMNS))
    run(f"UPDATE records_event SET {column} = %s WHERE id = %s", COLUMNS[column](event), event.pk)


def renumber(chance):
    (event,) = any_sealed(chance)
    run("UPDATE records_event SET id = %s WHERE id = %s", event.pk + 100_000, event.pk)
    if chance.random() < 0.5:
        run("UPDATE records_seal SET event_id = %s WHERE event_id = %s", event.pk + 100_000, event.pk)


def delete_an_event(chance):
    (event,) = any_sealed(chance)
    if chance.random() < 0.5:
        run("DELETE FROM records_seal WHERE event_id = %s", event.pk)
    run("DELETE FROM records_event WHERE id = %s", event.pk)


def delete_a_seen_event_before_its_seal(chance):
    waiting = list(Event.objects.filter(seal__isnull=True).order_by("id"))
    run("DELETE FROM records_event WHERE id = %s", chance.choice(waiting[:-1]).pk)


def delete_a_seal(chance):
    run("DELETE FROM records_seal WHERE position = %s", chance.randint(1, last_position()))


def swap_two_events(chance):
    one, other = any_sealed(chance, 2)
    run("UPDATE records_event SET id = -1 WHERE id = %s", one.pk)
    run("UPDATE records_event SET id = %s WHERE id = %s", one.pk, other.pk)
    run("UPDATE records_event SET id = %s WHERE id = -1", other.pk)


def swap_two_seals(chance):
    column = chance.choice(["position", "event_id"])
    one, other = chance.sample(list(Seal.objects.all()), 2)
    run(f"UPDATE records_seal SET {column} = -1 WHERE id = %s", one.pk)
    run(f"UPDATE records_seal SET {column} = %s WHERE id = %s", getattr(one, column), other.pk)
    run(f"UPDATE records_seal SET {column} = %s WHERE id = %s", getattr(other, column), one.pk)


def edit_a_seal(chance):
    seal = chance.choice(list(Seal.objects.all()))
    column, value = chance.choice(
        [("digest", seal.digest[::-1]), ("position", seal.position + 1000), ("event_id", Event.objects.last().pk)]
    )
    run(f"UPDATE records_seal SET {column} = %s WHERE id = %s", value, seal.pk)


def cut_off(chance, *, events):
    """From before the noted head: what came after the newest one can be cut off unseen, as docs/history.md says."""
    after = chance.randint(0, SEALED - 1)
    first = Seal.objects.get(position=after + 1).event_id
    run("DELETE FROM records_seal WHERE position > %s", after)
    if events:
        run("DELETE FROM records_event WHERE id >= %s", first)


def cut_off_the_seals(chance):
    cut_off(chance, events=False)


def cut_off_the_end(chance):
    cut_off(chance, events=True)


def cut_off_and_seal_anew_with_the_key(chance):
    cut_off(chance, events=True)
    EventFactory.create_batch(SEALED + WAITING)
    history.seal()


def cut_off_change_and_seal_anew_with_the_key(chance):
    change_a_column(chance)
    run("DELETE FROM records_seal")
    history.seal()


def seal_anew_without_the_key(chance):
    cut_off(chance, events=chance.random() < 0.5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.HISTORY_KEY", "the key of somebody else")
        EventFactory.create_batch(3)
        history.seal()


def put_one_in(chance):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.HISTORY_KEY", "the key of somebody else")
        EventFactory()
    if chance.random() < 0.5:
        history.seal()


def empty_it(chance):
    run("DELETE FROM records_seal")
    run("DELETE FROM records_event")


TAMPERINGS = (
    change_a_column,
    change_a_waiting_event,
    renumber,
    delete_an_event,
    delete_a_seen_event_before_its_seal,
    delete_a_seal,
    swap_two_events,
    swap_two_seals,
    edit_a_seal,
    cut_off_the_seals,
    cut_off_the_end,
    cut_off_and_seal_anew_with_the_key,
    cut_off_change_and_seal_anew_with_the_key,
    seal_anew_without_the_key,
    put_one_in,
    empty_it,
)


# --- What happens lawfully ---


def lawful(chance):
    """Somebody acts, the clock seals, retention purges: none of it is an alarm."""
    EventFactory.create_batch(chance.randint(0, 3))
    if chance.random() < 0.5:
        history.seal()
        EventFactory.create_batch(WAITING)
    if chance.random() < 0.5:
        EarlierValue.objects.all().delete()
    if chance.random() < 0.5:
        EarlierValueFactory(event=chance.choice(list(Event.objects.filter(earlier_values=None))))


def rounds(number, seed):
    """How many of ``number`` tamperings were missed, by kind, and the alarms at what was not tampered with."""
    missed, false = [], []
    EventFactory.create_batch(SEALED, actor=UserFactory(), area=AreaFactory())
    EarlierValueFactory(event=Event.objects.first())
    history.seal()
    noted = history.head()
    EventFactory.create_batch(WAITING)
    connection.check_constraints()
    with unguarded():
        for turn in range(number):
            chance = random.Random(f"{seed} {turn}")
            tampering = TAMPERINGS[turn % len(TAMPERINGS)]
            with transaction.atomic():
                lawful(chance)
                if problem := history.verify(noted):
                    false.append(problem)
                tampering(chance)
                if history.verify(noted) is None:
                    missed.append(f"{tampering.__name__} in turn {turn} of {seed}")
                transaction.set_rollback(True)
    return missed, false


def test_sixty_tamperings_are_found_and_nothing_else():
    assert rounds(64, "the same each time") == ([], [])


@pytest.mark.prove
def test_a_thousand_tamperings_are_found_and_nothing_else():
    seed = random.SystemRandom().randrange(10**9)
    missed, false = rounds(1000, seed)
    assert (missed, false) == ([], [])


def test_each_kind_of_tampering_is_seen_by_what_it_breaks_and_not_by_another():
    """The negative control: without the noted head and the signatures, ends that were made anew look whole."""
    EventFactory.create_batch(SEALED)
    history.seal()
    noted = history.head()
    connection.check_constraints()
    with unguarded(), transaction.atomic():
        cut_off_and_seal_anew_with_the_key(random.Random(1))
        assert history.verify() is None
        assert "noted head" in history.verify(noted)
        transaction.set_rollback(True)
