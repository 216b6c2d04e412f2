"""The fields of new terms beyond one line of text: lists, agendas by month, days as documents state them."""

from django import forms
from django.core.exceptions import ValidationError

from mktogether.lib.partial_days import EXPECTED, is_partial_day
from mktogether.lib.templatetags.wording import MONTHS

ROWS = {"rows": 3}


def number(label, most, help_text="Empty: not stated", *, least=0):
    return forms.IntegerField(
        label=f"{label} (optional)", required=False, min_value=least, max_value=most, help_text=help_text
    )


class ProseField(forms.CharField):
    """Some sentences; empty: not stated. Line ends are as the portal keeps them, however a browser sends them."""

    def __init__(self, *, label, longest, **kwargs):
        widget = forms.Textarea(attrs=ROWS)
        super().__init__(label=f"{label} (optional)", required=False, max_length=longest, widget=widget, **kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class LinesField(forms.CharField):
    """Several sentences or items, one a line; gives a list. Each has ``longest`` characters at most."""

    def __init__(self, *, label, longest, one="line", **kwargs):
        widget = forms.Textarea(attrs=ROWS)
        super().__init__(label=f"{label} (optional)", required=False, widget=widget, **kwargs)
        self.longest, self.one = longest, one

    def clean(self, value):
        """The lines that hold something. The first that is too long is said."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.longest for line in lines):
            raise ValidationError(f"Shorten each {self.one} to {self.longest} characters, or make two of it")
        return lines


def as_lines(items):
    """A list as a ``LinesField`` shows it."""
    return "\n".join(" ".join(item.split()) for item in items)


class AgendaField(forms.CharField):
    """What stands on the agenda in which month, one month a line: “July: Annual report; Budget”."""

    LONGEST = 300

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=8000, widget=forms.Textarea(attrs=ROWS), **kwargs)

    def clean(self, value):
        """The number of a month, as text, to its items; the first line that cannot be read is said."""
        found = {}
        for line in filter(None, (line.strip() for line in super().clean(value).splitlines())):
            name, colon, words = line.partition(":")
            items = [item.strip() for item in words.split(";") if item.strip()]
            month = next((str(n) for n, month in enumerate(MONTHS, start=1) if _is_month(name.strip(), month)), "")
            if not (colon and month and items):
                raise ValidationError(f"“{line[:60]}” is not understood. Write it as “July: Annual report; Budget”")
            if month in found:
                raise ValidationError(f"{MONTHS[int(month) - 1]} stands here twice. Write its items on one line")
            if any(len(item) > self.LONGEST for item in items):
                raise ValidationError(f"Shorten each item to {self.LONGEST} characters")
            found[month] = items
        return dict(sorted(found.items(), key=lambda pair: int(pair[0])))


def _is_month(typed, month):
    return typed.casefold() in (month.casefold(), month[:3].casefold())


def as_agenda(cycle):
    """Items by month as an ``AgendaField`` shows them."""
    pairs = sorted((int(month), items) for month, items in cycle.items())
    return "\n".join(f"{MONTHS[month - 1]}: {'; '.join(items)}" for month, items in pairs)


class StatedDayField(forms.CharField):
    """A year, a month or a day, as precise as the document states it."""

    def __init__(self, *, label):
        help_text = "As the document states it: 2026, 2026-10 or 2026-10-01"
        super().__init__(label=f"{label} (optional)", required=False, max_length=10, help_text=help_text)

    def clean(self, value):
        text = super().clean(value)
        if text and not is_partial_day(text):
            raise ValidationError(EXPECTED.rstrip("."))
        return text


class AgencyField(forms.TypedChoiceField):
    """One of the partners of the area, or not stated; gives the agency. Its choices come in one query for a form."""

    def __init__(self, *, label):
        super().__init__(label=f"{label} (optional)", required=False, empty_value=None)

    def offer(self, agencies):
        """Let ``agencies`` be the choices."""
        by_key = {str(agency.pk): agency for agency in agencies}
        self.choices = [("", "Not stated"), *((key, agency.short_name) for key, agency in by_key.items())]
        self.coerce = by_key.__getitem__
