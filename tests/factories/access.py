"""Who is let in or kept out by exception, and reviews of who holds what."""

import datetime as dt

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from partnerships import models as partnerships
from records import models as records
from tests.factories.boards import AgencyFactory, BodyFactory
from tests.factories.common import LONG_AGO, this_hour
from tests.factories.people import AppointmentFactory, PersonFactory, TeamMemberFactory
from tests.factories.records import AreaFactory, UserFactory


class GrantFactory(DjangoModelFactory):
    """
    An approved grant in force: a lay member of a group.

    ``thing`` is what it is about, an instance of any registered kind. Traits for where it stands.
    """

    class Meta:
        model = partnerships.Grant

    class Params:
        thing = SubFactory(BodyFactory)
        with_account = Trait(person__with_account=True)
        waiting = Trait(starts_at=None, ends_at=None, approved_at=None, approved_by=None, review_on=None)
        urgent = Trait(
            approved_at=None,
            approved_by=None,
            confirm_by=LazyFunction(lambda: this_hour() + dt.timedelta(days=1)),
            ends_at=SelfAttribute("confirm_by"),
        )
        over = Trait(
            wanted_from=LazyFunction(lambda: this_hour() - dt.timedelta(days=40)),
            wanted_until=LazyFunction(lambda: this_hour() - dt.timedelta(seconds=1)),
        )
        not_begun = Trait(wanted_from=LazyFunction(lambda: this_hour() + dt.timedelta(days=2)))
        lead = Trait(
            kind="case lead",
            rests_on="team",
            approved_at=None,
            approved_by=None,
            second=None,
            person=SubFactory(TeamMemberFactory, area=SelfAttribute("..area")),
            proposed_by=SelfAttribute("person"),
        )
        audit = Trait(
            kind="audit",
            rests_on="scrutiny",
            approved_at=None,
            approved_by=None,
            second=None,
            review_on=None,
            proposed_by=SelfAttribute("person"),
        )
        emergency = Trait(
            kind="emergency",
            proposed_by=SelfAttribute("person"),
            wanted_from=LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=5)),
            wanted_until=LazyAttribute(lambda grant: grant.wanted_from + dt.timedelta(hours=1)),
        )
        taken_back = Trait(
            waiting=True, ended_by=SelfAttribute("proposed_by"), ended_because="They have left the organisation."
        )
        refused = Trait(
            waiting=True,
            refused_at=LazyFunction(timezone.now),
            refused_by=SelfAttribute("second"),
            refused_because="It is not needed.",
        )

    kind = "lay member"
    subject = LazyAttribute(lambda grant: grant.thing._meta.label)
    subject_id = LazyAttribute(lambda grant: grant.thing.pk)
    area = LazyAttribute(lambda grant: records.Area.objects.get(pk=grant.thing.area_id))
    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    reason = "Speaks for families."
    proposed_by = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    second = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    proposed_at = LazyFunction(lambda: this_hour() - dt.timedelta(days=50))
    wanted_from = LazyFunction(lambda: this_hour() - dt.timedelta(days=1))
    wanted_until = LazyFunction(lambda: this_hour() + dt.timedelta(days=30))
    approved_at = SelfAttribute("proposed_at")
    approved_by = SelfAttribute("second")
    starts_at = SelfAttribute("wanted_from")
    ends_at = SelfAttribute("wanted_until")
    review_on = LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=60))


class ExclusionFactory(DjangoModelFactory):
    """Somebody is kept from ``thing`` for a conflict of interest."""

    class Meta:
        model = partnerships.Exclusion

    class Params:
        thing = SubFactory(BodyFactory)
        own = Trait(declared_by=SelfAttribute("person"))
        over = Trait(
            ends_at=LazyFunction(lambda: timezone.now() - dt.timedelta(seconds=1)),
            ended_by=SubFactory(PersonFactory, area=SelfAttribute("..area")),
            ended_because="They have left the firm.",
        )

    subject = LazyAttribute(lambda exclusion: exclusion.thing._meta.label)
    subject_id = LazyAttribute(lambda exclusion: exclusion.thing.pk)
    area = LazyAttribute(lambda exclusion: records.Area.objects.get(pk=exclusion.thing.area_id))
    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    reason = "A relative works there."
    declared_by = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    starts_at = LONG_AGO


class AccessReviewFactory(DjangoModelFactory):
    """The open review of an agency for a quarter, a new agency each time; traits for closed, late and without one."""

    class Meta:
        model = partnerships.AccessReview

    class Params:
        closed = Trait(closed_at=LazyFunction(timezone.now), closed_by=SelfAttribute("begun_by"))
        overdue = Trait(due_on=LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=14)))
        independent = Trait(agency=None)

    area = SubFactory(AreaFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..area"))
    year = Sequence(lambda n: 2000 + n)
    quarter = 3
    due_on = LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=14))
    begun_at = LazyFunction(lambda: this_hour() - dt.timedelta(days=14))
    begun_by = SubFactory(UserFactory)


class AccessReviewLineFactory(DjangoModelFactory):
    """A member's place, not answered yet; traits for the answers. ``held`` is the appointment that it is about."""

    class Meta:
        model = partnerships.AccessReviewLine

    class Params:
        held = SubFactory(AppointmentFactory)
        kept = Trait(answer="keep", answered_at=LazyFunction(timezone.now), answered_by=SubFactory(UserFactory))
        ended = Trait(
            answer="end", note="New post", answered_at=LazyFunction(timezone.now), answered_by=SubFactory(UserFactory)
        )

    review = SubFactory(AccessReviewFactory, agency=SelfAttribute("..held.seat.agency"))
    person = SelfAttribute("held.person")
    kind = "appointment"
    row = SelfAttribute("held.pk")
    what = LazyAttribute(lambda line: f"Member for {line.held.seat.agency} on {line.held.seat.body}")
