"""People and what they hold: places, deputising, chairs and specified roles."""

from factory import RelatedFactory, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from partnerships import models as partnerships
from tests.factories.boards import AgencyFactory, BodyFactory, SeatFactory
from tests.factories.common import LONG_AGO
from tests.factories.records import AreaFactory, UserFactory


class PersonFactory(DjangoModelFactory):
    """Somebody by their post; ``with_account`` lets them sign in with ``PASSWORD``."""

    class Meta:
        model = partnerships.Person

    class Params:
        with_account = Trait(user=SubFactory(UserFactory))
        independent = Trait(agency=None)

    area = SubFactory(AreaFactory)
    agency = SubFactory(AgencyFactory, area=SelfAttribute("..area"))
    post = Sequence(lambda n: f"Senior manager {n}")


class AppointmentFactory(DjangoModelFactory):
    """The member for a place, from the place's agency."""

    class Meta:
        model = partnerships.Appointment

    class Params:
        with_account = Trait(person__with_account=True)

    seat = SubFactory(SeatFactory)
    person = SubFactory(PersonFactory, area=SelfAttribute("..seat.body.area"), agency=SelfAttribute("..seat.agency"))
    starts_at = LONG_AGO


class NamedDeputyFactory(DjangoModelFactory):
    """A named deputy for a place, from the place's agency."""

    class Meta:
        model = partnerships.NamedDeputy

    class Params:
        with_account = Trait(person__with_account=True)

    seat = SubFactory(SeatFactory)
    person = SubFactory(PersonFactory, area=SelfAttribute("..seat.body.area"), agency=SelfAttribute("..seat.agency"))
    starts_at = LONG_AGO


class ChairingFactory(DjangoModelFactory):
    class Meta:
        model = partnerships.Chairing

    class Params:
        with_account = Trait(person__with_account=True)
        vice = Trait(part="vice-chair")

    body = SubFactory(BodyFactory)
    person = SubFactory(PersonFactory, area=SelfAttribute("..body.area"))
    part = "chair"
    starts_at = LONG_AGO


class OfficeFactory(DjangoModelFactory):
    """A specified role; one of the team unless a trait or ``kind`` says otherwise. Its holder can sign in."""

    class Meta:
        model = partnerships.Office

    class Params:
        scrutineer = Trait(kind="scrutineer", person=SubFactory(PersonFactory, with_account=True, agency=None))
        lead_partner = Trait(kind="lead partner")
        delegated_partner = Trait(kind="delegated partner")
        agency_administrator = Trait(kind="agency administrator")
        finance_editor = Trait(kind="finance editor")
        information_governance = Trait(kind="information governance")
        system_administrator = Trait(kind="system administrator")

    person = SubFactory(PersonFactory, with_account=True)
    area = SelfAttribute("person.area")
    kind = "team"
    starts_at = LONG_AGO


class TeamMemberFactory(PersonFactory):
    """Somebody of the team, who can sign in."""

    class Meta:
        skip_postgeneration_save = True

    user = SubFactory(UserFactory)
    office = RelatedFactory(OfficeFactory, factory_related_name="person")
