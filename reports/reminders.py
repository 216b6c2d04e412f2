"""
Reminders of the texts that a yearly report still wants, to the post that owes one or the team that asks; and of reports
that wait for approval, to whoever may approve them.
"""

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, weekday
from partnerships import roles
from partnerships.models import Body, Chairing, Office, Person
from partnerships.models.dated import in_force
from partnerships.roles import Act
from partnerships.standing import OFFICES
from records.reminders import kinds
from records.reminders.kinds import Kind, Thing
from records.reminders.timing import Timing, after, news
from reports.models import Report, Section

FOR_ITS_PEOPLE = "each reminder goes to those alone whom its kind names"


def register():
    """Make the kinds known."""
    kinds.register("report.section", WANTED)
    kinds.register("report.proposed", PROPOSED)
    kinds.register("report.still_waits", STILL_WAITS)


def owed(now):
    """
    Texts that a draft still wants, one row for each person to remind.

    That is whoever has the post that answers for the section, where they write reports; else each of the team, who ask
    for the text.
    """
    wanted = Section.objects.regardless(FOR_ITS_PEOPLE).filter(
        kind=Section.Kind.TEXT, text="", report__state=Report.State.DRAFT, report__texts_by__isnull=False
    )
    return wanted.annotate(area=F("report__area"), whom=F("report__area__people")).filter(
        Q(whom__in=_owners(now)) | (Q(whom__in=_team(now)) & ~Exists(_owners(now)))
    )


def _team(now):
    offices = Office.objects.filter(in_force(now), kind=Office.Kind.TEAM, person=OuterRef("pk"))
    return Person.objects.filter(Exists(offices)).values("pk")


def _chairs(now):
    """Who chairs a partnership; a person's own, by the outer ``pk``."""
    return Chairing.objects.filter(
        in_force(now), part=Chairing.Part.CHAIR, body__kind=Body.Kind.STATUTORY, person=OuterRef("pk")
    )


def _owners(now):
    """People with the post of the section who write reports: the team, and the chairs of partnerships."""
    offices = Office.objects.filter(in_force(now), kind=Office.Kind.TEAM, person=OuterRef("pk"))
    writers = Person.objects.filter(Exists(_chairs(now)) | Exists(offices))
    return writers.filter(area=OuterRef("report__area"), post=OuterRef("owner")).values("pk")


def in_words(ids, now):
    """Sections by id, as mail may say them."""
    found = Section.objects.regardless(FOR_ITS_PEOPLE).filter(pk__in=ids).select_related("report")
    return {
        section.pk: Thing(
            reference=f"{section.report.title}: {section.title}",
            on=f"Wanted by {weekday(section.report.texts_by)}" if section.report.texts_by else "",
            href=section.get_absolute_url(),
        )
        for section in found
    }


WANTED = Kind(
    title="Texts of the annual report that are wanted",
    says="A text of a report is wanted.",
    timing=Timing((-10, -3, 0, 1, 6, 11, 16)),
    model=Section._meta.label,
    rows=owed,
    about="report__texts_by",
    recipient="whom",
    area="area",
    things=in_words,
)


# --- Reports that wait for approval -----------------------------------------------------------------------------------


def waiting(now):
    """Reports that wait for approval, one row for each person who may approve; as ``access.may_approve`` has it."""
    found = Report.objects.regardless(FOR_ITS_PEOPLE).filter(state=Report.State.PROPOSED)
    return found.annotate(whom=F("area__people")).filter(whom__in=_approvers(now))


def _approvers(now):
    """Of the report's area, whoever holds a role that approves and can sign in, but for the one who proposed it."""
    approving = [kind for kind, role in OFFICES.items() if Act.PUBLISH_REPORTS in role.may]
    offices = Office.objects.filter(in_force(now), kind__in=approving, person=OuterRef("pk"))
    holds = Exists(offices)
    if Act.PUBLISH_REPORTS in roles.PARTNERSHIP_CHAIR.may:
        holds |= Exists(_chairs(now))
    people = Person.objects.filter(holds, area=OuterRef("area"), user__is_active=True)
    return people.exclude(user=OuterRef("proposed_by")).values("pk")


def proposals_in_words(ids, now):
    """Reports by id, as mail may say them."""
    return {
        report.pk: Thing(
            reference=report.title,
            on=_proposed_on(report.proposed_at) if report.proposed_at else "",
            href=f"{report.get_absolute_url()}making/",
        )
        for report in Report.objects.regardless(FOR_ITS_PEOPLE).filter(pk__in=ids)
    }


def _proposed_on(at):
    at = timezone.localtime(at)
    return f"Proposed on {weekday(at)}, {clock(at)}"


OF_PROPOSAL = {
    "model": Report._meta.label,
    "rows": waiting,
    "about": "proposed_at",
    "is_moment": True,
    "recipient": "whom",
    "area": "area",
    "things": proposals_in_words,
}
PROPOSED = Kind(
    title="Annual reports that come to you for approval",
    says="An annual report waits for your approval.",
    timing=news(),
    alone=True,  # at once also where the day's mail has gone: somebody waits for them
    **OF_PROPOSAL,
)
STILL_WAITS = Kind(
    title="Annual reports that still wait for your approval",
    says="An annual report still waits for your approval.",
    timing=after(3, every=5, times=3),
    **OF_PROPOSAL,
)
