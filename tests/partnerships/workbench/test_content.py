"""What is kept is a scenario of a scenario file, and says the same there as on the page."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships import rules
from partnerships.rules.scenarios import load, run
from partnerships.workbench import content
from partnerships.workbench.bench import AWAY, DEPUTY, PRESENT, REMOTE, Bench, Place

RULES = (
    "",
    "quorum: one from each of MKCC, TVP\nvotes: more votes for than against",
    "quorum: two members, of whom no more than half may be councillors\nremote: do not count, do not vote",
    "quorum: one third of the places, rounded up\nsubstitutes: count and vote, with notice before the start\n"
    "votes: a majority of the votes cast\ncasting vote: the chair",
    "quorum for financial decisions: three members\nquorum: one member\ndeclared interests: do not count",
)
clocks = st.one_of(
    st.none(), st.times(dt.time(9), dt.time(12)).map(lambda value: value.replace(second=0, microsecond=0))
)
notices = st.one_of(st.none(), st.sampled_from([dt.datetime(2025, 1, 20, 15), dt.datetime(2025, 1, 21, 10)]))  # noqa: DTZ001


@st.composite
def places(draw):
    """One to six places with whoever fills them."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        vacant = draw(st.booleans())
        states = [DEPUTY, AWAY] if vacant else [PRESENT, REMOTE, DEPUTY, AWAY]
        found.append(
            Place(
                f"Post {number}",
                agency=draw(st.sampled_from(["MKCC", "TVP", ""])),
                title=f"Post {number}",
                classes=tuple(draw(st.sets(st.sampled_from(["councillor", "police"])))),
                votes=draw(st.booleans()),
                counts=draw(st.booleans()),
                holder=None if vacant else "",
                deputies=draw(st.sampled_from([(), (f"Deputy {number}",)])),
                state=draw(st.sampled_from(states)),
                substitute=draw(st.booleans()),
                deputy_remote=draw(st.booleans()),
                since=draw(clocks),
                notice=draw(notices),
                recused=draw(st.booleans()),
                vote=draw(st.sampled_from(["", "for", "against", "abstain"])),
            )
        )
    return tuple(found)


@st.composite
def benches(draw):
    laid = draw(places())
    return Bench(
        terms=draw(st.sampled_from(RULES)),
        day=dt.date(2025, 1, 21),
        start=draw(clocks),
        at=draw(clocks),
        decision=draw(st.sampled_from(["", "financial"])),
        kind=draw(st.sampled_from(["", "adjourned"])),
        places=laid,
        presides=draw(st.sampled_from(["", laid[0].key])),
        voting=draw(st.booleans()),
        agreed=draw(st.booleans()),
        casting=draw(st.sampled_from(["", "for", "against"])),
    )


@settings(max_examples=150, deadline=None)
@given(benches())
def test_the_file_says_the_same_as_the_page(bench):
    terms = rules.parse_terms(bench.terms)
    (scenario,) = load(content.as_yaml(content.of_bench(bench, "Trial")).decode())
    report = run(scenario)
    assert report.passed, report.words
    judged = rules.judge(terms, bench.room(), bench.decision or "ordinary")
    assert report.judgement.sentence == judged.sentence
    assert report.judgement.counted == judged.counted
    if bench.has_votes:
        decided = rules.decide(terms, bench.room(), bench.motion(), bench.ballots(), agreed=bench.agreed)
        assert report.outcome.sentence == decided.sentence
    else:
        assert report.outcome is None


@settings(max_examples=100, deadline=None)
@given(benches())
def test_a_kept_scenario_comes_back_as_it_was(bench):
    kept = content.of_bench(bench, "Trial")
    again = content.bench_of(kept)
    assert content.of_bench(again, "Trial") == kept


def test_the_command_runs_the_file(tmp_path, capsys):
    bench = Bench(terms="quorum: two members", places=(Place("Nurse", title="Nurse", state=PRESENT), Place("Chair")))
    path = tmp_path / "trial.yaml"
    path.write_bytes(content.as_yaml(content.of_bench(bench, "Two of us")))
    out = io.StringIO()
    call_command("quorum_check", str(path), stdout=out)
    assert "ok    Two of us: Not quorate" in out.getvalue()
    assert "1 scenarios, 0 not as expected." in out.getvalue()


def test_a_file_that_says_otherwise_fails(tmp_path):
    bench = Bench(terms="quorum: two members", places=(Place("Nurse", title="Nurse", state=PRESENT), Place("Chair")))
    path = tmp_path / "trial.yaml"
    path.write_bytes(content.as_yaml(content.of_bench(bench, "Two of us") | {"expect": {"verdict": "quorate"}}))
    with pytest.raises(SystemExit, match="1"):
        call_command("quorum_check", str(path), stdout=io.StringIO())


@pytest.mark.parametrize("name", ["null", "~", "12", "yes", "a: b", "# no remark", "“Quotes” & 'more'", "Škoda"])
def test_names_that_mean_something_to_yaml_stay_names(name):
    bench = Bench(terms="quorum: one member", places=(Place(name, title=name, state=PRESENT),))
    (scenario,) = load(content.as_yaml(content.of_bench(bench, name)).decode())
    assert scenario.name == name
    assert scenario.room.seats[0].title == name
    assert run(scenario).passed
