"""What people do with yearly reports. Each act is atomic, signed with ``by=`` and in the history with it."""

from reports.actions.asking import ask_for_texts
from reports.actions.commenting import answer, comment, keep_note, mark_read, remove_note
from reports.actions.picturing import add_picture, remove_picture, why_it_stays
from reports.actions.publishing import NotReady, approve, build, propose, withdraw
from reports.actions.writing import Meanwhile, TextRefused, bring_back, open_to_write, save_section, tidy

__all__ = [
    "Meanwhile",
    "NotReady",
    "TextRefused",
    "add_picture",
    "answer",
    "approve",
    "ask_for_texts",
    "bring_back",
    "build",
    "comment",
    "keep_note",
    "mark_read",
    "open_to_write",
    "propose",
    "remove_note",
    "remove_picture",
    "save_section",
    "tidy",
    "why_it_stays",
    "withdraw",
]
