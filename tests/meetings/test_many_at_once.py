"""Many hands at the same moment: a form has one effect, and nobody's words vanish without their knowing."""

import uuid
from functools import partial

import pytest
from django.test import Client

from meetings.models import Decision
from records.models import EarlierValue, Event
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def clients_of(user, number):
    found = []
    for _one in range(number):
        client = Client()
        client.force_login(user)
        found.append(client)
    return found


def address(meeting, item, act):
    return f"{meeting.get_absolute_url()}live/items/{item.public_id}/{act}/"


def sent_many_times(meeting, item, clients, motions, posts):
    """Each of ``motions`` decisions sent ``posts`` times, all clients at once; the statuses of the answers."""
    statuses = []
    for number in range(motions):
        form = {"wording": f"Motion {number}", "how": "noted", "submission": str(uuid.uuid4())}
        path = address(meeting, item, "decision")

        def post(position, form=form, path=path):
            share = posts // len(clients)
            return [clients[position].post(path, form).status_code for _time in range(share)]

        statuses += [
            status
            for answers in at_once(*(partial(post, position) for position in range(len(clients))))
            for status in answers
        ]
    return statuses


@pytest.mark.parametrize(
    ("motions", "posts"), [(5, 8), pytest.param(1000, 20, marks=pytest.mark.prove)], ids=["in short", "a thousand"]
)
def test_a_motion_sent_many_times_is_put_once(everybody_is_there, item, group, motions, posts):
    clients = clients_of(group.chair, 4)
    statuses = sent_many_times(everybody_is_there, item, clients, motions, posts)
    assert len(statuses) == motions * posts
    assert set(statuses) == {302}
    assert Decision.objects.filter(item=item).count() == motions
    assert Event.objects.filter(verb="decision.recorded").count() == motions


def edited_by_many(meeting, item, clients, saves):
    """Each client reads the note and saves over it, again and again; what was acknowledged, and how many were told."""

    def edit(position):
        kept, told = [], 0
        for number in range(saves // len(clients)):
            seen = type(item).objects.get(pk=item.pk).note_digest
            words = f"Editor {position}, save {number}."
            answer = clients[position].post(address(meeting, item, "note"), {"note": words, "seen": seen})
            if answer.status_code == 302:
                kept.append(words)
            else:
                assert answer.status_code == 422
                assert "Somebody else changed this note" in answer.content.decode()
                assert words in answer.content.decode()
                told += 1
        return kept, told

    answers = at_once(*(partial(edit, position) for position in range(len(clients))))
    return [words for kept, _told in answers for words in kept], sum(told for _kept, told in answers)


@pytest.mark.parametrize("saves", [25, pytest.param(1000, marks=pytest.mark.prove)], ids=["in short", "a thousand"])
def test_of_what_five_editors_saved_nothing_that_was_acknowledged_is_missing(meeting, item, group, saves):
    acknowledged, told = edited_by_many(meeting, item, clients_of(group.chair, 5), saves)
    assert len(acknowledged) + told == saves
    events = Event.objects.filter(verb="item.noted", target_id=item.pk)
    earlier = set(EarlierValue.objects.filter(event__in=events, field="note").values_list("value", flat=True))
    item.refresh_from_db()
    assert set(acknowledged) - earlier == {item.note}
    assert events.count() == len(acknowledged)
