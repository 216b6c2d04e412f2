"""
The arithmetic of a financial year: sums, shares, the balance carried forward, and where print and records differ.

Amounts are pounds and pence as ``Decimal``. The records hold them as a ledger does: income and money in hand are below
nothing, expenditure is above it. People read the other way round: what came in, what was spent and what is in hand are
all above nothing, and a balance below nothing is overspent. ``as_read`` and ``as_ledger`` turn one into the other.

Nothing here knows of a database: records in, an explained answer out.
"""

from finance.rules.ledger import (
    LONGEST_YEAR,
    MOST,
    NOTHING,
    OF_STRAND,
    POSITION,
    TWO_PLACES,
    Explanation,
    Figure,
    Kind,
    Line,
    Paid,
    Printed,
    Strand,
    Sums,
    as_ledger,
    as_read,
    name_of,
    share,
)
from finance.rules.summary import (
    Difference,
    Row,
    Totals,
    YearSummary,
    compare,
    figures,
    is_reconciled,
    rows,
    strands,
    summarise,
)

__all__ = [
    "LONGEST_YEAR",
    "MOST",
    "NOTHING",
    "OF_STRAND",
    "POSITION",
    "TWO_PLACES",
    "Difference",
    "Explanation",
    "Figure",
    "Kind",
    "Line",
    "Paid",
    "Printed",
    "Row",
    "Strand",
    "Sums",
    "Totals",
    "YearSummary",
    "as_ledger",
    "as_read",
    "compare",
    "figures",
    "is_reconciled",
    "name_of",
    "rows",
    "share",
    "strands",
    "summarise",
]
