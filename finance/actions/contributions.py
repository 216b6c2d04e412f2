"""What partners contributed: entering, changing, removing, bringing back."""

from django.db import transaction

from finance import access, rules
from finance.actions.changing import (
    CHANGED,
    again,
    held,
    refuse_absurd,
    refuse_removed,
    refuse_unseen,
    remove,
    restore,
    told,
)
from finance.models import Contribution
from mktogether.lib.verdict import Refusal
from records import history, submissions


@transaction.atomic
def add_contribution(year, *, by, agency, strand, amount, payer="", note="", submission=None):
    """
    Enter what ``agency`` paid for ``strand`` in ``year``: ``amount`` pounds, above nothing.

    Raises Refusal for anybody but the finance editor, for a second contribution of a partner for the same strand, and
    for an amount that is nothing, below it, absurd or with parts of a penny.
    """
    claimed = submissions.claim(submission, by=by)
    year = held(year, access.may_enter(by, year))
    _refuse_misfit(year, agency, strand, amount)
    made = Contribution.objects.create(
        year=year,
        agency=agency,
        strand=strand,
        amount=rules.as_ledger(amount, income=True),
        payer=payer.strip(),
        note=note.strip(),
    )
    entered = {"agency": (None, agency.short_name), "strand": (None, strand), "amount": (None, made.amount)}
    entered |= {"payer": (None, made.payer), "note": (None, made.note)}
    history.record("contribution.added", made, by=by, within=year, changes=told(entered, income=True))
    submissions.leads_to(claimed, year.get_absolute_url())
    return made


@transaction.atomic
def change_contribution(contribution, *, by, seen, strand, amount, payer="", note=""):
    """
    Change a contribution; ``seen`` is the newest change of it that ``by`` was shown.

    What stands there already changes nothing. Raises Refusal as entering it does, and for one that was removed;
    Meanwhile where somebody saved something else first. Its partner stays: whoever reads that partner's money would
    find another's in its history.
    """
    year = held(contribution.year, access.may_enter(by, contribution.year))
    contribution = again(contribution)
    refuse_removed(contribution, "contribution")
    changes = history.changed(
        contribution,
        strand=strand,
        amount=rules.as_ledger(amount, income=True),
        payer=payer.strip(),
        note=note.strip(),
    )
    if changes:
        refuse_unseen(contribution, seen, by=by)
        _refuse_misfit(year, contribution.agency, strand, amount, but=contribution)
        contribution.save(update_fields=list(changes))
        history.record("contribution.changed", contribution, by=by, within=year, changes=told(changes, income=True))
    return contribution


@transaction.atomic
def remove_contribution(contribution, *, by):
    """Remove a contribution; it can be brought back."""
    year = held(contribution.year, access.may_enter(by, contribution.year))
    contribution = again(contribution)
    remove(contribution, by=by)
    history.record("contribution.removed", contribution, by=by, within=year)
    return contribution


@transaction.atomic
def restore_contribution(contribution, *, by):
    """Bring a removed contribution back. Raises Refusal where the partner has another for that strand by now."""
    year = held(contribution.year, access.may_enter(by, contribution.year))
    contribution = again(contribution)
    if not contribution.is_removed:
        return contribution
    _refuse_second(year, contribution.agency, contribution.strand, contribution)
    restore(contribution)
    history.record("contribution.restored", contribution, by=by, within=year)
    return contribution


def _refuse_misfit(year, agency, strand, amount, but=None):
    if agency.area_id != year.area_id:
        raise Refusal("Choose a partner of this area.", "agency")
    if strand not in Contribution.Strand.values:
        raise Refusal("Choose what the contribution was for.", "strand")
    if amount <= 0:
        raise Refusal(
            "Enter what was paid as an amount above nothing, without a minus. For a partner that paid nothing, enter "
            "no contribution.",
            "amount",
        )
    refuse_absurd(amount)
    _refuse_second(year, agency, strand, but)


def _refuse_second(year, agency, strand, but):
    there = Contribution.objects.regardless(CHANGED).kept().filter(year=year, agency=agency, strand=strand)
    if there.exclude(pk=but.pk if but else None).exists():
        words = Contribution.Strand(strand).label.lower()
        raise Refusal(
            f"{agency.short_name} has a contribution ({words}) in {year.name} already. Change that one instead.",
            "strand" if but else "agency",
        )
