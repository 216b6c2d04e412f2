"""Cases, and what reports say of a year's reviews."""

import datetime as dt

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from reviews import models as reviews
from tests.factories.access import GrantFactory
from tests.factories.common import this_hour
from tests.factories.people import PersonFactory
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


class AuditFactory(DjangoModelFactory):
    """The scrutineer's audit of the rapid reviews of 2024 to 2025, which lasts another month."""

    class Meta:
        model = reviews.Audit

    area = SelfAttribute("person.area")
    person = SubFactory(PersonFactory)
    year = 2024
    reason = "Audit of the year"
    begun_at = LazyFunction(this_hour)
    wanted_until = LazyFunction(lambda: this_hour() + dt.timedelta(days=30))
    ends_at = SelfAttribute("wanted_until")


class AuditedCaseFactory(DjangoModelFactory):
    """A case that an audit reaches, with its grant."""

    class Meta:
        model = reviews.AuditedCase

    audit = SubFactory(AuditFactory)
    case = SubFactory(CaseFactory, area=SelfAttribute("..audit.area"))
    grant = SubFactory(GrantFactory, audit=True, thing=SelfAttribute("..case"), person=SelfAttribute("..audit.person"))


class ReferralFactory(DjangoModelFactory):
    """A referral that waits for the team."""

    class Meta:
        model = reviews.Referral
        skip_postgeneration_save = True

    class Params:
        closed = Trait(
            decided_at=LazyFunction(timezone.now), decided_by=SubFactory(UserFactory), closed_because="Known already."
        )
        accepted = Trait(
            decided_at=LazyFunction(timezone.now),
            decided_by=SubFactory(UserFactory),
            case=SubFactory(CaseFactory, area=SelfAttribute("..area")),
        )

    area = SubFactory(AreaFactory)
    number = Sequence(lambda n: f"R-{n:06}")
    kind = "child"
    happened = "infant, serious injury, recovered"
    known_on = dt.date(2024, 9, 10)
    referred_at = LazyFunction(this_hour)
    person = SubFactory(PersonFactory, with_account=True, area=SelfAttribute("..area"))
    referred_by = SelfAttribute("person.user")

    @post_generation
    def agencies(self, create, given, **kwargs):
        """The organisations that knew the people: ``given``, or that of whoever referred it."""
        if create:
            self.agencies.set(given if given is not None else [self.person.agency])


class CaseDateFactory(DjangoModelFactory):
    """The day on which the council became aware."""

    class Meta:
        model = reviews.CaseDate

    case = SubFactory(CaseFactory)
    event = "aware"
    on = dt.date(2024, 9, 10)
    entered_at = LazyFunction(this_hour)
    entered_by = SelfAttribute("case.registered_by")


class CaseDeadlineFactory(DjangoModelFactory):
    """A rapid review that is to be sent within 15 working days."""

    class Meta:
        model = reviews.CaseDeadline

    class Params:
        missed = Trait(
            met_on=dt.date(2024, 10, 3),
            missed_because="School closed.",
            missed_said_at=LazyFunction(this_hour),
            missed_said_by=SelfAttribute("case.registered_by"),
        )

    case = SubFactory(CaseFactory)
    code = "RR-1"
    started_on = dt.date(2024, 9, 10)
    amount = 15
    unit = "working days"
    due_on = dt.date(2024, 10, 1)


class CaseHoldFactory(DjangoModelFactory):
    """A hold that goes on."""

    class Meta:
        model = reviews.CaseHold

    class Params:
        ended = Trait(
            last_day=dt.date(2024, 10, 31),
            ended_at=LazyFunction(this_hour),
            ended_by=SelfAttribute("case.registered_by"),
        )

    case = SubFactory(CaseFactory)
    first_day = dt.date(2024, 10, 1)
    because = "Criminal trial."
    held_at = LazyFunction(this_hour)
    held_by = SelfAttribute("case.registered_by")


class CasePersonFactory(DjangoModelFactory):
    """The person whom a case is about."""

    class Meta:
        model = reviews.CasePerson

    case = SubFactory(CaseFactory)
    part = "subject"
    name = "A name"
    born = dt.date(2024, 2, 29)
    died = None
    nhs_number = "9434765919"
    other_numbers = "Police 1"
    entered_at = LazyFunction(this_hour)
    entered_by = SelfAttribute("case.registered_by")


class PanelPlaceFactory(DjangoModelFactory):
    """Somebody on the panel for the police."""

    class Meta:
        model = reviews.PanelPlace

    case = SubFactory(CaseFactory)
    key = "police"
    person = SubFactory(PersonFactory, area=SelfAttribute("..case.area"))


class PanelDecisionFactory(DjangoModelFactory):
    """A rapid review after which nothing more follows."""

    class Meta:
        model = reviews.PanelDecision

    case = SubFactory(CaseFactory)
    decided_on = dt.date(2024, 9, 27)
    outcome = "none"
    outcome_name = "No further review"
    criteria = LazyFunction(lambda: [{"words": "Themes recur", "met": False}])
    reasons = "Nothing new is to be learned."
    dissent = ""
    deciders = LazyFunction(lambda: [{"place": "The police", "post": "Detective Inspector"}])
    recorded_at = LazyFunction(this_hour)
    recorded_by = SelfAttribute("case.registered_by")


class DecisionCorrectionFactory(DjangoModelFactory):
    """A correction beside a decision."""

    class Meta:
        model = reviews.DecisionCorrection

    decision = SubFactory(PanelDecisionFactory)
    what = "It was decided on 26 September."
    because = "A slip."
    at = LazyFunction(this_hour)
    by = SelfAttribute("decision.recorded_by")
