"""Building a rule from lists: small forms that write lines of the rule language into whatever text is at hand."""

from partnerships import rules
from partnerships.terms import building, writing

ADD = "clause"


class Builder:
    """The small forms below a text of rules. ``places`` (a membership) says which partners and types can be chosen."""

    def __init__(self, data, places):
        act, _dash, kind = (data or {}).get("act", "").partition("-")
        parts = building.parts_of(places)
        self.kind = kind if act == ADD and kind in building.KINDS else ""
        self.heading = building.HeadingForm(data if self.kind else None, prefix="heading")
        self.clauses = [
            (name, form(data if name == self.kind else None, prefix=name, **parts))
            for name, form in building.KINDS.items()
        ]
        self.done = ""

    @property
    def is_asked(self):
        return bool(self.kind)

    @property
    def asked(self):
        """The small form whose button was pressed; None where none was."""
        return dict(self.clauses).get(self.kind)

    def write(self, data, field):
        """Put the clause into the text in ``data[field]``, or say at its field why that cannot be."""
        if not (self.asked.is_valid() and self.heading.is_valid()):
            return
        heading = self.heading.cleaned_data
        text, lines = data.get(field, "").replace("\r\n", "\n"), building.lines(self.asked, heading)
        try:
            for line in lines:
                text = writing.added(text, line, heading["join"] or "and")
        except rules.RuleError as error:
            self.asked.add_error(None, error.problems[0].message)
            return
        data[field] = text
        self.done = " ".join(rules.parse_terms(line).text() for line in lines)
