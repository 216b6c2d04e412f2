"""What the pages of reports show, in words: sections, comments and answers, versions, builds, changes."""

from django.utils import timezone
from django.utils.safestring import mark_safe

from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import clock, day, short_day_year
from records.models import Job
from reports import queries, writing
from reports.models import Answer, Comment, Report, Section
from reports.writing import What

STATES = {
    Report.State.DRAFT: tag("waiting", "pencil", "Draft"),
    Report.State.PROPOSED: tag("soon", "clock", "Waiting for approval"),
    Report.State.PUBLISHED: tag("met", "tick", "Published"),
}
KINDS = {
    Comment.Kind.CORRECTION: tag("kind", "pencil", "Factual correction"),
    Comment.Kind.CHALLENGE: tag("kind", "triangle", "Challenge"),
}
NO_ANSWER = tag("soon", "clock", "No answer yet")
OUTCOMES = {
    Answer.Outcome.CHANGED: tag("met", "tick", "Accepted, the section is changed"),
    Answer.Outcome.ACCEPTED: tag("soon", "clock", "Accepted, to be changed"),
    Answer.Outcome.KEPT: tag("neutral", "dash", "Not accepted, because"),
}
NOT_STARTED = tag("neutral", "dash", "Not started")
FROM_RECORDS = tag("met", "tick", "Built from records")
WRITTEN = tag("met", "tick", "Written")
OUTDATED = tag("neutral", "dash", "Outdated: the report changed since")
JOBS = {
    Job.State.WAITING: tag("waiting", "clock", "Waiting to start"),
    Job.State.RUNNING: tag("waiting", "clock", "Being made"),
    Job.State.DONE: tag("met", "tick", "Ready"),
    Job.State.FAILED: tag("missed", "cross", "Could not be made"),
    Job.State.CANCELLED: tag("neutral", "dash", "Cancelled"),
}
CHANGES = {
    What.NEW: tag("new", "plus", "New"),
    What.GONE: tag("gone", "dash", "Gone"),
    What.CHANGED: tag("assumed", "pencil", "Changed"),
}
SOMEBODY = "Somebody who is not there any more"
LOADED = "Loaded from files"


def moment(at):
    """``21 January 2025, 09:30``."""
    local = timezone.localtime(at)
    return f"{day(local)}, {clock(local)}"


def post_of(user):
    """Who it was, by their post."""
    person = getattr(user, "person", None) if user else None
    return person.post if person else SOMEBODY


def report(found):
    """A report as a row of the list."""
    return {
        "title": found.title,
        "href": found.get_absolute_url(),
        "making_href": f"{found.get_absolute_url()}making/",
        "pdf_href": f"{found.get_absolute_url()}pdf/",
        "year": f"{day(found.starts_on)} to {day(found.ends_on)}",
        "state": STATES[found.state],
        "published": day(timezone.localtime(found.published_at)) if found.published_at else "",
    }


def proposed(found):
    """Who proposed a report, and when; empty for a draft."""
    if not found.proposed_at:
        return ""
    return f"{post_of(found.proposed_by)} proposed it on {moment(found.proposed_at)}."


def to_approve(found):
    """A report that waits for the approval of whoever looks."""
    return {
        "title": found.title,
        "href": f"{found.get_absolute_url()}approve/",
        "state": STATES[found.state],
        "proposed": proposed(found),
    }


def followed(found):
    """A report whose making somebody follows: how far it is, and what is said about it."""
    return {
        "title": found.title,
        "href": f"{found.get_absolute_url()}making/",
        "state": STATES[found.state],
        "words": " ".join(filter(None, (proposed(found), _how_much_is_said(found), _how_much_changed(found)))),
    }


def _how_much_is_said(found):
    if not found.said:
        return "Nothing is said about it yet."
    comments = f"{found.said} comment{'' if found.said == 1 else 's'}"
    return f"{comments}, {found.said_open} without an answer."


def _how_much_changed(found):
    if not found.changed:
        return ""
    if found.changed == 1:
        return "1 section changed since you marked it as read."
    return f"{found.changed} sections changed since you marked them as read."


def section(found, place):
    """A section as a row of the making page; ``place`` is its number and the part that it is printed in."""
    count = queries.words_of(found.text)
    return {
        "title": found.title,
        "number": place["number"],
        "part": place["part"],
        "href": found.get_absolute_url(),
        "owner": found.owner,
        "words": f"{count:,} / {found.word_limit:,}" if found.word_limit else f"{count:,}",
        "state": _state_of(found, count),
        "said": found.said,
        "said_open": found.said_open,
    }


