"""How a verdict looks: the signs and colours of the quorum strip and of its chips, one for each clause."""

from partnerships import rules

LOOKS = {
    rules.Status.QUORATE: ("quorate", "tick"),
    rules.Status.NOT_QUORATE: ("not-quorate", "cross"),
    rules.Status.NOT_STATED: ("not-stated", "dash"),
}
CHIPS = {"met": ("met", "tick"), "not met": ("not-met", "cross"), "needed": ("needed", "triangle")}
PARTLY = ("partly", "triangle")


def look(judgement):
    """Modifier and icon of the strip for ``judgement``; in part where another kind of decision fares otherwise."""
    partly = any(other.status != judgement.status for other in judgement.others)
    return PARTLY if partly and judgement.status == rules.Status.QUORATE else LOOKS[judgement.status]


def words(judgement):
    """The first sentence, which is set in bold, and the rest."""
    first, dot, rest = judgement.headline.partition(". ")
    return (f"{first}.", rest) if dot else (judgement.headline, "")


def chip(finding):
    """One clause of the rule: what it found, as words, a colour and a sign."""
    modifier, icon = CHIPS[finding.state]
    text = f"{finding.text}: we need them to stay" if finding.state == "needed" else finding.text
    return {"text": text, "modifier": modifier, "icon": icon}
