"""
Fields whose content is encrypted in the database: texts and days.

They cannot be searched or ordered by: what is sealed looks like nothing, and a lookup raises instead of finding
nothing. An empty text stays empty, so that a page can say without opening anything whether there is something.
"""

import datetime as dt

from django.core.exceptions import FieldError
from django.db import models

from mktogether.lib.encryption import seal, unseal


class SealedField(models.TextField):
    """A text that the database holds sealed."""

    description = "A text, encrypted at rest"

    def get_prep_value(self, value):
        """What the database is given."""
        text = self.as_text(value)
        return seal(text) if text else ""

    def as_text(self, value):
        """``value`` as the text that is sealed."""
        return "" if value is None else str(value)

    def from_db_value(self, value, _expression, _connection):
        """The text that was sealed."""
        return unseal(value) if value else value

    def get_lookup(self, lookup_name):
        """Nothing is looked for by it: each row's seal differs, so that a search would miss what is there."""
        if lookup_name == "exact":
            return OnlyEmpty
        raise FieldError(f"{self.name} is encrypted: rows cannot be looked for by it.")

    def get_transform(self, lookup_name):
        """Neither by a part of it."""
        raise FieldError(f"{self.name} is encrypted: rows cannot be looked for by it.")


@SealedField.register_lookup
class OnlyEmpty(models.lookups.Exact):
    """Whether there is nothing: all that the database can tell of what is sealed."""

    def get_prep_lookup(self):
        """The empty text; raises FieldError for any other."""
        if self.rhs != "":
            raise FieldError("What is encrypted cannot be looked for; only whether there is something.")
        return ""


class SealedDayField(SealedField):
    """A day that the database holds sealed; an unknown one is empty there, and None here."""

    description = "A day, encrypted at rest"

    def as_text(self, value):
        """The day as 2019-02-01."""
        day = self.to_python(value)
        return day.isoformat() if day else ""

    def from_db_value(self, value, expression, connection):
        """The day that was sealed."""
        text = super().from_db_value(value, expression, connection)
        return dt.date.fromisoformat(text) if text else None

    def to_python(self, value):
        """The day that ``value`` is or names."""
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": None} | kwargs)
