"""
The report as a file: made in the background from its content, section by section, for those who read drafts.

The hash of content and design is the name of the work (``assembling.fingerprint``). What was made of the same is not
made twice, and of one report one build is under way at a time.
"""

import time

from django.db import transaction
from django.db.models import Q

from mktogether.lib.pdf import PdfError, render_pdf
from partnerships.roles import Act
from partnerships.standing import standing_of
from records import files, jobs
from records.models import Job
from reports import access, documents
from reports.assembling import content_of, fingerprint, said_in
from reports.models import Report

KIND = "annual-report"
OF_A_JOB = "of a job that was found for whoever looks"
EVERY = 0.4  # seconds between two words about pages: often enough for whoever watches
MOST_LETTERS = 20  # that a sentence names
GATHERED, TEXTS, PAGES, KEPT = 5, 35, 90, 95  # per cent


def register():
    """Make known who reads what is built of drafts, who may stop it, and how it is made."""
    files.register(KIND, whose, of=Report)
    jobs.register(KIND, jobs.Kind(run=make, rule=whose, title=title, back=back, may_cancel=may_cancel))


def whose(user):
    """
    The condition under which a build, or its file, is one that ``user`` may have: whoever reads the whole of drafts.

    Everybody else has the file that was published, from the page of the report.
    """
    standing = standing_of(user)
    if not standing.reach(Act.READ_DRAFTS).area:
        return Q(pk__in=[])
    reports = Report.objects.regardless("those whose drafts they read whole")
    return Q(target_id__in=reports.filter(area__in=standing.area_ids).values("pk"))


def may_cancel(user, job):
    """Whoever may have a report built may stop that."""
    return access.may_build(user, _report_of(job))


@transaction.atomic
def request_build(report, *, by):
    """
    Ask for a build of ``report`` as it is now, and return its job: the one under way, or one made of the same.

    Whether ``by`` may is asked before, and again when it is built.
    """
    return jobs.request(KIND, report, by=by, inputs=fingerprint(content_of(report)))


def builds_of(report):
    """The builds of ``report``, the newest first; who may see them is asked before."""
    rows = Job.objects.regardless("of a report whose reader was asked for before")
    return rows.filter(kind=KIND, target_id=report.pk).select_related("result").order_by("-pk")


def make(job, told):
    """Build the report that ``job`` asks for, as it is at this moment, and return the stored file."""
    report = _report_of(job)
    if not access.may_build(job.asked_by, report):
        raise jobs.JobFailed(jobs.NO_LONGER)
    told(1, "Gathering texts and figures")
    content = content_of(report)
    if made := jobs.made_from(job, fingerprint(content)):
        return made
    told(GATHERED, "Gathering texts and figures")
    html = documents.report_html(content, told=_by_section(told))
    by_page = _by_page(told, len(content["sections"]))
    lacking = []
    try:
        pdf = render_pdf(html, title=content["title"], step=by_page, lacking=lacking.extend)
    except PdfError as problem:
        raise jobs.JobFailed(str(problem)) from problem
    jobs.remark(job, not_printed(content, lacking))
    told(KEPT, "Keeping the file")
    return files.store(
        pdf,
        kind=KIND,
        target=report,
        name=documents.file_name(content),
        content_type="application/pdf",
        by=job.asked_by,
        public_id=job.file_id,
    )


def not_printed(content, letters):
    """That there is no font for ``letters``, and in which sections they stand; empty where there are none."""
    if not letters:
        return ""
    titles = [
        f"“{section['title']}”"
        for section in content["sections"]
        if any(letter in words for words in said_in(section) for letter in letters)
    ]
    more = f" and {len(letters) - MOST_LETTERS} more" if len(letters) > MOST_LETTERS else ""
    where = f" They stand in {', '.join(titles)}." if titles else ""
    named = " ".join(letters[:MOST_LETTERS])
    return f"These letters cannot be printed, and boxes stand in their places: {named}{more}.{where}"


def _by_section(told):
    """A word for each section whose text is made."""

    def tell(number, of, section):
        told(GATHERED + (TEXTS - GATHERED) * (number - 1) // of, f"Section {number} of {of}: {section}")

    return tell


def _by_page(told, sections):
    """
    A word for the pages that are laid out, now and then.

    How many there will be is not known before; two for each section is what reports have come to.
    """
    last = 0.0
    expected = 2 * sections + 3

    def tell(page):
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            told(min(TEXTS + (PAGES - TEXTS) * page // expected, PAGES), f"Laying out page {page}")

    return tell


def title(job):
    """What is being made, for the page that shows its progress."""
    return _report_of(job).title


def back(job):
    """The page that the work belongs to."""
    return f"{_report_of(job).get_absolute_url()}making/"


def _report_of(job):
    return Report.objects.regardless(OF_A_JOB).select_related("area", "board").get(pk=job.target_id)
