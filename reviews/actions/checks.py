"""What acts about cases have in common: holding the case, and refusing what may not be and what cannot be."""

from django.utils import timezone

from mktogether.lib.verdict import Refusal
from reviews import access, bland
from reviews.models import Case
from reviews.rules import details


def held(case):
    """The case, held until the transaction ends."""
    rows = Case.objects.regardless("changed by an act, which asks whether they may")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=case.pk)


def changeable(case, by):
    """The case, held, where ``by`` may change it. Raises Refusal for others, and for a closed case."""
    case = held(case)
    refuse_unless(access.may_change(by, case))
    return case


def refuse_unless(verdict):
    """Raise Refusal with the sentence of a verdict that says no."""
    if not verdict:
        raise Refusal(verdict.reason)


def line(text, field="about", missing="Enter in a few bland words what the case is about."):
    """``text`` in one line. Raises Refusal, at ``field``, where it is empty or would identify somebody."""
    found = bland.tidy(text)
    if not found:
        raise Refusal(missing, field)
    if sentence := bland.problem(found):
        raise Refusal(f"{sentence} The line must not identify anybody.", field)
    return found


def reason(text, field, missing):
    """A reason in words. Raises Refusal, at ``field`` and with the sentence ``missing``, where there is none."""
    if not text.strip():
        raise Refusal(missing, field)
    return text.strip()


def refuse_day(day, field, *, may_come=False):
    """Raise Refusal for a day that cannot be that of something that happened."""
    if sentence := details.fault_of_event(day, timezone.localdate(), may_come=may_come):
        raise Refusal(sentence, field)
