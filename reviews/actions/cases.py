"""What is done with a case: registering, changing its line, closing, reopening, taking over, reading."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import notices
from partnerships.granting.actions import take_case_leads
from partnerships.standing import standing_of
from records import history, submissions
from records.models import Area
from reviews import access
from reviews.actions import counting
from reviews.actions.checks import held, line, refuse_day, refuse_unless
from reviews.models import Case

LEADS_FOR = dt.timedelta(days=365)


@transaction.atomic
def register_case(kind, about, *, by, second, known_on=None, submission=None):
    """
    Register a case and put ``by`` and ``second``, both of the team, on it as its leads for twelve months.

    ``about`` is the one bland line. ``known_on`` is the day we knew, from which its first deadlines are counted; one
    whose day is not known yet has none. The reference is drawn here: the next number of its kind in this year, without
    gaps. Raises Refusal for anybody but the team, for a second who is oneself or not of the team, for a day ahead, and
    for a line that is empty or identifies somebody; then no number is used.
    """
    claimed = submissions.claim(submission, by=by)
    refuse_unless(access.may_register(by))
    now = timezone.now()
    person = standing_of(by).person
    case = new_case(person.area, kind, line(about), by=by, at=now)
    case.save()
    told = {"reference": (None, case.reference), "kind": (None, case.kind), "about": (None, case.about)}
    history.record("case.registered", case, by=by, changes=told)
    _put_on(case, [person, second], by=by, now=now)
    if known_on is not None:
        refuse_day(known_on, "known_on")
        counting.begin(case, known_on, by=by, now=now)
    submissions.leads_to(claimed, case.get_absolute_url())
    return case


def new_case(area, kind, about, *, by, at):
    """
    A case of ``area`` with the next reference of its ``kind`` in the year of the moment ``at``, not saved yet.

    Whoever draws a number holds the area until the transaction ends; so the next one sees the case, or, where this
    one was given up, takes its number.
    """
    area = Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    year = timezone.localtime(at).year
    drawn = Case.objects.regardless("a number is drawn whoever may see the others").filter(
        area=area, kind=kind, year=year
    )
    number = (drawn.aggregate(last=Max("number"))["last"] or 0) + 1
    reference = f"{area.code}-{year}-{Case.LETTERS[kind]}-{number:03}"
    return Case(
        area=area,
        kind=kind,
        year=year,
        number=number,
        reference=reference,
        about=about,
        registered_at=at,
        registered_by=by,
    )


@transaction.atomic
def change_line(case, about, *, by):
    """Change what the case is about. Raises Refusal for a closed case, and for a line that identifies somebody."""
    case = held(case)
    refuse_unless(access.may_change(by, case))
    changes = history.changed(case, about=line(about))
    if changes:
        case.save(update_fields=["about"])
        history.record("case.changed", case, by=by, changes=changes)
    return case


@transaction.atomic
def close_case(case, because, *, by):
    """Close the case, and say why. Those who are on it stay on it until their day. Raises Refusal without a reason."""
    case = held(case)
    refuse_unless(access.may_change(by, case))
    if not because.strip():
        raise Refusal("Enter why the case is closed.", "because")
    changes = history.changed(case, closed_at=timezone.now(), closed_by=by, closed_because=because.strip())
    case.save(update_fields=list(changes))
    history.record("case.closed", case, by=by, changes={"closed_because": changes["closed_because"]})
    return case


@transaction.atomic
def reopen_case(case, *, by):
    """Open a closed case again. Why it had been closed stays in the history."""
    case = held(case)
    refuse_unless(access.may_reopen(by, case))
    changes = history.changed(case, closed_at=None, closed_by=None, closed_because="")
    case.save(update_fields=list(changes))
    history.record("case.reopened", case, by=by, changes={"closed_because": changes["closed_because"]})
    return case


@transaction.atomic
def take_over(case, *, by, second, submission=None):
    """Put ``by`` and ``second`` on a case that nobody keeps any more. Raises Refusal where somebody does."""
    claimed = submissions.claim(submission, by=by)
    case = held(case)
    refuse_unless(access.may_take_over(by, case))
    _put_on(case, [standing_of(by).person, second], by=by, now=timezone.now())
    submissions.leads_to(claimed, case.get_absolute_url())
    return case


def note_read(case, *, by, method="GET"):
    """Write down that ``by`` was shown the case by a request of ``method``, and whether by emergency access."""
    emergency = (access.LABEL, case.pk) in standing_of(by).emergencies
    history.read(case, by=by, verb="case.read", method=method, details={"emergency": True} if emergency else None)


def _put_on(case, people, *, by, now):
    grants = take_case_leads(case, people, by=by, until=now + LEADS_FOR)
    notices.tell([people[1]], grants[1], "You were named as the second for something that needs two.", key="taken")
