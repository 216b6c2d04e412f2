"""What documents printed of a year, and why that is not what the records give."""

from django.db import transaction
from django.utils import timezone

from finance import access, queries, rules
from finance.actions.changing import CHANGED, again, held, refuse_absurd, remove, restore, told
from finance.models import Explanation, PublishedFigure
from mktogether.lib.verdict import Refusal
from records import history


@transaction.atomic
def enter_published_figure(year, figure, *, by, amount, source, place=""):
    """
    Enter what a document printed for ``figure`` of ``year``, in pounds as people read it; or change it.

    Raises Refusal for anybody but the finance editor and the team, for a figure that is never printed, without the
    document, and for an amount that cannot be.
    """
    year = held(year, access.may_reconcile(by, year))
    figure = _printable(figure)
    refuse_absurd(amount)
    if not source.strip():
        raise Refusal("Enter the document in which it is printed.", "source")
    ledger = rules.as_ledger(amount, income=figure.is_income)
    values = {"amount": ledger, "source": source.strip(), "place": place.strip()}
    there = PublishedFigure.objects.regardless(CHANGED).kept().filter(year=year, figure=figure).first()
    if there is None:
        made = PublishedFigure.objects.create(year=year, figure=figure, **values)
        entered = {"figure": (None, figure), **{name: (None, value) for name, value in values.items()}}
        changes = told(entered, income=figure.is_income)
        history.record("published_figure.entered", made, by=by, within=year, changes=changes)
        return made
    changes = history.changed(there, **values)
    if changes:
        there.save(update_fields=list(changes))
        changes = told(changes, income=figure.is_income)
        history.record("published_figure.changed", there, by=by, within=year, changes=changes)
    return there


@transaction.atomic
def remove_published_figure(published, *, by):
    """Take back that a figure was printed; it can be brought back."""
    year = held(published.year, access.may_reconcile(by, published.year))
    published = again(published)
    remove(published, by=by)
    history.record("published_figure.removed", published, by=by, within=year)
    return published


@transaction.atomic
def restore_published_figure(published, *, by):
    """Bring a printed figure back. Raises Refusal where another was entered for it by now."""
    year = held(published.year, access.may_reconcile(by, published.year))
    published = again(published)
    if not published.is_removed:
        return published
    others = PublishedFigure.objects.regardless(CHANGED).kept().filter(year=year, figure=published.figure)
    if others.exists():
        raise Refusal("Another printed amount was entered for this figure by now. Change or remove that one.")
    restore(published)
    history.record("published_figure.restored", published, by=by, within=year)
    return published


@transaction.atomic
def explain_difference(year, figure, text, *, by):
    """
    Accept ``text`` as the explanation of the difference that ``figure`` has now.

    It holds while the difference stays as it is. Raises Refusal for anybody but the finance editor and the team, where
    there is no difference, and without words.
    """
    year = held(year, access.may_reconcile(by, year))
    found = next((one for one in queries.compared_of(year) if one.figure == figure), None)
    if found is None or found.agrees:
        raise Refusal("Print and records say the same here. There is nothing to explain.")
    text = text.strip()
    if not text:
        raise Refusal("Enter the explanation. Where the source gives none, say so.", "text")
    values = {"text": text, "difference": found.difference, "accepted_at": timezone.now(), "accepted_by": by}
    there = Explanation.objects.regardless(CHANGED).filter(year=year, figure=found.figure).first()
    before = there.text if there else None
    if there is None:
        there = Explanation.objects.create(year=year, figure=found.figure, **values)
    else:
        there.save(update_fields=list(history.changed(there, **values)))
    history.record("difference.explained", there, by=by, within=year, changes={"text": (before, text)})
    return there


def _printable(figure):
    if figure not in set(rules.Figure) or figure == rules.Figure.POSITION:
        raise Refusal("Choose the figure that was printed.", "figure")
    return rules.Figure(figure)
