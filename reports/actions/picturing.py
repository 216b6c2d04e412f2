"""Pictures of a report: put in, and taken out while no text shows them."""

from django.db import transaction

from mktogether.lib.verdict import Refusal
from records import files, history, submissions
from reports import access, pictures, writing
from reports.actions.holding import held, refuse_unless
from reports.models import Image, Section

MOST = 60  # pictures in one report


@transaction.atomic
def add_picture(report, small, words, *, by, submission=None):
    """
    Put a picture, made small before, into ``report``, with ``words`` for those who do not see it.

    Raises Refusal for whoever may not write, where the words are missing, and for more pictures than a report has.
    """
    claimed = submissions.claim(submission, by=by)
    report = held(report)
    refuse_unless(access.may_write(by, report))
    said = " ".join(words.split())
    if not said:
        raise Refusal("Enter what the picture shows, for those who do not see it", "words")
    if Image.objects.of(report).count() >= MOST:
        raise Refusal(f"A report has at most {MOST} pictures. Remove one that is not used.", "file")
    suffix = small.content_type.removeprefix("image/")
    stored = files.store(
        small.content,
        kind=pictures.KIND,
        target=report,
        name=f"picture.{suffix}",
        content_type=small.content_type,
        by=by,
    )
    image = Image.objects.create(report=report, file=stored, words=said, width=small.width, height=small.height, by=by)
    history.record("report.picture_added", report, by=by, details={"image": image.pk}, changes={"words": (None, said)})
    submissions.leads_to(claimed, f"{report.get_absolute_url()}images/")
    return image


@transaction.atomic
def remove_picture(image, *, by):
    """Take a picture out of its report for good. Raises Refusal while the text of a section shows it."""
    report = held(image.report)
    refuse_unless(access.may_write(by, report))
    if refusal := why_it_stays(image):
        raise Refusal(refusal)
    history.record("report.picture_removed", report, by=by, details={"image": image.pk})
    stored = image.file
    image.delete()
    files.discard(stored)


def why_it_stays(image):
    """Why ``image`` cannot be taken out of its report: the sections whose text shows it; empty where none does."""
    written = writing.address_of_picture(image.public_id)
    rows = Section.objects.of(image.report).filter(text__contains=written).order_by("order")
    titles = ", ".join(f"“{title}”" for title in rows.values_list("title", flat=True))
    return f"This picture stands in {titles}. Take it out there first." if titles else ""
