"""The words of what people do with cases."""

from records.history.verbs import Group, Verb, register

ALL = (
    Verb("case.registered", "registered {thing}"),
    Verb("case.changed", "changed what {thing} is about", fields={"about": "line"}),
    Verb("case.closed", "closed {thing}"),
    Verb("case.reopened", "reopened {thing}", fields={"closed_because": "reason for closing"}),
    Verb("case.read", "read {thing}", Group.READ),
)


def register_all():
    """Make them known."""
    register(*ALL)
