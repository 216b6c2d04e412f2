"""Cases: the register, need to know."""

from reviews.models.cases import Case

__all__ = ["Case"]
