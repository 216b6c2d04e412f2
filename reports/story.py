"""What the history tells of yearly reports, to those who follow how they are made."""

from django.db.models import Q

from partnerships.story import kinds
from reports.models import PrivateNote, Report, Section


def register():
    """Make the kinds of thing of this app known to the history."""
    kinds.register(
        kinds.Kind(
            model=Report,
            noun="report",
            visible=Report.objects.in_making,
            title=lambda report: report.title,
            address=lambda report: f"{report.get_absolute_url()}making/",
            parts=_of_sections,
            key="report",
        ),
        kinds.Kind(
            model=Section,
            noun="section",
            visible=Section.objects.in_making,
            title=lambda section: f"the section “{section.title}”",
            address=lambda section: section.get_absolute_url(),
            key="section",
        ),
        kinds.Kind(
            model=PrivateNote,
            noun="private note",
            visible=PrivateNote.objects.visible_to,
            title=lambda note: "a private note",
            secret=_not_own,
        ),
    )


def _of_sections(user, report):
    """What happened to the sections of ``report`` whose making ``user`` follows."""
    sections = Section.objects.in_making(user).filter(report=report)
    label = Section._meta.label
    return Q(target=label, target_id__in=sections.values("pk"))


def _not_own(user, field):
    """Nobody learns of somebody else's notes, not even that there are any."""
    return ~Q(**{f"{field}__in": PrivateNote.objects.visible_to(user).values("pk")})
