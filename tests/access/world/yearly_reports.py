"""The yearly reports of the small partnership in which every address is walked."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from reports import building, pictures
from reports.assembling import content_of, fingerprint
from tests import factories as make
from tests.access.world.addresses import Case, day, of
from tests.access.world.readers import DRAFT, DRAFT_MONEY, NOTE, SAID
from tests.factories import reports


def add_to(world):
    """A draft, one that waits for approval, and a published one, each with its section."""
    scrutineer = world.people["scrutineer"]
    world.draft_report = reports.ReportFactory(board=world.partnership)
    world.draft_section = section_of(world.draft_report, title=DRAFT, number=2, text=f"It is {DRAFT} still.")
    reports.VersionFactory(section=world.draft_section, number=1, text=f"It was {DRAFT}.", by=world.clerk)
    reports.VersionFactory(section=world.draft_section, number=2, by=world.clerk)
    about_money = f"{DRAFT_MONEY}: {{contributions total}}."
    world.money_section = section_of(world.draft_report, title=DRAFT_MONEY, kind="contributions", text=about_money)
    world.draft_comment = reports.CommentFactory(section=world.draft_section, text=SAID, by=scrutineer)
    world.private_note = reports.PrivateNoteFactory(section=world.draft_section, text=NOTE, by=scrutineer)
    world.draft_picture = picture_of(world.draft_report)
    world.proposed_report = reports.ReportFactory(board=world.partnership, proposed=True, proposed_by=world.clerk)
    world.proposed_section = section_of(world.proposed_report)
    world.ready_report = reports.ReportFactory(board=world.partnership)
    section_of(world.ready_report)
    published = reports.ReportFactory(board=world.partnership)
    world.published_section, world.published_picture = section_of(published), picture_of(published)
    world.published_report = to_the_public(published, world.people["lead partner"])
    for report in (world.ready_report, world.proposed_report):
        inputs = fingerprint(content_of(report))
        built = make.JobFactory(kind=building.KIND, target_id=report.pk, inputs=inputs, done=True)
        built.result.kind, built.result.target_id = building.KIND, report.pk
        built.result.save()
    world.built_file = built.result
    world.build = make.JobFactory(kind=building.KIND, target_id=world.proposed_report.pk, asked_by=world.clerk)


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
    return {"kind": "challenge", "text": "Why?", "paragraph": "", "number": 1}


def a_note(world):
    return {"text": "Ask.", "paragraph": "", "number": 1}


def approval(world):
    return {"seen": fingerprint(content_of(world.proposed_report)), "read_it": "on"}


def version_of(name, number):
    return lambda world: {"public_id": getattr(world, name).public_id, "number": number}


def named_figure(name):
    return lambda world: {"slug": getattr(world, name).slug, "name": "contributions-total"}


def on_draft_and_published(route, send=lambda world: {}):
    """The route of the draft and of the published report."""
    return [
        Case(route, "a draft", of("draft_report", "slug"), send),
        Case(route, "a published report", of("published_report", "slug"), send),
    ]


CASES = [
    Case("file", "a built draft", of("built_file")),
    Case("work", "a build of a draft", of("build")),
    Case("cancel_work", "confidential minutes", of("job")),
    Case("cancel_work", "a build of a draft", of("build")),
    Case("reports:list"),
    Case("reports:picture", "of a draft", of("draft_picture")),
    Case("reports:picture", "of a published report", of("published_picture")),
    Case("reports:remove_picture", "of a draft", of("draft_picture")),
    Case("reports:remove_picture", "of a published report", of("published_picture")),
    Case("reports:section", "of a draft", of("draft_section")),
    Case("reports:section", "about money", of("money_section")),
    Case("reports:section", "of a published report", of("published_section")),
    Case("reports:changes", "of a draft", of("draft_section")),
    Case("reports:read", "of a draft", of("draft_section")),
    Case("reports:comment", "of a draft", of("draft_section"), a_challenge),
    Case("reports:comment", "about money", of("money_section"), a_challenge),
    Case("reports:keep_note", "of a draft", of("draft_section"), a_note),
    Case("reports:keep_note", "about money", of("money_section"), a_note),
    Case("reports:edit", "of a draft", of("draft_section"), lambda world: {"text": "Better.", "seen": 2}),
    Case("reports:edit", "waiting for approval", of("proposed_section"), lambda world: {"text": "Better.", "seen": 1}),
    Case("reports:edit", "of a published report", of("published_section"), lambda world: {"text": "So.", "seen": 1}),
    Case("reports:versions", "of a draft", of("draft_section")),
    Case("reports:version", "of a draft", version_of("draft_section", 1)),
    Case("reports:bring_back", "of a draft", version_of("draft_section", 1)),
    Case("reports:remove_note", "of the scrutineer", of("private_note")),
    Case("reports:answer", "a challenge", of("draft_comment"), lambda world: {"outcome": "kept", "text": "Because."}),
    *on_draft_and_published("reports:pdf"),
    *on_draft_and_published("reports:making"),
    *on_draft_and_published("reports:ask_for_texts", send=lambda world: day("texts_by")),
    *on_draft_and_published("reports:build"),
    *on_draft_and_published("reports:comments"),
    *on_draft_and_published("reports:pictures", send=a_picture),
    *on_draft_and_published("reports:figures"),
    Case("reports:figure", "of a draft", named_figure("draft_report")),
    Case("reports:figure", "of a published report", named_figure("published_report")),
    *on_draft_and_published("reports:report"),
    Case("reports:propose", "a draft", of("draft_report", "slug")),
    Case("reports:propose", "ready to be proposed", of("ready_report", "slug")),
    Case("reports:propose", "waiting for approval", of("proposed_report", "slug")),
    Case("reports:approve", "a draft", of("draft_report", "slug")),
    Case("reports:approve", "waiting for approval", of("proposed_report", "slug"), approval),
    Case("reports:withdraw", "waiting for approval", of("proposed_report", "slug")),
    *(
        Case(f"reports:{act}", "a published report", of("published_report", "slug"))
        for act in ("propose", "approve", "withdraw")
    ),
    Case(
        "reports:comment",
        "of a published report",
        of("published_section"),
        lambda world: {"kind": "challenge", "text": "So."},
    ),
]
