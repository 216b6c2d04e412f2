"""The words of what happens to files, work in the background, the history itself and the portal as a whole."""

from records.history.verbs import Group, Verb, register

ALL = (
    Verb("file.read", "opened the file {thing}", Group.READ),
    Verb("job.asked", "asked for a document: {thing}", Group.READ),
    Verb("job.cancelled", "cancelled the making of a document: {thing}"),
    Verb("mail.came_back", "noted that a mail came back"),
    Verb("mail.tried_again", "had a mail handed over again that had come back"),
    Verb("reminders.chosen", "chose how {thing} is reminded"),
    Verb("reminders.switched_off", "switched reminders of {thing} off"),
    Verb("reminders.tried_again", "had {thing} reminded again of what had not reached them"),
    Verb("access.denied", "asked for {thing}, which is not there, or not for whoever asked", Group.DENIED),
    Verb("access.denied_often", "was answered so again and again", Group.DENIED),
    Verb("sample.loaded", "loaded the sample"),
)


def register_all():
    """Make them known."""
    register(*ALL)
