"""Cases: the register, need to know; and the published counts of a year."""

from reviews.models.cases import Case
from reviews.models.counts import YearCount

__all__ = ["Case", "YearCount"]
