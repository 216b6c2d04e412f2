"""The page of a section: its paragraphs with what is said about each, and what changed since somebody last read it."""

from reports import access, queries, rows, texts, writing
from reports.assembling.numbering import numbered


def page(section, user, *, chosen=""):
    """Everything that ``user`` sees of ``section``, which was found for them; ``chosen`` is the paragraph in hand."""
    report = section.report
    read = texts.reader_of(report)
    blocks = read(section.text)
    may_answer = bool(access.may_answer(user, report))
    said = [rows.said(*pair, may_answer=may_answer) for pair in queries.comments_on(section)]
    notes = [rows.note(row) for row in queries.notes_on(user, section)]
    keys = {block.key for block in blocks}
    return {
        "report": report,
        "section": section,
        "href": section.get_absolute_url(),
        "place": _place(section, queries.sections_in_order(user, report)),
        "blocks": [_with_what_is_said(block, said, notes) for block in blocks],
        "about_all": [one for one in said if not one["paragraph"]],
        "about_changed": [one for one in said if one["paragraph"] and one["paragraph"] not in keys],
        "notes_elsewhere": [one for one in notes if one["paragraph"] not in keys],
        "said": len(said),
        "said_open": sum(not one["answers"] for one in said),
        "words": rows.words(section.text, section.word_limit),
        "since": since_last_read(section, user, read),
        "chosen": chosen if chosen in keys else "",
        "writers": [rows.writer(row) for row in queries.writers_of(user, section)],
        "may": {
            "write": access.may_write(user, report),
            "comment": access.may_comment(user, report),
        },
    }


def _place(section, sections):
    """Where ``section`` stands among the ``sections`` that somebody reads: its number, and those beside it."""
    numbers = [one["number"] for one in numbered([{"kind": one.kind, "part": one.part} for one in sections])]
    links = [rows.section_link(one, number) for one, number in zip(sections, numbers, strict=True)]
    at = sections.index(section)
    return {
        "number": numbers[at],
        "words": f"Section {at + 1} of {len(sections)}",
        "previous": links[at - 1] if at else None,
        "following": links[at + 1] if at + 1 < len(sections) else None,
    }


def _with_what_is_said(block, said, notes):
    return rows.block(block) | {
        "said": [one for one in said if one["paragraph"] == block.key],
        "notes": [one for one in notes if one["paragraph"] == block.key],
    }


def since_last_read(section, user, read):
    """
    How ``section`` changed since ``user`` last marked it as read: the version, and how many paragraphs in words.

    None while they never did.
    """
    mark = queries.last_read(user, section)
    if mark is None:
        return None
    number, text = mark
    if number == section.number:
        return {"number": number, "words": "Nothing changed since you read it.", "changed": 0}
    found = writing.changes(read(text or ""), read(section.text))
    changed = sum(one.what is not writing.What.SAME for one in found)
    told = f"{changed} paragraph{'' if changed == 1 else 's'} changed since you read version {number}."
    return {
        "number": number,
        "words": told if changed else "Its words did not change since you read it.",
        "changed": changed,
    }


def changes_since(section, text):
    """Every paragraph of ``section`` as it became from ``text``, for the page of changes."""
    read = texts.reader_of(section.report)
    return [rows.change(one) for one in writing.changes(read(text), read(section.text))]
