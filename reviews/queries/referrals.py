"""Referrals, and what they are like."""

import datetime as dt

from django.db.models import BigIntegerField

from mktogether.lib.prepared import Prepared
from partnerships.models import Agency
from partnerships.standing import standing_of
from reviews import kinds
from reviews.models import CaseDate, Referral
from reviews.rules.likeness import Incident

OF_REFERRAL = (
    *("public_id", "number", "kind", "happened", "known_on", "referred_at", "decided_at", "closed_because"),
    *("person__post", "case__reference", "case__public_id"),
)
OF_COMPARED = ("kind", "known_on", "happened", "number", "public_id")
A_YEAR = dt.timedelta(days=365)
MOST_COMPARED = 500


WAITING = Prepared(
    lambda area: (
        Referral.objects.regardless("whether there are any; nobody is shown one by it")
        .filter(area=area, decided_at__isnull=True)
        .order_by()
        .values_list("id")[:1]
    ),
    area=BigIntegerField(),
)


def waiting_near(user, known_on):
    """Referrals that ``user`` sees and that wait, known within a year of ``known_on``; two queries, or one for none."""
    if not WAITING(area=standing_of(user).person.area_id):
        return []
    near = (known_on - A_YEAR, known_on + A_YEAR)
    rows = Referral.objects.visible_to(user).waiting().filter(known_on__range=near)
    return [
        (Incident(kind, on, words), f"Referral {number}", f"/cases/referrals/{public_id}/")
        for kind, on, words, number, public_id in rows.values_list(*OF_COMPARED)[:MOST_COMPARED]
    ]


def referral_rows(referrals):
    """``referrals`` as light rows for a list: named values."""
    return referrals.values_list(*OF_REFERRAL, named=True)


def agencies_of_area(area_id):
    """The organisations of an area by name, for a form; but for those that another has come after."""
    return Agency.objects.filter(area=area_id, succeeded_by=None).order_by("name")


def compared_with(user, known_on, *, but=None):
    """
    What could be about the same as an incident that was known on ``known_on``: referrals and cases that ``user`` sees.

    Those known within a year before or after, the nearest in number bounded; ``but`` is the referral itself. Each as
    (what is compared, title, address); two queries.
    """
    near = (known_on - A_YEAR, known_on + A_YEAR)
    referrals = Referral.objects.visible_to(user).filter(known_on__range=near, case__isnull=True)
    if but is not None:
        referrals = referrals.exclude(pk=but.pk)
    of_referrals = referrals.values_list(*OF_COMPARED)[:MOST_COMPARED]
    begins = {kind.begins for kind in kinds.every().values()}
    dates = CaseDate.objects.visible_to(user).filter(event__in=begins, on__range=near).order_by("-on")
    names = ("case__kind", "on", "case__about", "case__reference", "case__public_id", "event")
    of_cases = dates.values_list(*names)[:MOST_COMPARED]
    return [
        *(
            (Incident(kind, on, words), f"Referral {number}", f"/cases/referrals/{public_id}/")
            for kind, on, words, number, public_id in of_referrals
        ),
        *(
            (Incident(kind, on, words), reference, f"/cases/{public_id}/")
            for kind, on, words, reference, public_id, event in of_cases
            if kinds.every()[kind].begins == event
        ),
    ]
