"""The yearly audit: begun and ended by the scrutineer; it reaches every case whose rapid review is of its year."""

from django.db import transaction
from django.utils import timezone

from meetings import years
from mktogether.lib.verdict import Refusal
from partnerships.granting import notices
from partnerships.granting.actions import audit as let_read
from partnerships.granting.actions import end_audited
from partnerships.models import Grant, Person
from partnerships.standing import standing_of
from records import history, submissions
from reviews import access, kinds
from reviews.actions.checks import line, refuse_unless
from reviews.models import Audit, AuditedCase, Case, CaseDate
from reviews.rules.auditing import longest

FOUND = "the audit follows from the days of events, whoever enters them"
OUT_OF_YEAR = "Its rapid review is not of the audited year."
ENDED = "The audit was ended."
BEGUN = "A yearly audit reads cases that you keep."


@transaction.atomic
def begin_audit(year, reason, *, by, until, submission=None):
    """
    Begin the audit of the rapid reviews that were decided in ``year`` (2024: April 2024 to March 2025).

    It lets the scrutineer read each of those cases until ``until``, also one whose rapid review is decided or entered
    meanwhile. Those who keep the cases are told; nobody is asked. Raises Refusal for anybody but the scrutineer, for a
    year that has not begun or whose audit is open, for an end that is over or too far off, and without a reason.
    """
    claimed = submissions.claim(submission, by=by)
    refuse_unless(access.may_audit(by))
    now, person = timezone.now(), standing_of(by).person
    because = line(reason, "reason", "Enter what the audit is for.")
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)  # of two at once the second finds the first
    _refuse_year(person, year, now)
    _refuse_end(until, now)
    audit = Audit.objects.create(
        area_id=person.area_id,
        person=person,
        year=year,
        reason=because,
        begun_at=now,
        wanted_until=until,
        ends_at=until,
    )
    history.record("audit.begun", audit, by=by, changes={"year": (None, year), "until": (None, until)})
    found = [_reach(audit, case, by=by, now=now) for case in _cases_of(audit)]
    _tell(audit, found, key="begun")
    submissions.leads_to(claimed, audit.get_absolute_url())
    return audit


@transaction.atomic
def end_audit(audit, *, by):
    """End one's own audit before its day; with it goes what it lets one read."""
    now = timezone.now()
    audit = Audit.objects.visible_to(by).select_for_update(of=("self",)).get(pk=audit.pk)
    if not audit.is_open(now):
        raise Refusal("This audit is over.")
    history.record("audit.ended", audit, by=by, changes=history.changed(audit, ends_at=now))
    audit.save(update_fields=["ends_at"])
    for row in AuditedCase.objects.regardless(FOUND).filter(audit=audit).select_related("grant"):
        end_audited(row.grant, ENDED, by=by, now=now)
    return audit


def note_audit_read(audit, *, by, method):
    """Write down that ``by`` was shown the list of the cases that the audit reaches."""
    history.read(audit, by=by, verb="audit.read", method=method)


def align(case, dates):
    """Have each open audit reach ``case`` or let go of it, by the day of its rapid review among ``dates``."""
    now = timezone.now()
    day = dates.get(kinds.of(case).rapid_review)
    for audit in Audit.objects.regardless(FOUND).open(now).filter(area=case.area_id).select_related("person__user"):
        first, last = years.days(audit.year)
        row = _reached(audit, now).filter(case=case).select_related("grant").first()
        is_of_year = day is not None and first <= day <= last
        if is_of_year and row is None and access.may_audit(audit.person.user):
            _tell(audit, [_reach(audit, case, by=None, now=now)], key=f"case{case.pk}")
        if row is not None and not is_of_year:
            end_audited(row.grant, OUT_OF_YEAR, by=None, now=now)


def _reached(audit, now):
    return AuditedCase.objects.regardless(FOUND).filter(audit=audit, grant__ends_at__gt=now)


def _refuse_year(person, year, now):
    if year > years.year_of(now):
        raise Refusal("That year has not begun. Choose an earlier one.", "year")
    if Audit.objects.regardless(FOUND).open(now).filter(person=person, year=year).exists():
        raise Refusal("Your audit of that year is open already.", "year")


def _refuse_end(until, now):
    if until <= now:
        raise Refusal("It would end before it begins. Enter a day that lies ahead.", "until")
    if until > longest(now):
        raise Refusal("An audit lasts for six months at most. Enter an earlier day.", "until")


def _cases_of(audit):
    """Every case of the area whose rapid review is of the audited year; exclusions are looked at when it is read."""
    events = {kind.key: kind.rapid_review for kind in kinds.every().values() if kind.rapid_review}
    rows = CaseDate.objects.regardless(FOUND).filter(case__area=audit.area_id, on__range=years.days(audit.year))
    pairs = rows.filter(event__in=set(events.values())).values_list("case_id", "case__kind", "event")
    found = [pk for pk, kind, event in pairs if events.get(kind) == event]
    return list(Case.objects.regardless(FOUND).filter(pk__in=found).order_by("registered_at", "pk"))


def _reach(audit, case, *, by, now):
    grant = let_read(case, audit.person, by=by, reason=audit.reason, now=now, until=audit.ends_at)
    AuditedCase.objects.create(audit=audit, case=case, grant=grant)
    return case


def _tell(audit, cases, *, key):
    leads = Grant.objects.regardless("those who keep the cases are told").in_force(timezone.now())
    leads = leads.filter(
        kind=Grant.Kind.CASE_LEAD, subject=Case._meta.label, subject_id__in=[case.pk for case in cases]
    )
    people = list(Person.objects.filter(pk__in=leads.values("person")).exclude(pk=audit.person_id))
    notices.tell(people, audit, BEGUN, key=key, href="/cases/")
