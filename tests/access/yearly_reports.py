"""The yearly reports of the small partnership in which every address is walked."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from reports import joining, pictures
from tests import factories as make
from tests import report_factories as reports

# Strings of a draft: a section and what is said of it, a part about money, and a note of the scrutineer's own.
DRAFT, SAID, DRAFT_MONEY, NOTE = "canary-draft", "canary-said", "canary-part-about-money", "canary-private-note"


def add_to(world):
    """A draft, one that waits for approval, and a published one, each with its section."""
    scrutineer = world.people["scrutineer"]
    world.draft = reports.ReportFactory(board=world.partnership)
    world.section = section_of(world.draft, title=DRAFT, number=2, text=f"It is {DRAFT} still.")
    reports.VersionFactory(section=world.section, number=1, text=f"It was {DRAFT}.", by=world.clerk)
    reports.VersionFactory(section=world.section, number=2, by=world.clerk)
    world.money_section = section_of(world.draft, title=DRAFT_MONEY, kind="contributions", text=f"{DRAFT_MONEY}.")
    world.comment = reports.CommentFactory(section=world.section, text=SAID, by=scrutineer)
    world.note = reports.PrivateNoteFactory(section=world.section, text=NOTE, by=scrutineer)
    world.picture = picture_of(world.draft)
    world.proposed = reports.ReportFactory(board=world.partnership, proposed=True, proposed_by=world.clerk)
    world.proposed_section = section_of(world.proposed)
    figure = {"words": "£258,792", "label": "What partners contributed", "source": "Contributions", "href": "/money/"}
    published = reports.ReportFactory(board=world.partnership)
    world.published_section, world.published_picture = section_of(published), picture_of(published)
    world.published = to_the_public(published, figure, world.people["lead partner"])
    for report in (world.draft, world.proposed):
        inputs = joining.fingerprint(joining.content_of(report))
        make.JobFactory(kind=joining.JOB, target_id=report.pk, inputs=inputs, done=True)


def section_of(report, **more):
    return reports.SectionFactory(report=report, **more)


def picture_of(report):
    return reports.ImageFactory(report=report, file__kind=pictures.KIND, file__target_id=report.pk)


def to_the_public(report, figure, by):
    """``report`` as it is once two people published it, with one figure."""
    report.state = "published"
    report.proposed_at = report.published_at = timezone.now()
    report.proposed_by, report.published_by = make.UserFactory(), by
    report.content = {"title": report.title, "sections": [], "figures": {"contributions total": figure}}
    report.file = make.StoredFileFactory(kind=joining.JOB, target_id=report.pk)
    report.save()
    return report


def a_picture(world):
    small = io.BytesIO()
    Image.new("RGB", (4, 3)).save(small, "PNG")
    return {"file": SimpleUploadedFile("a.png", small.getvalue()), "words": "A bench by the river"}


def approval(world):
    return {"seen": joining.fingerprint(joining.content_of(world.proposed)), "read_it": "on"}
