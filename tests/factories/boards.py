"""Agencies, boards and groups, their places, terms and trials."""

import datetime as dt

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from partnerships import models as partnerships
from tests.factories.common import LONG_AGO
from tests.factories.records import AnotherAreaFactory, AreaFactory, UserFactory


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.Agency

    area = SubFactory(AreaFactory)
    short_name = Sequence(lambda n: f"Agency {n}")
    name = LazyAttribute(lambda agency: f"{agency.short_name} in full")
    slug = Sequence(lambda n: f"agency-{n}")
    classes = LazyFunction(list)


class AgencyAliasFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.AgencyAlias

    area = SelfAttribute("agency.area")
    agency = SubFactory(AgencyFactory)
    name = Sequence(lambda n: f"Other name {n}")


class ArrangementFactory(DjangoModelFactory):
    """An edition in force: each in an area of its own, since an area has one at a time."""

    class Meta:
        model = partnerships.Arrangement

    area = SubFactory(AnotherAreaFactory)
    key = Sequence(lambda n: f"handbook-{n}")
    name = Sequence(lambda n: f"Handbook {n}")
    first_day = dt.date(2024, 4, 1)


class RelevantAgencyFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.RelevantAgency

    arrangement = SubFactory(ArrangementFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..arrangement.area"))
    order = Sequence(lambda n: n)


class SpecifiedRoleFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.SpecifiedRole

    arrangement = SubFactory(ArrangementFactory)
    kind = "lead partner"
    post = Sequence(lambda n: f"Chief Constable {n}")
    order = Sequence(lambda n: n)


class BodyFactory(DjangoModelFactory):
    """A working group; the trait ``partnership`` makes it a statutory board."""

    class Meta:
        model = partnerships.Body

    class Params:
        partnership = Trait(kind="statutory", name=Sequence(lambda n: f"Partnership {n}"))
        panel = Trait(kind="panel", name=Sequence(lambda n: f"Panel {n}"))
        earlier = Trait(earlier_structure="Arrangements of 2021-22")

    area = SubFactory(AreaFactory)
    name = Sequence(lambda n: f"Group {n}")
    short_name = SelfAttribute("name")
    slug = Sequence(lambda n: f"group-{n}")
    kind = "group"


class TermsOfReferenceFactory(DjangoModelFactory):
    """Terms without a stated quorum; ``rules`` takes a text of the rule language."""

    class Meta:
        model = partnerships.TermsOfReference

    body = SubFactory(BodyFactory)
    edition = "Handbook of October 2024"
    starts_on = dt.date(2024, 4, 1)
    rules = ""
    mode = "virtual"


class FormerNameFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.FormerName

    body = SubFactory(BodyFactory)
    name = Sequence(lambda n: f"Former group {n}")
    short_name = SelfAttribute("name")
    last_day = dt.date(2024, 3, 31)


class LineFactory(DjangoModelFactory):
    """A line upwards to another board of the area."""

    class Meta:
        model = partnerships.Line

    body = SubFactory(BodyFactory)
    to_body = SubFactory(BodyFactory, area=SelfAttribute("..body.area"))
    kind = "reports to"
    starts_on = dt.date(2024, 4, 1)


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.Seat

    body = SubFactory(BodyFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..body.area"))

    class Params:
        observer = Trait(in_attendance=True, agency=None, votes=False, counts=False)

    title = Sequence(lambda n: f"Place {n}")
    order = Sequence(lambda n: n + 1)
    starts_at = LONG_AGO


class PublicContactFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.PublicContact

    area = SubFactory(AreaFactory)
    audience = "child"
    name = "Children's front door"
    telephone = "01632 960001"
    owner = "Head of the front door"
    checked_on = LazyFunction(timezone.localdate)
    order = Sequence(lambda n: n)


class ScenarioFactory(DjangoModelFactory):
    """Something kept from the workbench: two of the three who are needed have come."""

    class Meta:
        model = partnerships.Scenario

    class Params:
        shared = Trait(
            body=SubFactory(BodyFactory, area=SelfAttribute("..area")),
            shared_at=LazyFunction(timezone.now),
            shared_by=SelfAttribute("created_by"),
        )

    area = SubFactory(AreaFactory)
    name = Sequence(lambda n: f"Trial {n}")
    created_by = SubFactory(UserFactory)
    content = LazyAttribute(
        lambda scenario: {
            "name": scenario.name,
            "terms": "quorum: three members",
            "date": "2025-01-21",
            "seats": [{"seat": "Nurse"}, {"seat": "Commander"}, {"seat": "Director"}],
            "present": ["Nurse", "Commander"],
            "expect": {"verdict": "not quorate"},
        }
    )
