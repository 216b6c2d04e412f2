"""What every act on money has in common: holding the year, asking whether they may, amounts, removing."""

from django.utils import timezone

from finance import queries, rules, words
from finance.models import FinancialYear
from mktogether.lib.templatetags.wording import pounds
from mktogether.lib.verdict import Refusal
from partnerships.story import telling

CHANGED = "changed by an act, after it was asked whether they may"


class Meanwhile(Exception):
    """Somebody changed a record since it was opened; ``sentence`` says who, ``record`` is it now. Nothing was saved."""

    def __init__(self, record, sentence):
        super().__init__(sentence)
        self.record = record
        self.sentence = sentence


def held(year, verdict):
    """
    ``year`` read again and held until the transaction ends, so that two who enter take turns.

    Raises Refusal where ``verdict`` says no.
    """
    refuse_unless(verdict)
    return FinancialYear.objects.regardless(CHANGED).select_for_update(of=("self",), no_key=True).get(pk=year.pk)


def again(record):
    """``record``, whose year is held, as it stands now, with the change of it that is the newest."""
    found = type(record).objects.regardless(CHANGED).select_related("year", "removed_by__person")
    return queries.with_newest_change(found).get(pk=record.pk)


def refuse_removed(record, noun):
    """Raise Refusal where ``record`` counts no longer; ``noun`` is what it is called."""
    if record.is_removed:
        raise Refusal(words.removed(noun, record.removed_by, record.removed_at))


def refuse_unseen(record, seen, *, by):
    """
    Raise Meanwhile where ``record``, whose year is held, was changed since ``seen``, the change that was newest then.

    Otherwise somebody would write over what they were never shown.
    """
    if record.newest_change != seen:
        since = list(queries.changes_of(record).filter(pk__gt=min(seen, record.newest_change - 1)))
        told = telling.told(by, since, here=record)
        raise Meanwhile(again(record), words.meanwhile(since, told, by))


def refuse_unless(verdict):
    """Raise Refusal with the reason of a verdict that says no."""
    if not verdict:
        raise Refusal(verdict.reason)


def refuse_absurd(amount, field="amount"):
    """Raise Refusal for more than any partnership handles, and for parts of a penny."""
    if abs(amount) > rules.MOST:
        raise Refusal(f"Enter an amount of {pounds(rules.MOST)} at most. Check the number of noughts.", field)
    if amount != amount.quantize(rules.TWO_PLACES):
        raise Refusal("Enter the amount in pounds and pence, such as 3,200.50.", field)


def told(changes, *, income):
    """``changes`` as the history keeps them: amounts in words, as people read them."""
    if "amount" not in changes:
        return changes
    before, after = (None if one is None else pounds(rules.as_read(one, income=income)) for one in changes["amount"])
    return {**changes, "amount": (before, after)}


def remove(record, *, by):
    """Mark ``record`` as removed: it counts no longer, and can be brought back. Raises Refusal where it was already."""
    if record.is_removed:
        raise Refusal("It was removed already.")
    record.removed_at, record.removed_by = timezone.now(), by
    record.save(update_fields=["removed_at", "removed_by"])


def restore(record):
    """Let ``record`` count again, as it was when it was removed."""
    record.removed_at = record.removed_by = None
    record.save(update_fields=["removed_at", "removed_by"])
