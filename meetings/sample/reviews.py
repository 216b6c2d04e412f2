"""Reviews of access, dated from the day of loading."""

import datetime as dt

from django.utils import timezone

from meetings.sample.files import local, read
from mktogether.lib.working_days import add_working_days
from partnerships.explaining.holdings import by_person
from partnerships.explaining.holdings import load as load_holdings
from partnerships.models import AccessReview, AccessReviewLine, Office
from partnerships.reviewing import actions, quarters

OF_REVIEW = ("agency", "quarters ago", "begun working days ago", "closed working days ago", "answered")
MORNING = dt.time(9, 30)


def load(folder, area, people, clerk):
    """Add the reviews of the file that are not there yet; one that is there keeps its answers."""
    for entry in read(folder, "access-reviews.yaml").only("reviews").entries("reviews"):
        agency = people.agency(entry.only(*OF_REVIEW))
        quarter = _quarter(entry.number("quarters ago"))
        of_quarter = AccessReview.objects.filter(area=area, agency=agency, year=quarter.year, quarter=quarter.number)
        if not of_quarter.exists():
            _add(area, agency, quarter, entry, clerk)


def _quarter(ago):
    quarter = quarters.of(timezone.localdate())
    for _ in range(ago):
        quarter = quarter.before
    return quarter


def _add(area, agency, quarter, entry, clerk):
    begun_on = _working_days_ago(entry.number("begun working days ago"))
    closed = entry.number("closed working days ago", None)
    signed = _goes_through(area, agency, entry)
    review = AccessReview.objects.create(
        area=area,
        agency=agency,
        year=quarter.year,
        quarter=quarter.number,
        due_on=quarters.due(begun_on),
        begun_at=_at(begun_on),
        begun_by=clerk,
        closed_at=None if closed is None else _at(_working_days_ago(closed)),
        closed_by=None if closed is None else signed,
    )
    lines = _lines(review)
    answered = lines if closed is not None else lines[: entry.number("answered", 0)]
    for line in answered:
        line.answer, line.answered_by = AccessReviewLine.Answer.KEEP, signed
        line.answered_at = review.closed_at or _at(add_working_days(begun_on, 2))
    AccessReviewLine.objects.bulk_create(lines)


def _lines(review):
    of_agency = review.area.people.filter(agency=review.agency).order_by("post", "id")
    now = timezone.now()
    held = by_person(load_holdings(of_agency.values("pk"), at=now))
    return actions.lines_of(review, [(person, held[person.pk]) for person in of_agency if person.pk in held], now)


def _goes_through(area, agency, entry):
    """The account that answers: the agency's administrator, or the information governance lead."""
    kinds = {"kind": Office.Kind.AGENCY_ADMINISTRATOR, "person__agency": agency}
    kind = kinds if agency else {"kind": Office.Kind.INFORMATION_GOVERNANCE}
    office = Office.objects.filter(area=area, person__user__isnull=False, **kind).select_related("person__user").first()
    if office is None:
        raise entry.wrong("nobody who can sign in goes through this review.", "agency")
    return office.person.user


def _working_days_ago(number):
    return add_working_days(timezone.localdate(), -number)


def _at(day):
    return local(dt.datetime.combine(day, MORNING))
