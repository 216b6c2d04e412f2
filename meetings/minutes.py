"""Minutes as a file: made in the background from the record, kept privately, read by whom the record is visible to."""

import hashlib
import json

from meetings import documents, record
from meetings.access import may_read_confidential
from meetings.models import Meeting
from mktogether.lib.pdf import PdfError, render_pdf
from mktogether.lib.verdict import ALLOWED, refused
from records import files, jobs

OPEN_PART = "minutes"
WITH_CONFIDENTIAL = "minutes-confidential"


def register():
    """Make known who may read minutes, and how they are made."""
    for kind in (OPEN_PART, WITH_CONFIDENTIAL):
        files.register_reader(kind, may_read)
        jobs.register(kind, jobs.Kind(run=make, may_follow=may_read, title=title, back=back))


def may_read(user, thing):
    """
    Whether ``user`` may read the minutes that ``thing`` (a stored file or a job) is of.

    Asked at each download and page, and once more by the worker for the person who asked.
    """
    meeting = Meeting.objects.visible_to(user).filter(pk=thing.target_id).first()
    if meeting is None:
        return refused("There are no such minutes.")
    if thing.kind == WITH_CONFIDENTIAL:
        return may_read_confidential(user, meeting)
    return ALLOWED


def content_of(meeting, *, confidential):
    """The record for these readers: without the confidential part unless they may read it. Never made, then cut."""
    frozen = getattr(meeting, "record", None)
    content = frozen.content if frozen else record.content_of(meeting)
    return content if confidential else record.open_part(content)


def fingerprint(meeting, *, confidential):
    """The hash of all that these minutes are made from; the same inputs are not made twice."""
    content = content_of(meeting, confidential=confidential)
    corrections = [[correction.text, correction.reason] for correction in meeting.corrections.all()]
    text = json.dumps([content, corrections, meeting.area.sample_notice, documents.edition()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def make(job, report):
    """Make the minutes that ``job`` asks for and return the stored file."""
    if not may_read(job.asked_by, job):
        raise jobs.JobFailed("You may no longer read this meeting, so its minutes were not made.")
    meeting = Meeting.objects.select_related("area", "body", "record").get(pk=job.target_id)
    report(10, "Reading the record")
    confidential = job.kind == WITH_CONFIDENTIAL
    html = documents.minutes_html(meeting, content_of(meeting, confidential=confidential), confidential=confidential)
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
    )


def title(job):
    """What is being made, for the page that shows its progress."""
    meeting = Meeting.objects.select_related("body").get(pk=job.target_id)
    return documents.minutes_title(meeting)


def back(job):
    """The page that the work belongs to."""
    return f"{Meeting.objects.get(pk=job.target_id).get_absolute_url()}minutes/"
