"""The words of what people do with yearly reports."""

from records.history.verbs import Group, Verb, register

ALL = (
    Verb("report.written", "wrote {thing}"),
    Verb("report.brought_back", "brought an earlier version of {thing} back"),
    Verb("report.read_mark", "marked {thing} as read", Group.READ),
    Verb("report.picture_added", "put a picture into {thing}"),
    Verb("report.picture_removed", "removed a picture from {thing}"),
    Verb("report.commented", "said something about {thing}"),
    Verb("report.answered", "answered what was said about {thing}"),
    Verb("report.note_kept", "kept {thing}"),
    Verb("report.note_removed", "removed {thing}"),
    Verb("report.texts_wanted", "said by when the texts of {thing} are wanted"),
    Verb("report.proposed", "proposed that {thing} is published"),
    Verb("report.withdrawn", "withdrew the proposal that {thing} is published"),
    Verb("report.published", "approved that {thing} is published, as the second person"),
)


def register_all():
    """Make them known."""
    register(*ALL)
