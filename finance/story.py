"""Money as the history tells of it: who may read of what, and how it is called."""

from finance.models import BudgetLine, Contribution, Explanation, FinancialYear, PublishedFigure
from partnerships.story import kinds


def _contribution(contribution):
    strand = contribution.get_strand_display().lower()
    return f"the contribution of {contribution.agency} ({strand}) to {contribution.year}"


def _contributions(user):
    return Contribution.objects.visible_to(user).select_related("agency", "year")


def _of_year(model):
    return lambda user: model.objects.visible_to(user).select_related("year")


def _address(record):
    return record.year.get_absolute_url()


def register():
    """Make the kinds of record known to the history."""
    kinds.register(
        kinds.Kind(
            model=FinancialYear,
            noun="financial year",
            visible=FinancialYear.objects.visible_to,
            title=lambda year: year.name,
            address=lambda year: year.get_absolute_url(),
            key="financial-year",
            found_by="pk",
        ),
        kinds.Kind(
            model=Contribution,
            noun="contribution",
            visible=_contributions,
            title=_contribution,
            address=_address,
            key="contribution",
            found_by="pk",
        ),
        kinds.Kind(
            model=BudgetLine,
            noun="budget line",
            visible=_of_year(BudgetLine),
            title=lambda line: f"the line “{line.name}” of {line.year}",
            address=_address,
            key="budget-line",
            found_by="pk",
        ),
        kinds.Kind(
            model=PublishedFigure,
            noun="printed figure",
            visible=_of_year(PublishedFigure),
            title=lambda printed: f"what was printed for “{printed.get_figure_display()}” of {printed.year}",
            address=_address,
        ),
        kinds.Kind(
            model=Explanation,
            noun="explanation of a difference",
            visible=_of_year(Explanation),
            title=lambda one: f"the difference in “{one.get_figure_display()}” of {one.year}",
            address=_address,
        ),
    )
