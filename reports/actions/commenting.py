"""What is said about a draft, what is answered, and what somebody keeps for themselves."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from records import history, submissions
from reports import access, notices, shown, texts
from reports.actions.holding import held_section, refuse_unless
from reports.models import Answer, Comment, LastRead, PrivateNote

NO_PARAGRAPH = "That paragraph is not in the text that you read. Open the section again, and choose it anew."
AS_IT_WAS = "The section is still as it was when this was said. Change it first, or choose another answer."


@transaction.atomic
def comment(section, kind, text, *, by, seen, paragraph="", submission=None):
    """
    Say something of ``section``, or of its ``paragraph``, as it read in the version ``seen``; return the comment.

    It keeps the words that it is about, so that it can be read when they have changed, and a hash of what stood there
    from records. Raises Refusal for whoever may not comment, and for an empty text.
    """
    claimed = submissions.claim(submission, by=by)
    section = held_section(section)
    refuse_unless(access.may_comment(by, section.report))
    said = _filled(text, "Enter what you want to say")
    made = Comment.objects.create(
        section=section,
        kind=kind,
        paragraph=paragraph,
        quoted=_quoted(section, paragraph, seen),
        number=seen,
        records=shown.of_records(section, shown.text_of(section, seen)),
        text=said,
        at=timezone.now(),
        by=by,
    )
    history.record("report.commented", section, by=by, details={"comment": made.pk}, changes={"text": (None, said)})
    submissions.leads_to(claimed, made.get_absolute_url())
    return made


@transaction.atomic
def answer(comment, outcome, text, *, by, submission=None):
    """
    Answer ``comment`` and tell whoever wrote it, by a mail with its reference. A further answer stands beneath.

    Raises Refusal for whoever may not answer, for an empty text, and where the section is said to be changed that still
    shows what the comment is about.
    """
    claimed = submissions.claim(submission, by=by)
    section = held_section(comment.section)
    report = section.report
    refuse_unless(access.may_answer(by, report))
    said = _filled(text, "Enter your answer")
    if outcome == Answer.Outcome.CHANGED and shown.is_as_it_was(section, comment):
        raise Refusal(AS_IT_WAS, "outcome")
    made = Answer.objects.create(comment=comment, outcome=outcome, text=said, at=timezone.now(), by=by)
    details = {"comment": comment.pk, "answer": made.pk}
    history.record("report.answered", section, by=by, details=details, changes={"text": (None, said)})
    notices.tell_of_answer(made, report.area)
    submissions.leads_to(claimed, comment.get_absolute_url())
    return made


@transaction.atomic
def keep_note(section, text, *, by, seen, paragraph="", submission=None):
    """Keep a note that nobody else reads, for a section that was found for ``by``."""
    claimed = submissions.claim(submission, by=by)
    note = PrivateNote.objects.create(
        section=section,
        paragraph=paragraph,
        quoted=_quoted(section, paragraph, seen),
        text=_filled(text, "Enter your note"),
        at=timezone.now(),
        by=by,
    )
    history.record("report.note_kept", note, by=by, area_id=section.report.area_id)
    submissions.leads_to(claimed, f"{section.get_absolute_url()}#note-{note.public_id}")
    return note


@transaction.atomic
def remove_note(note, *, by):
    """Remove one's own note for good. Raises Refusal for anybody else's."""
    if note.by_id != by.pk:
        raise Refusal("Only its writer removes a private note.")
    history.record("report.note_removed", note, by=by, area_id=note.section.report.area_id)
    note.delete()


@transaction.atomic
def mark_read(section, *, by, number):
    """Note that ``by`` has read ``section`` up to the version ``number``, and so what is to be shown as changed."""
    number = min(number, section.number)
    mark, _made = LastRead.objects.regardless("one's own mark").update_or_create(
        section=section, by=by, defaults={"number": number, "at": timezone.now()}
    )
    history.record("report.read_mark", section, by=by, details={"version": number})
    return mark


def _filled(text, sentence):
    """``text`` without spaces around it. Raises Refusal with ``sentence`` for an empty one."""
    if not (found := text.strip()):
        raise Refusal(sentence, "text")
    return found


def _quoted(section, paragraph, seen):
    """The words of a paragraph as they read in the version ``seen``; none where the section as a whole is meant."""
    if not paragraph:
        return ""
    blocks = texts.reader_of(section.report)(shown.text_of(section, seen))
    found = next((block for block in blocks if block.key == paragraph), None)
    if found is None:
        raise Refusal(NO_PARAGRAPH, "text")
    return found.words
