"""What a grant rests on: a place or a specified role, with which it ends, whatever its own end says."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from partnerships.models.dated import in_force
from partnerships.models.people import Appointment, Chairing, NamedDeputy, Office


class Ground(models.TextChoices):
    """A guest's grant rests on itself alone; that of somebody who takes part ends with the last part they have."""

    ITSELF = "", "nothing else"
    TEAM = "team", "being in the support team"
    SCRUTINY = "scrutiny", "being the independent scrutineer"
    PART = "part", "having a place or a specified role"


# The specified role that a grant ends with, where it rests on one.
OFFICE_OF = {Ground.TEAM: Office.Kind.TEAM, Ground.SCRUTINY: Office.Kind.SCRUTINEER}


def grounded(at):
    """
    The condition of grants whose ground holds at ``at``.

    One condition for everybody's standing and for the lists of who is let in, so that these cannot disagree.
    """
    of_whom = {"person": OuterRef("person")}
    offices = Office.objects.filter(in_force(at), **of_whom).exclude(kind__in=Office.OPENS_NOTHING)
    part = (
        Exists(offices)
        | Exists(Appointment.objects.filter(in_force(at), in_force(at, "seat__"), **of_whom))
        | Exists(NamedDeputy.objects.filter(in_force(at), in_force(at, "seat__"), **of_whom))
        | Exists(Chairing.objects.filter(in_force(at), **of_whom))
    )
    holds = Q(rests_on=Ground.ITSELF) | (Q(rests_on=Ground.PART) & Q(part))
    for ground, kind in OFFICE_OF.items():
        holds |= Q(rests_on=ground) & Q(Exists(offices.filter(kind=kind)))
    return holds