def section_link(found, number):
    """A section with its ``number``, as another page leads to it."""
    return {"title": f"{number} {found.title}".lstrip(), "href": found.get_absolute_url()}


def _state_of(found, count):
    if not found.text.strip():
        return NOT_STARTED if found.kind == Section.Kind.TEXT else FROM_RECORDS
    over = count - found.word_limit if found.word_limit else 0
    return tag("soon", "triangle", f"Written, {over:,} word{'' if over == 1 else 's'} over") if over > 0 else WRITTEN


def words(text, limit):
    """How long a text is against its limit; nobody is kept from writing more."""
    count = queries.words_of(text)
    if not limit:
        return f"{count:,} word{'' if count == 1 else 's'}. There is no limit."
    if count > limit:
        return f"{count:,} of {limit:,} words: {count - limit:,} over the limit."
    return f"{count:,} of {limit:,} words."


def words_to_save(text, limit):
    """The same for whoever writes, and where it is over the limit that this keeps nobody from saving."""
    told = words(text, limit)
    return f"{told} It can be saved all the same." if limit and queries.words_of(text) > limit else told


def said(comment, answers, *, may_answer):
    """A comment with its answers."""
    return {
        "id": comment.public_id,
        "kind": KINDS[comment.kind],
        "kind_words": comment.get_kind_display().lower(),
        "state": OUTCOMES[answers[-1].outcome] if answers else NO_ANSWER,
        "who": post_of(comment.by),
        "at": moment(comment.at),
        "number": comment.number,
        "paragraph": comment.paragraph,
        "quoted": comment.quoted,
        "text": comment.text,
        "answers": [answer(row) for row in answers],
        "answer_href": f"/reports/comments/{comment.public_id}/answer/" if may_answer else "",
        "answer_words": "Add a further answer" if answers else "Answer",
    }


def answer(row):
    """An answer to a comment."""
    return {
        "outcome": OUTCOMES[row.outcome],
        "who": post_of(row.by),
        "at": moment(row.at),
        "text": row.text,
    }


def note(row):
    """A note that its reader keeps."""
    return {
        "id": row.public_id,
        "paragraph": row.paragraph,
        "quoted": row.quoted,
        "text": row.text,
        "at": moment(row.at),
        "remove_href": f"/reports/notes/{row.public_id}/remove/",
    }


def block(found):
    """A paragraph, as it is shown."""
    # What reports.writing leaves in a block is on its list, whoever wrote it.
    return {"key": found.key, "html": mark_safe(found.html), "is_heading": found.is_heading}  # noqa: S308


def version(row, section):
    """A version of ``section``."""
    return {
        "number": row.number,
        "href": f"{section.get_absolute_url()}versions/{row.number}/",
        # A version that nobody saved came with the files that the report was loaded from.
        "who": post_of(row.by) if row.by_id else LOADED,
        "saved": f"Saved by {post_of(row.by)}" if row.by_id else LOADED,
        "at": moment(row.at),
        "is_current": row.number == section.number,
    }


def writer(row):
    """Somebody else who has the section open to write: a sentence that says no more than is known."""
    at = timezone.localtime(row.since)
    return f"{post_of(row.by)} opened this section to write at {clock(at)} and has not saved since."


def change(found):
    """A paragraph that changed, in pieces of words; one that did not, as it is."""
    return {
        "what": found.what.value,
        "tag": CHANGES.get(found.what, ""),
        "pieces": [{"what": piece.what.value, "words": piece.words} for piece in found.pieces],
    }


def build(job):
    """A build of a report: how far it is, or what came of it."""
    return {
        "state": JOBS[job.state],
        "is_over": job.is_over,
        "href": job.get_absolute_url(),
        "asked": moment(job.asked_at),
        "progress": job.progress,
        "step": job.step,
        "failure": job.failure,
        "remark": job.remark,
        "file_href": job.result.get_absolute_url() if job.result else "",
        "file_name": job.result.name if job.result else "",
    }


def picture(image, titles):
    """A picture of a report, with how a text names it and where it is shown."""
    return {
        "src": f"/reports/images/{image.public_id}/",
        "words": image.words,
        "width": image.width,
        "height": image.height,
        "size": f"{max(1, round(image.file.size / 1000)):,} kB",
        "written": writing.line_of_picture(image.words, image.public_id),
        "titles": titles,
        "remove_href": f"/reports/images/{image.public_id}/remove/",
        "at": short_day_year(timezone.localtime(image.at)),
    }
