"""The lines of the year-end position: entering, changing, moving, removing, bringing back."""

from django.db import transaction
from django.db.models import Max

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
from finance.models import BudgetLine
from mktogether.lib.verdict import Refusal
from records import history, submissions


@transaction.atomic
def add_line(year, *, by, kind, name, amount, submission=None):
    """
    Enter a line of the year-end position of ``year``, ``amount`` in pounds as people read it.

    What was brought forward is below nothing where the year before was overspent, and expenditure where more came back
    than was spent. Raises Refusal for anybody but the finance editor, for a second line of a kind of income, for a name
    that another line has, and for an amount that cannot be.
    """
    claimed = submissions.claim(submission, by=by)
    year = held(year, access.may_enter(by, year))
    made = new_line(year, kind, name, amount, by=by)
    submissions.leads_to(claimed, year.get_absolute_url())
    return made


def new_line(year, kind, name, amount, *, by):
    """Enter a line of a year that is held; for the acts of this app."""
    name = _refuse_misfit(year, kind, name, amount)
    made = BudgetLine.objects.create(
        year=year, kind=kind, name=name, amount=_ledger(kind, amount), order=_next(year, kind)
    )
    entered = {"kind": (None, kind), "name": (None, name), "amount": (None, made.amount)}
    history.record("budget_line.added", made, by=by, within=year, changes=told(entered, income=_income(kind)))
    return made


@transaction.atomic
def change_line(line, *, by, seen, name, amount):
    """
    Change name and amount of a line; ``seen`` is the newest change of it that ``by`` was shown.

    What stands there already changes nothing. Raises Refusal as entering it does, and for one that was removed;
    Meanwhile where somebody saved something else first.
    """
    year = held(line.year, access.may_enter(by, line.year))
    line = again(line)
    refuse_removed(line, "line")
    changes = history.changed(line, name=name.strip(), amount=_ledger(line.kind, amount))
    if changes:
        refuse_unseen(line, seen, by=by)
        _refuse_misfit(year, line.kind, name, amount, but=line)
        line.save(update_fields=list(changes))
        history.record(
            "budget_line.changed", line, by=by, within=year, changes=told(changes, income=_income(line.kind))
        )
    return line


@transaction.atomic
def move_line(line, *, by, up):
    """Move a line of expenditure one place up or down among the others. At the end of the list nothing happens."""
    year = held(line.year, access.may_enter(by, line.year))
    line = again(line)
    lines = list(_kept(year).filter(kind=line.kind).order_by("order", "id"))
    place = next((number for number, other in enumerate(lines) if other.pk == line.pk), None)
    if place is None:
        raise Refusal("This line was removed. Bring it back first.")
    other = place - 1 if up else place + 1
    if not 0 <= other < len(lines):
        return line
    lines[place], lines[other] = lines[other], lines[place]
    for number, one in enumerate(lines, start=1):
        one.order = number
    BudgetLine.objects.regardless(CHANGED).bulk_update(lines, ["order"])
    history.record("budget_line.moved", line, by=by, within=year)
    return line


@transaction.atomic
def remove_line(line, *, by):
    """Remove a line; it can be brought back."""
    year = held(line.year, access.may_enter(by, line.year))
    line = again(line)
    remove(line, by=by)
    history.record("budget_line.removed", line, by=by, within=year)
    return line


@transaction.atomic
def restore_line(line, *, by):
    """Bring a removed line back. Raises Refusal where another has taken its place by now."""
    year = held(line.year, access.may_enter(by, line.year))
    line = again(line)
    if not line.is_removed:
        return line
    _refuse_second(year, line.kind, line.name, line)
    restore(line)
    history.record("budget_line.restored", line, by=by, within=year)
    return line


def _kept(year):
    return BudgetLine.objects.regardless(CHANGED).kept().filter(year=year)


def _next(year, kind):
    return (_kept(year).filter(kind=kind).aggregate(last=Max("order"))["last"] or 0) + 1


def _income(kind):
    return rules.Kind(kind).is_income


def _ledger(kind, amount):
    return rules.as_ledger(amount, income=_income(kind))


def _refuse_misfit(year, kind, name, amount, but=None):
    """The name, tidied; raises Refusal where the line cannot be."""
    if kind not in BudgetLine.Kind.values:
        raise Refusal("Choose what the line says.", "kind")
    name = name.strip()
    if not name:
        raise Refusal("Enter the name of the line, as the position gives it.", "name")
    if kind == BudgetLine.Kind.CONTRIBUTIONS and amount < 0:
        raise Refusal("Enter contributions without a minus.", "amount")
    refuse_absurd(amount)
    _refuse_second(year, kind, name, but)
    return name


def _refuse_second(year, kind, name, but):
    others = _kept(year).filter(kind=kind).exclude(pk=but.pk if but else None)
    if kind != BudgetLine.Kind.EXPENDITURE and others.exists():
        raise Refusal(
            f"{year.name} has a line for this already: “{others.get().name}”. Change that one instead.", "kind"
        )
    if others.filter(name=name).exists():
        raise Refusal(f"{year.name} has a line “{name}” already. Change that one, or choose another name.", "name")
