"""Whatever is posted, the desk answers with a bench and sentences."""

import json
from dataclasses import asdict

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships import rules
from partnerships.workbench import content, desk, reading
from partnerships.workbench.bench import Place

LANGUAGE = """
quorum: six members of whom no more than half may be councillors one from each MKCC TVP ( ) and or the chair votes
unanimous remote: count vote not stated , . “ ” 0 9999999 ½ 🙂 # " ' : deputies scope casting
"""
WORDS = st.sampled_from([*LANGUAGE.split(), "\n"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)
ACTS = st.sampled_from(
    ["judge", "add", "open-0", "close", "remove-1", "everybody", "nobody", "votes", "save", "x-y", ""]
)
SOUND = json.loads(json.dumps(asdict(Place("Nurse", title="Nurse")), cls=DjangoJSONEncoder))


def sent(**values):
    data = QueryDict(mutable=True)
    data.update({"day_0": "21", "day_1": "1", "day_2": "2025"} | values)
    return data


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join), ACTS, st.sampled_from(["present", "remote", "deputy", "away", "x"]))
def test_any_words_are_judged_or_refused_in_sentences(text, act, state):
    worked = desk.posted(sent(**{"terms": text, "act": act, "there-0": state, "places": json.dumps([SOUND])}))
    page = reading.page(worked)
    assert (page["result"] is None) == bool(worked.facts.errors)
    if page["result"] is not None:
        assert page["result"]["strip"]["headline"]
        assert content.of_bench(worked.bench, "Trial")["expect"]["verdict"] in {status.value for status in rules.Status}


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_list_of_places_is_taken_or_refused_in_a_sentence(value):
    worked = desk.posted(sent(places=json.dumps(value)))
    reading.page(worked)
    if value:
        assert worked.facts.non_field_errors() == [desk.UNREADABLE]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("key", ""),
        ("key", "  "),
        ("key", "\0"),
        ("key", "\ud800"),
        ("key", "x" * 201),
        ("title", None),
        ("classes", "police"),
        ("classes", [1]),
        ("deputies", ["x"] * 201),
        ("since", "25:00"),
        ("since", 5),
        ("notice", "yesterday"),
        ("holder", 7),
    ],
)
def test_a_place_that_is_none_is_refused(name, value):
    worked = desk.posted(sent(places=json.dumps([SOUND | {name: value}])))
    assert worked.facts.non_field_errors() == [desk.UNREADABLE]


def test_what_the_page_carries_comes_back_as_it_was():
    place = Place("Nurse", agency="ICB", title="Nurse", classes=("health",), deputies=("A", "B"), holder=None)
    assert desk.posted(sent(places=desk.packed((place,)))).bench.places == (place,)
