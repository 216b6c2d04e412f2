"""
Financial years: what partners contributed, the year-end position, what was printed of both, and why that differs.

Amounts are a ledger's: income and money in hand are below nothing. The balance carried forward is no field: it is
computed each time (``finance.rules``). What is removed stays as a row, so that it can be brought back.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from finance import rules
from mktogether.lib.constraints import filled, in_order, one_of, paired
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models import Agency
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area

PENNY = {"max_digits": 12, "decimal_places": 2}


class Strand(models.TextChoices):
    """For whose safeguarding a contribution was made."""

    CHILDREN = rules.Strand.CHILDREN, rules.Strand.CHILDREN.label
    ADULTS = rules.Strand.ADULTS, rules.Strand.ADULTS.label
    NOT_DIVIDED = rules.Strand.NOT_DIVIDED, rules.Strand.NOT_DIVIDED.label


class Kind(models.TextChoices):
    """What a line of the year-end position says."""

    BROUGHT_FORWARD = rules.Kind.BROUGHT_FORWARD, rules.Kind.BROUGHT_FORWARD.label
    CONTRIBUTIONS = rules.Kind.CONTRIBUTIONS, rules.Kind.CONTRIBUTIONS.label
    EXPENDITURE = rules.Kind.EXPENDITURE, rules.Kind.EXPENDITURE.label


class Figure(models.TextChoices):
    """A figure of a year that a document prints, or that the year-end position uses."""

    CONTRIBUTIONS = rules.Figure.CONTRIBUTIONS, rules.Figure.CONTRIBUTIONS.label
    CHILDREN = rules.Figure.CHILDREN, rules.Figure.CHILDREN.label
    ADULTS = rules.Figure.ADULTS, rules.Figure.ADULTS.label
    NOT_DIVIDED = rules.Figure.NOT_DIVIDED, rules.Figure.NOT_DIVIDED.label
    BROUGHT_FORWARD = rules.Figure.BROUGHT_FORWARD, rules.Figure.BROUGHT_FORWARD.label
    POSITION = rules.Figure.POSITION, rules.Figure.POSITION.label
    INCOME = rules.Figure.INCOME, rules.Figure.INCOME.label
    EXPENDITURE = rules.Figure.EXPENDITURE, rules.Figure.EXPENDITURE.label
    SURPLUS = rules.Figure.SURPLUS, rules.Figure.SURPLUS.label
    CARRIED_FORWARD = rules.Figure.CARRIED_FORWARD, rules.Figure.CARRIED_FORWARD.label


# --- Years ------------------------------------------------------------------------------------------------------------


class YearQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """Those of the areas in which they read the totals of money."""
        return self.filter(area__in=areas_of_money(user))


def areas_of_money(user):
    """The ids of the areas in which ``user`` reads the totals of money."""
    standing = standing_of(user)
    return standing.area_ids if standing.reach(Act.READ_MONEY).area else frozenset()


class FinancialYear(models.Model):
    """A financial year of an area. No two of an area share a day: the database refuses an overlap."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="financial_years")
    name = models.SlugField(max_length=7, help_text="As its days give it, such as 2021-22; stands in addresses.")
    first_day = models.DateField()
    last_day = models.DateField()

    objects = YearQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="one_financial_year_for_a_name"),
            filled("name", name="financial_year_has_a_name"),
            in_order(
                "first_day",
                "last_day",
                name="financial_year_ends_after_it_begins",
                message="The last day is not after the first.",
                strictly=True,
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/money/{self.name}/"


class Removable(models.Model):
    """What can be removed and brought back: the row stays, and counts no longer."""

    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def is_removed(self):
        return self.removed_at is not None


# --- What partners contributed ----------------------------------------------------------------------------------------


class ContributionQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """All of the area, or those of their own organisation."""
        standing = standing_of(user)
        reach = standing.reach(Act.READ_CONTRIBUTIONS)
        found = self.filter(year__area__in=standing.area_ids)
        return found if reach.area else found.filter(agency__in=[reach.agency] if reach.agency else [])

    def kept(self):
        """Those that count: not removed."""
        return self.filter(removed_at=None)


class Contribution(Removable):
    """What a partner paid for a strand in a year. Where it paid nothing there is no row."""

    Strand = Strand

    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="contributions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contributions")
    payer = models.CharField(max_length=120, blank=True, help_text="Who paid, as the source prints it.")
    strand = models.CharField(max_length=12, choices=Strand)
    amount = models.DecimalField(**PENNY, help_text="In the ledger's sign: below nothing.")
    note = models.CharField(max_length=200, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["year", "agency", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "agency", "strand"],
                condition=Q(removed_at__isnull=True),
                name="one_contribution_of_an_agency_for_a_strand",
            ),
            one_of("strand", Strand, name="contribution_is_for_a_strand"),
            models.CheckConstraint(
                condition=Q(amount__lt=0, amount__gte=-rules.MOST), name="contribution_is_income_in_the_ledger"
            ),
            paired("removed_at", "removed_by", name="contribution_removed_at_and_by"),
        ]

    def __str__(self):
        return f"{self.agency_id} in {self.year_id}: {self.strand}"

    def get_absolute_url(self):
        return f"/money/{self.year.name}/contributions/{self.pk}/"

    @property
    def read(self):
        """The amount as people read it."""
        return rules.as_read(self.amount, income=True)


