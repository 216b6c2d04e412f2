"""Reminders of the texts that a yearly report still wants: to the post that owes one, or to the team that asks."""

from django.db.models import Exists, F, OuterRef, Q

from mktogether.lib.templatetags.wording import weekday
from partnerships.models import Body, Chairing, Office, Person
from partnerships.models.dated import in_force
from records.reminders import kinds
from records.reminders.kinds import Kind, Thing
from records.reminders.timing import Timing
from reports.models import Report, Section

FOR_ITS_PEOPLE = "each reminder goes to those alone whom its kind names"


def register():
    """Make the kind known."""
    kinds.register("report.section", WANTED)


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


def _owners(now):
    """People with the post of the section who write reports: the team, and the chairs of partnerships."""
    chairs = Chairing.objects.filter(
        in_force(now), part=Chairing.Part.CHAIR, body__kind=Body.Kind.STATUTORY, person=OuterRef("pk")
    )
    offices = Office.objects.filter(in_force(now), kind=Office.Kind.TEAM, person=OuterRef("pk"))
    writers = Person.objects.filter(Exists(chairs) | Exists(offices))
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
