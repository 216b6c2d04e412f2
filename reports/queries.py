"""Reads of reports for their pages: the same number of queries, however many sections, comments and pictures."""

from functools import lru_cache

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports import access, writing
from reports.models import Answer, Comment, Image, LastRead, PrivateNote, Report, Section, Version, Writer

FOUND = "of a section or report that was found for whoever asks"
# The text of a version never changes, so that its words are counted once.
words_of = lru_cache(maxsize=1024)(writing.words)


def published_reports(user):
    """The published reports, the latest year first; one query."""
    rows = Report.objects.visible_to(user).filter(state=Report.State.PUBLISHED)
    return list(rows.defer("content").select_related("file", "area"))


def reports_in_making(user):
    """The reports whose making ``user`` follows and that are not published yet; one query."""
    return list(Report.objects.in_making(user).exclude(state=Report.State.PUBLISHED).defer("content"))


def reports_proposed(user):
    """The reports whose making ``user`` follows and that wait for approval, with who proposed each; one query."""
    rows = Report.objects.in_making(user).filter(state=Report.State.PROPOSED)
    return list(rows.select_related("proposed_by__person").defer("content"))


def reports_followed(user):
    """
    The reports whose making ``user`` follows and that are not published yet; one query.

    Each with how much is said about what they read of it, how much of that has no answer, and how many sections changed
    since they marked them as read.
    """
    said = Comment.objects.visible_to(user).filter(section__report=OuterRef("pk"))
    read = LastRead.objects.visible_to(user).filter(section__report=OuterRef("pk"))
    rows = Report.objects.in_making(user).exclude(state=Report.State.PUBLISHED)
    rows = rows.annotate(
        said=_how_many(said), said_open=_how_many(said.filter(answers=None)), changed=_how_many(read.filter(IS_LATER))
    )
    return list(rows.select_related("proposed_by__person").defer("content"))


IS_LATER = Q(section__number__gt=F("number"))


def _how_many(found):
    """How many rows of a report, or 0, as a column of it."""
    counted = found.order_by().values("section__report").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def sections_in_making(user, report):
    """The sections of ``report`` that ``user`` reads, with how much is said about each; one query."""
    said = Comment.objects.regardless(FOUND).filter(section=OuterRef("pk")).order_by().values("section")
    rows = Section.objects.in_making(user).filter(report=report).order_by("order")
    return list(
        rows.annotate(
            said=Coalesce(Subquery(said.annotate(count=Count("pk")).values("count")), 0),
            said_open=Coalesce(Subquery(said.filter(answers=None).annotate(count=Count("pk")).values("count")), 0),
        )
    )


def sections_in_order(user, report):
    """The sections of ``report`` that ``user`` reads, in their order and without their texts; one query."""
    return list(Section.objects.in_making(user).filter(report=report).order_by("order").defer("text"))


def comments_in_making(user, report):
    """What is said about ``report`` and read by ``user``: factual corrections first, then challenges."""
    rows = Comment.objects.visible_to(user).filter(section__report=report)
    rows = rows.annotate(answer_count=Count("answers"))
    # "correction" comes before "challenge" where kinds are taken from behind.
    return rows.select_related("section", "by__person").order_by("-kind", "section__order", "at", "id")


def comments_on(section):
    """What is said about ``section``, corrections first, with the answers of each; two queries."""
    comments = list(Comment.objects.of(section).select_related("by__person").order_by("-kind", "at", "id"))
    return with_answers(comments)


def with_answers(comments):
    """``comments`` as pairs with their answers; one query."""
    rows = Answer.objects.regardless(FOUND).filter(comment__in=comments).select_related("by__person")
    answers = {}
    for row in rows.order_by("at", "id") if comments else ():
        answers.setdefault(row.comment_id, []).append(row)
    return [(comment, answers.get(comment.pk, [])) for comment in comments]


def notes_on(user, section):
    """The notes that ``user`` keeps on ``section``; one query."""
    return list(PrivateNote.objects.visible_to(user).filter(section=section).order_by("at", "id"))


def last_read(user, section):
    """The number of the version of ``section`` that ``user`` last marked as read, and its text; None if never."""
    text = Version.objects.regardless(FOUND).filter(section=OuterRef("section"), number=OuterRef("number"))
    marks = LastRead.objects.visible_to(user).filter(section=section)
    return marks.annotate(text=Subquery(text.values("text")[:1])).values_list("number", "text").first()


def version(user, section, number):
    """The version ``number`` of ``section``, if ``user`` may read it; None otherwise."""
    rows = Version.objects.visible_to(user).filter(section=section, number=number)
    return rows.select_related("by__person").first()


def versions_of(user, section):
    """Every version of ``section`` without its text, the newest first."""
    rows = Version.objects.visible_to(user).filter(section=section).order_by("-number")
    return rows.select_related("by__person").defer("text")


def writers_of(user, section):
    """Whoever else has ``section`` open to write in it, the first who came first; for those who may write as well."""
    rows = Writer.objects.of(section)
    if not access.may_write(user, section.report):
        return rows.none()
    rows = rows.filter(until__gt=timezone.now()).exclude(by=user)
    return rows.order_by("since", "pk").select_related("by__person")


def pictures_of(report):
    """The pictures of ``report``, each with the titles of the sections whose text shows it; two queries."""
    sections = list(Section.objects.of(report).order_by("order").values_list("title", "text"))
    images = Image.objects.of(report).select_related("file")
    return [
        (image, [title for title, text in sections if writing.address_of_picture(image.public_id) in text])
        for image in images
    ]


def earlier_showing(image):
    """The titles of the sections of its report of which an earlier version shows ``image``; one query."""
    versions = Version.objects.regardless(FOUND).filter(
        section=OuterRef("pk"), text__contains=writing.address_of_picture(image.public_id)
    )
    rows = Section.objects.of(image.report).filter(Exists(versions)).order_by("order")
    return list(rows.values_list("title", flat=True))


def texts_for(user, report):
    """The sections of ``report`` that ``user`` reads, as (title, text, address); as published, once it is."""
    if report.is_published:
        found = report.content.get("sections", [])
        return [
            (one["title"], one.get("text") or "", f"{report.get_absolute_url()}#section-{one['key']}") for one in found
        ]
    rows = Section.objects.in_making(user).filter(report=report).order_by("order")
    return [(row.title, row.text, row.get_absolute_url()) for row in rows]


def counts_of(user, report):
    """How much is said about ``report``, as far as ``user`` reads it: all, answered; one query."""
    rows = Comment.objects.visible_to(user).filter(section__report=report)
    return rows.aggregate(said=Count("pk", distinct=True), open=Count("pk", filter=Q(answers=None), distinct=True))
