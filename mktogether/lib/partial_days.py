"""Days as documents state them: a year, a month or a day, as text; empty where the document does not say."""

import datetime as dt
import re

from django.core.validators import RegexValidator
from django.db import models

from mktogether.lib.templatetags.wording import MONTHS
from mktogether.lib.templatetags.wording import day as in_words

PATTERN = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
EXPECTED = "Enter a year, a month or a day, such as 2024, 2024-10 or 2024-10-01."


class PartialDayField(models.CharField):
    """A year, a month or a day, such as 2024, 2024-10 or 2024-10-01, as precise as the document; empty: not stated."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, RegexValidator(rf"^{PATTERN}\Z", EXPECTED)]


def is_partial_day(text):
    """Whether ``text`` is a year, a month or a day that the calendar has."""
    if not re.fullmatch(PATTERN, text):
        return False
    try:
        dt.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def words(text):
    """A partial day in words: “2024”, “October 2024” or “1 October 2024”; empty where nothing is stated."""
    if len(text) == 10:
        return in_words(dt.date.fromisoformat(text))
    if len(text) == 7:
        return f"{MONTHS[int(text[5:]) - 1]} {text[:4]}"
    return text