# --- The budget -------------------------------------------------------------------------------------------------------


class BudgetQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """For those who read the budget line by line; everybody else reads its totals."""
        standing = standing_of(user)
        return self.filter(year__area__in=standing.area_ids if standing.reach(Act.READ_BUDGET).area else frozenset())


class RemovableBudgetQuerySet(BudgetQuerySet):
    def kept(self):
        """Those that count: not removed."""
        return self.filter(removed_at=None)


class BudgetLine(Removable):
    """
    A line of the year-end position: what was brought forward, contributions as the position uses them, expenditure.

    Where no line names contributions, the position uses what partners paid.
    """

    Kind = Kind

    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=120)
    amount = models.DecimalField(**PENNY, help_text="In the ledger's sign: income below nothing, expenditure above.")
    order = models.PositiveSmallIntegerField(default=0)

    objects = RemovableBudgetQuerySet.as_manager()

    class Meta:
        ordering = ["year", "kind", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "name"],
                condition=Q(removed_at__isnull=True),
                name="one_budget_line_of_a_kind_for_a_name",
            ),
            models.UniqueConstraint(
                fields=["year", "kind"],
                condition=Q(removed_at__isnull=True) & ~Q(kind=Kind.EXPENDITURE),
                name="one_budget_line_for_a_kind_of_income",
            ),
            one_of("kind", Kind, name="budget_line_is_of_a_kind"),
            filled("name", name="budget_line_has_a_name"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CONTRIBUTIONS) | Q(amount__lte=0),
                name="contributions_of_a_position_are_income_in_the_ledger",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=-rules.MOST, amount__lte=rules.MOST), name="budget_line_is_no_absurd_amount"
            ),
            paired("removed_at", "removed_by", name="budget_line_removed_at_and_by"),
        ]

    def __str__(self):
        return f"{self.name} in {self.year_id}"

    def get_absolute_url(self):
        return f"/money/{self.year.name}/lines/{self.pk}/"

    @property
    def read(self):
        """The amount as people read it."""
        return rules.as_read(self.amount, income=rules.Kind(self.kind).is_income)


class PublishedFigure(Removable):
    """A figure of a year as a document printed it. The portal's own figures are never taken from here."""

    Figure = Figure

    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="published")
    figure = models.CharField(max_length=20, choices=Figure)
    amount = models.DecimalField(**PENNY, help_text="As printed, in the ledger's sign.")
    source = models.CharField(max_length=200, help_text="The document.")
    place = models.CharField(max_length=120, blank=True, help_text="The page or appendix.")

    objects = RemovableBudgetQuerySet.as_manager()

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "figure"],
                condition=Q(removed_at__isnull=True),
                name="one_published_amount_for_a_figure",
            ),
            one_of("figure", Figure, name="published_figure_is_one_of_a_year"),
            models.CheckConstraint(
                condition=~Q(figure=Figure.POSITION), name="what_the_position_uses_is_a_line_and_not_a_print"
            ),
            filled("source", name="published_figure_has_a_source"),
            models.CheckConstraint(
                condition=Q(amount__gte=-rules.MOST, amount__lte=rules.MOST),
                name="published_figure_is_no_absurd_amount",
            ),
            paired("removed_at", "removed_by", name="published_figure_removed_at_and_by"),
        ]

    def __str__(self):
        return f"{self.figure} of {self.year_id}, printed"

    @property
    def read(self):
        """The amount as people read it."""
        return rules.as_read(self.amount, income=rules.Figure(self.figure).is_income)


class Explanation(models.Model):
    """
    Why what was printed is not what the records give, and who accepted that when.

    It holds for the difference that it was accepted for; where that changes it has to be accepted anew.
    """

    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="explanations")
    figure = models.CharField(max_length=20, choices=Figure)
    difference = models.DecimalField(**PENNY, help_text="Computed less printed, as people read both.")
    text = models.CharField(max_length=400)
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "figure"], name="one_explanation_for_a_figure"),
            one_of("figure", Figure, name="explanation_is_of_a_figure"),
            filled("text", name="explanation_says_something"),
            models.CheckConstraint(condition=~Q(difference=0), name="explanation_is_of_a_difference"),
        ]

    def __str__(self):
        return f"{self.figure} of {self.year_id}, explained"
