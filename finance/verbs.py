"""The words of what people do with money."""

from records.history.verbs import Group, Verb, register

CONTRIBUTION = {"strand": "strand", "amount": "amount", "payer": "payer", "note": "note"}
PRINTED = {"amount": "printed amount", "source": "document", "place": "page"}
ALL = (
    Verb("year.opened", "opened the financial year {thing}"),
    Verb("contribution.added", "entered {thing}"),
    Verb("contribution.changed", "changed {thing}", fields=CONTRIBUTION),
    Verb("contribution.removed", "removed {thing}"),
    Verb("contribution.restored", "brought back {thing}"),
    Verb("budget_line.added", "entered {thing}"),
    Verb("budget_line.changed", "changed {thing}", fields={"name": "name", "amount": "amount"}),
    Verb("budget_line.moved", "moved {thing}"),
    Verb("budget_line.removed", "removed {thing}"),
    Verb("budget_line.restored", "brought back {thing}"),
    Verb("published_figure.entered", "entered {thing}"),
    Verb("published_figure.changed", "changed {thing}", fields=PRINTED),
    Verb("published_figure.removed", "took back {thing}"),
    Verb("published_figure.restored", "brought back {thing}"),
    Verb("difference.explained", "explained {thing}", fields={"text": "explanation"}),
    Verb("money.exported", "took the figures of {thing} away as a file", Group.READ),
)


def register_all():
    """Make them known."""
    register(*ALL)
