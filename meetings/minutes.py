"""Minutes as a file: made in the background from the record, kept privately, read by whom the record is visible to."""

import hashlib
import json
from dataclasses import replace
from functools import partial

from django.db.models import Q

from meetings import documents, record
from meetings.models import Correction, Meeting
from meetings.sight import audience_of, hidden_by_meeting, sight_of
from mktogether.lib.pdf import PdfError, render_pdf
from records import files, jobs

OPEN_PART = "minutes"
WITH_CONFIDENTIAL = "minutes-confidential"


def register():
    """Make known who may read minutes, and how they are made."""
    for kind in (OPEN_PART, WITH_CONFIDENTIAL):
        rule = partial(whose, kind)
        files.register(kind, rule, of=Meeting)
        jobs.register(kind, jobs.Kind(run=make, rule=rule, title=title, back=back))


def whose(kind, user):
    """
    The condition under which a stored file or a job of this ``kind`` of minutes is one that ``user`` may have.

    Whoever is excluded from an item has minutes made apart, without it, and those that hold it are not there for them.
    """
    meetings = Meeting.objects.visible_to(user)
    if kind == WITH_CONFIDENTIAL:
        meetings = meetings.with_confidential_part_for(user)
    apart = hidden_by_meeting(user)
    condition = Q(audience="", target_id__in=meetings.exclude(pk__in=apart).values("pk"))
    for meeting, items in apart.items():
        condition |= Q(audience=audience_of(items), target_id__in=meetings.filter(pk=meeting).values("pk"))
    return condition


def content_of(meeting, sight):
    """The record for these readers: of what ``sight`` lets them see. Never made whole for them, then cut."""
    frozen = getattr(meeting, "record", None)
    return record.seen(frozen.content if frozen else record.content_of(meeting), sight)


def part(sight, *, confidential):
    """``sight`` for one of the two files of minutes: with the confidential part, or without it for all alike."""
    return replace(sight, confidential=confidential and sight.confidential)


def fingerprint(meeting, sight):
    """The hash of all that these minutes are made from; the same inputs are not made twice."""
    content = content_of(meeting, sight)
    corrections = [[correction.text, correction.reason] for correction in Correction.objects.of(meeting)]
    text = json.dumps([content, corrections, meeting.area.sample_notice, documents.edition()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def make(job, report):
    """Make the minutes that ``job`` asks for and return the stored file."""
    meeting = Meeting.objects.visible_to(job.asked_by).select_related("area", "body", "record").get(pk=job.target_id)
    confidential = job.kind == WITH_CONFIDENTIAL
    sight = part(sight_of(job.asked_by, meeting), confidential=confidential)
    if sight.audience != job.audience or sight.confidential != confidential:
        raise jobs.JobFailed(jobs.NO_LONGER)
    report(10, "Reading the record")
    html = documents.minutes_html(meeting, content_of(meeting, sight), confidential=confidential)
    report(40, "Laying out the pages")
    try:
        pdf = render_pdf(html, title=documents.minutes_title(meeting))
    except PdfError as problem:
        raise jobs.JobFailed(str(problem)) from problem
    report(90, "Keeping the file")
    return files.store(
        pdf,
        kind=job.kind,
        target=meeting,
        name=documents.minutes_file_name(meeting, confidential=confidential),
        content_type="application/pdf",
        by=job.asked_by,
        audience=job.audience,
        public_id=job.file_id,
    )


def title(job):
    """What is being made, for the page that shows its progress."""
    meeting = _meeting_of(job)
    return documents.minutes_title(meeting)


def back(job):
    """The page that the work belongs to."""
    return f"{_meeting_of(job).get_absolute_url()}minutes/"


def _meeting_of(job):
    meetings = Meeting.objects.regardless("of a job that was found for whoever looks")
    return meetings.select_related("body").get(pk=job.target_id)
