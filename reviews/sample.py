"""The cases of the sample: references of its year, and people who are on them from the day of loading."""

import datetime as dt

from django.utils import timezone

from meetings.sample.files import read
from partnerships.models import Grant
from partnerships.models.grounds import Ground
from partnerships.standing import takes_part
from reviews import sample_referrals, sample_time
from reviews.actions import LEADS_FOR
from reviews.models import Case

PANEL_FOR = dt.timedelta(days=180)
OF_CASE = (
    *("kind", "number", "registered", "about", "leads", "panel", "approved by", "closed"),
    *("dates", "missed", "holds", "decision"),
)


def load(folder, area, people):
    """Enter the cases that are not there yet, with their leads and their panel. One that is there stays as it is."""
    now = timezone.now()
    file = read(folder, "cases.yaml").only("cases", "referrals")
    sample_referrals.load(file, area, people)
    for entry in file.entries("cases"):
        case, leads = _case(entry.only(*OF_CASE), area, people)
        if Case.objects.filter(reference=case.reference).exists():
            continue
        case.save()
        approver = people.of(entry.entry("approved by").only("agency", "post"))
        members = [(people.of(member), member.text("because")) for member in _panel(entry)]
        Grant.objects.bulk_create(
            [
                *(_grant(case, Grant.Kind.CASE_LEAD, lead, leads[0], None, "Keeps the case.", now) for lead in leads),
                *(
                    _grant(case, Grant.Kind.PANEL_MEMBER, member, leads[0], approver, because, now)
                    for member, because in members
                ),
            ]
        )
        sample_time.load(entry, case, {place: people.of(member) for place, member in _places(entry)})


def _case(entry, area, people):
    """The case of an entry, not saved, and its leads; the first of these registered it."""
    leads = [people.at(None, post, entry, "leads") for post in entry.texts("leads")]
    if len(leads) < 2 or any(lead.user is None for lead in leads):
        raise entry.wrong("two of the team who can sign in keep a case.", "leads")
    kind = entry.choice("kind", Case.Kind.values)
    registered_at = entry.moment("registered")
    year, number = timezone.localtime(registered_at).year, entry.number("number")
    closed = entry.entry("closed", entry.without_values()).only("on", "because")
    case = Case(
        area=area,
        kind=kind,
        year=year,
        number=number,
        reference=f"{area.code}-{year}-{Case.LETTERS[kind]}-{number:03}",
        about=entry.text("about"),
        registered_at=registered_at,
        registered_by=leads[0].user,
        closed_at=closed.moment("on", None),
        closed_by=leads[0].user if "on" in closed else None,
        closed_because=closed.text("because", ""),
    )
    return case, leads


def _panel(entry):
    return [member.only("place", "agency", "post", "because") for member in entry.entries("panel")]


def _places(entry):
    return [(member.text("place"), member) for member in _panel(entry) if "place" in member]


def _grant(case, kind, person, proposer, approver, reason, now):
    lead = kind == Grant.Kind.CASE_LEAD
    ends_at = now + (LEADS_FOR if lead else PANEL_FOR)
    part = Ground.PART if takes_part(person, now) else Ground.ITSELF
    return Grant(
        area=case.area,
        kind=kind,
        person=person,
        subject=case._meta.label,
        subject_id=case.pk,
        reason=reason,
        rests_on=Ground.TEAM if lead else part,
        starts_at=now,
        ends_at=ends_at,
        wanted_from=now,
        wanted_until=ends_at,
        proposed_at=now,
        proposed_by=proposer,
        second=approver,
        approved_at=now if approver else None,
        approved_by=approver,
        review_on=timezone.localdate(now + dt.timedelta(days=90)),
    )
