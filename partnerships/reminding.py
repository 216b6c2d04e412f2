"""What the sender of reminders is told of people: who they are, whether they still take part, and where mail goes."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnerships.models import Appointment, Chairing, Grant, NamedDeputy, Office, Person
from partnerships.models.dated import in_force
from partnerships.models.grounds import grounded
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.reminders.kinds import Contact, directory

TO_REACH = "what somebody holds decides whether they are reminded"


def register():
    """Tell the sender of reminders whom it may ask."""
    directory.model = Person._meta.label
    directory.contacts = contacts
    directory.sees = sees


def contacts(ids, now):
    """The people ``ids`` as the sender knows them, by id; one query. An account that is switched off has no address."""
    at = now or timezone.now()
    rows = Person.objects.filter(pk__in=ids).annotate(takes_part=_takes_part(at))
    found = rows.values_list("pk", "post", "area_id", "user__email", "user__is_active", "takes_part")
    return {
        pk: Contact(post, area_id, email if is_active else "", takes_part)
        for pk, post, area_id, email, is_active, takes_part in found
    }


def _takes_part(at):
    """Whether somebody holds anything at ``at``."""
    of_person = {"person": OuterRef("pk")}
    return (
        Exists(Appointment.objects.filter(in_force(at), in_force(at, "seat__"), **of_person))
        | Exists(NamedDeputy.objects.filter(in_force(at), in_force(at, "seat__"), **of_person))
        | Exists(Chairing.objects.filter(in_force(at), **of_person))
        | Exists(Office.objects.filter(in_force(at), **of_person))
        | Exists(Grant.objects.regardless(TO_REACH).filter(in_force(at), grounded(at), **of_person))
    )


def sees(user):
    """The team looks after the mail of its area."""
    standing = standing_of(user)
    return Q(area__in=standing.area_ids) if standing.reach(Act.LOOK_AFTER_MAIL).area else Q(pk__in=[])
