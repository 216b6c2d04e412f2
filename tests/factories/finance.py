"""Financial years, contributions, budget lines, printed figures and explanations."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from finance import models as finance
from finance import rules
from tests.factories.boards import AgencyFactory
from tests.factories.records import AreaFactory, UserFactory


class FinancialYearFactory(DjangoModelFactory):
    """A year from April to March, each time the next one."""

    class Meta:
        model = finance.FinancialYear

    area = SubFactory(AreaFactory)
    first_day = Sequence(lambda n: dt.date(2000 + n % 7000, 4, 1))
    last_day = LazyAttribute(lambda year: year.first_day.replace(year=year.first_day.year + 1) - dt.timedelta(days=1))
    name = LazyAttribute(lambda year: rules.name_of(year.first_day, year.last_day))


class ContributionFactory(DjangoModelFactory):
    """What a partner paid for children's safeguarding: £1,974, which a ledger writes with a minus."""

    class Meta:
        model = finance.Contribution

    class Params:
        gone = Trait(removed_at=LazyFunction(timezone.now), removed_by=SubFactory(UserFactory))

    year = SubFactory(FinancialYearFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..year.area"))
    strand = "children"
    amount = Decimal("-1974.00")


class BudgetLineFactory(DjangoModelFactory):
    """A line of expenditure; traits for the two kinds of income."""

    class Meta:
        model = finance.BudgetLine

    class Params:
        gone = Trait(removed_at=LazyFunction(timezone.now), removed_by=SubFactory(UserFactory))
        brought_forward = Trait(kind="brought forward", name="Brought forward", amount=Decimal("-110138.00"))
        contributions = Trait(kind="contributions", name="Contributions", amount=Decimal("-257880.00"))

    year = SubFactory(FinancialYearFactory)
    kind = "expenditure"
    name = Sequence(lambda n: f"Line {n}")
    amount = Decimal("5298.00")
    order = Sequence(lambda n: n % 1000 + 1)


class PublishedFigureFactory(DjangoModelFactory):
    """The contributions that an annual report prints."""

    class Meta:
        model = finance.PublishedFigure

    class Params:
        gone = Trait(removed_at=LazyFunction(timezone.now), removed_by=SubFactory(UserFactory))

    year = SubFactory(FinancialYearFactory)
    figure = "contributions"
    amount = Decimal("-257880.00")
    source = "Annual report"
    place = "Appendix B"


class ExplanationFactory(DjangoModelFactory):
    """Why what was printed is £912 apart from the records."""

    class Meta:
        model = finance.Explanation

    year = SubFactory(FinancialYearFactory)
    figure = "contributions"
    difference = Decimal("912.00")
    text = "The source gives no cause."
    accepted_at = LazyFunction(timezone.now)
    accepted_by = SubFactory(UserFactory)
