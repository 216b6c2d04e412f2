"""The yearly reports of the small partnership in which every address is walked."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from reports import building, pictures
from reports.assembling import content_of, fingerprint
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
    about_money = f"{DRAFT_MONEY}: {{contributions total}}."
    world.money_section = section_of(world.draft, title=DRAFT_MONEY, kind="contributions", text=about_money)
    world.comment = reports.CommentFactory(section=world.section, text=SAID, by=scrutineer)
    world.note = reports.PrivateNoteFactory(section=world.section, text=NOTE, by=scrutineer)
    world.picture = picture_of(world.draft)
    world.proposed = reports.ReportFactory(board=world.partnership, proposed=True, proposed_by=world.clerk)
    world.proposed_section = section_of(world.proposed)
    world.ready = reports.ReportFactory(board=world.partnership)
    section_of(world.ready)
    published = reports.ReportFactory(board=world.partnership)
    world.published_section, world.published_picture = section_of(published), picture_of(published)
    world.published = to_the_public(published, world.people["lead partner"])
    for report in (world.ready, world.proposed):
        inputs = fingerprint(content_of(report))
        built = make.JobFactory(kind=building.KIND, target_id=report.pk, inputs=inputs, done=True)
    built.result.kind, built.result.target_id = building.KIND, report.pk
    built.result.save()
    world.built_file = built.result
    world.build = make.JobFactory(kind=building.KIND, target_id=world.proposed.pk, asked_by=world.clerk)


def section_of(report, **more):
    return reports.SectionFactory(report=report, **more)


def picture_of(report):
    return reports.ImageFactory(report=report, file__kind=pictures.KIND, file__target_id=report.pk)


def to_the_public(report, by):
    """``report`` as it is once two people published it."""
    report.content = content_of(report)
    report.state = "published"
    report.proposed_at = report.published_at = timezone.now()
    report.proposed_by, report.published_by = make.UserFactory(), by
    report.file = make.StoredFileFactory(kind=building.KIND, target_id=report.pk)
    report.save()
    return report


def a_picture(world):
    small = io.BytesIO()
    Image.new("RGB", (4, 3)).save(small, "PNG")
    return {"file": SimpleUploadedFile("a.png", small.getvalue()), "words": "A bench by the river"}


def a_challenge(world):
    return {"kind": "challenge", "text": "Why?"}


def approval(world):
    return {"seen": fingerprint(content_of(world.proposed)), "read_it": "on"}
