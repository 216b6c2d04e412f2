"""What the contributions of a year can be narrowed by. Both choices stand in the address; nothing else in it counts."""

from dataclasses import dataclass

from finance import rules

SORTS = (("amount", "Who paid most first"), ("partner", "By name"))
STRANDS = (("", "Everything"), *((strand.value.replace(" ", "-"), strand.label) for strand in rules.Strand))


@dataclass(frozen=True, slots=True)
class Shown:
    """How somebody asked to see the contributions: one strand or all, in which order; it stands in the address."""

    strand: str = ""
    sort: str = "amount"
    left_out: tuple[str, ...] = ()

    @classmethod
    def asked(cls, query):
        """What the address asks for; a choice that there is not is left out, and named."""
        strand, sort = query.get("strand", ""), query.get("sort") or "amount"
        known = {"strand": strand in dict(STRANDS), "sort": sort in dict(SORTS)}
        return cls(
            strand if known["strand"] else "",
            sort if known["sort"] else "amount",
            tuple(name for name, is_known in known.items() if not is_known),
        )

    @property
    def of(self):
        """The strand that was asked for; None for all."""
        return rules.Strand(self.strand.replace("-", " ")) if self.strand else None

    @property
    def query(self):
        """The same as the end of an address."""
        kept = [("strand", self.strand)] if self.strand else []
        kept += [("sort", self.sort)] if self.sort != "amount" else []
        return f"?{'&'.join(f'{name}={value}' for name, value in kept)}" if kept else ""

    def options(self):
        """(value, label, whether it is chosen) of both choices."""
        return (
            [(value, label, value == self.strand) for value, label in STRANDS],
            [(value, label, value == self.sort) for value, label in SORTS],
        )

    def rows(self, summary):
        """The rows of ``summary`` as they were asked for; shares are of what is shown."""
        found = summary.contributions
        if self.of:
            paid = [one for row in found for one in row.paid if one.strand == self.of]
            found = rules.rows(paid, summary.totals.by_strand.get(self.of, rules.NOTHING))
        if self.sort == "partner":
            found = tuple(sorted(found, key=lambda row: row.name))
        return found

    def total(self, summary):
        """What the rows add up to for whoever sees all."""
        return summary.totals.by_strand.get(self.of, rules.NOTHING) if self.of else summary.totals.total
