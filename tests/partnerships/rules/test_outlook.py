"""Before the meeting: the forecast from replies, and the health of the membership."""

from partnerships.rules import Answer, Reply, Status, forecast, health, parse_terms
from tests.partnerships.rules.bodies import DAY, council, seat

TERMS = parse_terms("quorum: one from each of North, East, South")


def test_a_forecast_names_who_is_critical():
    outlook = forecast(
        TERMS, council(), {"leader": "accepted", "adults": "accepted", "police": "accepted", "nurse": "accepted"}, DAY
    )
    assert outlook.status is Status.QUORATE
    assert outlook.critical == ("police", "nurse")


def test_a_forecast_chases_the_tentative_first_then_the_silent_then_those_who_decline():
    seats = (*council(), seat("dci", "East"), seat("inspector", "East"))
    replies = {"leader": "accepted", "nurse": "accepted", "police": "declined", "inspector": "tentative"}
    outlook = forecast(TERMS, seats, replies, DAY)
    assert (outlook.status, outlook.likely) == (Status.NOT_QUORATE, Status.QUORATE)
    assert [chase.seat for chase in outlook.chase] == ["inspector", "dci", "police"]
    assert [chase.answer for chase in outlook.chase] == [Answer.TENTATIVE, Answer.NONE, Answer.DECLINED]
    assert outlook.sentence.startswith("Quorate only if those who are tentative come")


def test_a_deputy_who_is_sent_counts_as_coming():
    replies = [Reply("leader", Answer.ACCEPTED), Reply("nurse", Answer.ACCEPTED), Reply("police", Answer.DEPUTY)]
    outlook = forecast(TERMS, council(), replies, DAY)
    assert outlook.status is Status.QUORATE
    assert "police deputy" in outlook.critical


def test_somebody_whom_another_could_replace_is_not_critical():
    seats = [seat("a", "North", holder="x", deputies=["y"]), seat("b", "East", holder="y")]
    outlook = forecast(parse_terms("quorum: one from North"), tuple(seats), {"x": "accepted", "y": "accepted"}, DAY)
    assert outlook.critical == ()


def test_a_healthy_body_hangs_on_nobody():
    seats = (*council(), seat("dci", "East"), seat("doctor", "South"))
    state = health(TERMS, seats, DAY)
    assert state.possible
    assert state.sentence == "Can be quorate, and no single loss would end that."


def test_it_tells_a_missing_deputy_from_a_place_that_must_not_fall_vacant():
    state = health(TERMS, council(), DAY)
    assert [(one.seat, one.kind) for one in state.fragile] == [("police", "vacancy"), ("nurse", "deputy")]


def test_it_names_the_vacancy_that_would_mend_a_body():
    seats = tuple(one if one.agency != "East" else seat(one.key, one.agency, holder=None) for one in council())
    state = health(TERMS, seats, DAY)
    assert not state.possible
    assert state.sentence.startswith("Cannot be quorate with one vacancy, even if everybody comes: nobody from East.")
    assert len(state.heals) == 1


def test_a_body_without_a_rule_has_nothing_to_fall_short_of():
    assert health(parse_terms(""), council(), DAY).status is Status.NOT_STATED
    assert forecast(parse_terms(""), council(), {}, DAY).sentence == "Quorum: not stated."
