"""The words of what is done with a case. They are told to those alone who are on it."""

from records.history.verbs import Group, Verb, register

ALL = (
    Verb("case.registered", "registered {thing}"),
    Verb("case.changed", "changed what {thing} is about", fields={"about": "line"}),
    Verb("case.closed", "closed {thing}"),
    Verb("case.reopened", "reopened {thing}", fields={"closed_because": "reason for closing"}),
    Verb("case.read", "opened {thing}", Group.READ),
)


def register_all():
    """Make them known."""
    register(*ALL)
