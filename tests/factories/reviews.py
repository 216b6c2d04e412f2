"""Cases, and what reports say of a year's reviews."""

import datetime as dt

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from reviews import models as reviews
from tests.factories.common import this_hour
from tests.factories.records import AreaFactory, UserFactory


class YearCountFactory(DjangoModelFactory):
    """A number from a published report."""

    class Meta:
        model = reviews.YearCount

    area = SubFactory(AreaFactory)
    first_day = dt.date(2021, 4, 1)
    key = Sequence(lambda n: f"count-{n}")
    label = "Rapid reviews about adults"
    count = 4
    source = "Annual report 2021-22"


class CaseFactory(DjangoModelFactory):
    """An open case; who is on it, the test says by grants (``GrantFactory(lead=True, thing=case)``)."""

    class Meta:
        model = reviews.Case

    class Params:
        closed = Trait(
            closed_at=LazyFunction(timezone.now), closed_by=SelfAttribute("registered_by"), closed_because="It is done."
        )

    area = SubFactory(AreaFactory)
    kind = "child"
    year = 2026
    number = Sequence(lambda n: n + 1)
    reference = LazyAttribute(
        lambda case: f"{case.area.code}-{case.year}-{reviews.Case.LETTERS[case.kind]}-{case.number:03}"
    )
    about = "infant, serious injury, recovered"
    registered_at = LazyFunction(this_hour)
    registered_by = SubFactory(UserFactory)
