"""Forms of the portal: GOV.UK's patterns, errors written as instructions, what was typed kept.

A page shows ``{% error_summary form %}`` above its heading and ``{% crispy form %}`` below; ``form_page.html`` does
both. Labels, hints and errors are escaped like any other text: a hint that holds markup must be marked safe, and then
must not hold anything that a user wrote.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios, Field, Fieldset, Layout
from crispy_forms_gds.widgets import DateInputWidget
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils import timezone
from django.utils.functional import cached_property

__all__ = [
    "Choice",
    "ClockField",
    "ConditionalQuestion",
    "ConditionalRadios",
    "DayField",
    "Field",
    "Fieldset",
    "Layout",
    "PortalForm",
    "PortalModelForm",
    "PoundsField",
    "moment_of",
]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class DayWidget(DateInputWidget):
    """Day, month and year in three boxes with a number pad; only the boxes at fault are marked."""

    template_name = "portal/day.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for box in self.widgets:
            box.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
            box.errors = []

    def decompress(self, value):
        """The texts of the three boxes for a ``date``."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name, value, attrs):
        """Give each box its label, and say ``aria-invalid`` only of the boxes at fault, where some are."""
        context = super().get_context(name, value, attrs)
        some_at_fault = any(box.errors for box in self.widgets)
        for box, shown in zip(self.widgets, context["widget"]["subwidgets"], strict=True):
            shown["label"] = shown["attrs"].pop("label")
            if box.errors:
                shown["attrs"]["class"] += " govuk-input--error"
            elif some_at_fault:
                shown["attrs"].pop("aria-invalid", None)
        return context


class DayField(forms.MultiValueField):
    """A calendar day, typed as day, month (number or name) and four-digit year; gives a ``datetime.date``."""

    widget = DayWidget
    default_error_messages = {
        "required": "Enter the day, month and year",
        "day": "Enter the day as a number from 1 to 31",
        "month": "Enter the month as a number from 1 to 12, or its name",
        "year": "Enter the year with four digits, such as 2026",
        "impossible": "%(month)s %(year)s has no day %(day)s. Check the day and the month",
        "out_of_range": "Enter a year from %(first)s to %(last)s",
    }

    def __init__(self, *, first_year=1900, last_year=2199, **kwargs):
        parts = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)
        self.first_year, self.last_year = first_year, last_year
        for part, box in zip(self.fields, self.widget.widgets, strict=True):
            part.widget = box  # errors of one box are kept on its widget, where the error summary looks for them

    def __deepcopy__(self, memo):
        """A copy for one form, whose parts hold the copied boxes."""
        copied = super().__deepcopy__(memo)
        for part, box in zip(copied.fields, copied.widget.widgets, strict=True):
            box.errors = []
            part.widget = box
        return copied

    def clean(self, value):
        """The day that the three texts name, or None when all are empty and none is asked for."""
        texts = [str(text or "").strip() for text in (value or ["", "", ""])]
        if not any(texts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        day = self._day(*self._numbers(texts))
        self.validate(day)
        self.run_validators(day)
        return day

    def _numbers(self, texts):
        numbers, faults = [], []
        readers = (("day", _whole_number), ("month", _month_number), ("year", _four_digits))
        for (part, read), text, box in zip(readers, texts, self.widget.widgets, strict=True):
            number = read(text)
            if number is None:
                faults.append(self._fault(part, box))
            numbers.append(number)
        if faults:
            raise ValidationError(faults)
        return numbers

    def _day(self, day, month, year):
        boxes = self.widget.widgets
        if not self.first_year <= year <= self.last_year:
            raise self._fault("out_of_range", boxes[2], first=self.first_year, last=self.last_year)
        try:
            return dt.date(year, month, day)
        except ValueError:
            words = {"day": day, "month": MONTH_NAMES[month - 1], "year": year}
            raise self._fault("impossible", boxes[0], **words) from None

    def _fault(self, code, box, **params):
        fault = ValidationError(self.error_messages[code], code=code, params=params or None)
        box.errors.extend(fault.messages)
        return fault


def _whole_number(text):
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= 31 else None


def _month_number(text):
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    name = text.lower().rstrip(".")
    known = len(name) >= 3 and any(full.lower().startswith(name) for full in MONTH_NAMES)
    return MONTHS.index(name[:3]) + 1 if known else None


def _four_digits(text):
    return int(text) if re.fullmatch(r"[0-9]{4}", text) else None


class ClockField(forms.Field):
    """A time of day, typed as people type it: 09:30, 9.30, 0930, 2pm; gives a ``datetime.time``."""

    default_error_messages = {
        "required": "Enter the time, such as 09:30",
        "invalid": "Enter the time on the 24-hour clock, such as 09:30 or 14:00",
    }
    SHAPE = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>[ap]m)?", re.IGNORECASE)

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        """``09:30`` for a stored time; what was typed, where it could not be read."""
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value

    def to_python(self, value):
        """The time that the text names, or None for an empty text."""
        text = str(value or "").strip()
        if not text:
            return None
        found = self.SHAPE.fullmatch(text)
        if found is None or not (found["minute"] or found["half"]):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return dt.time(_hour(int(found["hour"]), found["half"]), int(found["minute"] or 0))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def _hour(hour, half):
    """The hour of 24; ``half`` is am, pm or None. Raises ValueError for 13pm."""
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def moment_of(day, clock):
    """The moment at which ``clock`` shows on ``day`` in the portal's time zone; None unless both are given."""
    if day is None or clock is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day, clock))


class PoundsField(forms.DecimalField):
    """An amount in pounds, typed with or without £ and commas; gives a ``Decimal`` with two places at most."""

    default_error_messages = {
        "invalid": "Enter the amount in pounds, such as 3,200 or 3,200.50",
        "max_decimal_places": "Enter the amount in pounds and pence, such as 3,200.50",
        "commas": "Enter the amount with commas between thousands alone and a point before the pence, such as 3,200.50",
    }
    # Elsewhere a comma stands before the pence: whoever types 12,34 so means a hundredth of what is left without it.
    THOUSANDS = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d*)?")
    PARTED = re.compile(r"-?[\d.]*[, ][\d., ]*")

    def __init__(self, **kwargs):
        attrs = {"class": "govuk-input--width-10", "inputmode": "decimal"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**{"max_digits": 12, "decimal_places": 2} | kwargs)

    def to_python(self, value):
        """The amount; a true minus before it is read as one, and commas or spaces between thousands as nothing."""
        if isinstance(value, str):
            value = value.replace("£", "").replace("\N{MINUS SIGN}", "-").replace("- ", "-").strip()
            if self.THOUSANDS.fullmatch(value):
                value = value.replace(",", "").replace(" ", "")
            elif self.PARTED.fullmatch(value):
                raise ValidationError(self.error_messages["commas"], code="commas")
        return super().to_python(value)

    def prepare_value(self, value):
        """A stored amount with commas; what was typed, where it could not be read."""
        if isinstance(value, (int, Decimal)):
            return f"{value:,}"
        return value

    def has_changed(self, initial, data):
        """Compare amounts, not the ways of writing them."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except (ValidationError, InvalidOperation):
            return True


class _Portal:
    """What every form of the portal has: a layout in GOV.UK's patterns and errors written as instructions.

    ``submit_label`` says the act on the button. A form that needs its own order or parts returns it from
    ``build_layout``; otherwise the fields stand one below the other.
    """

    submit_label = "Save"
    submit_class = ""

    use_required_attribute = False

    @cached_property
    def helper(self):
        """How crispy-forms shows the form; asked for late, so that a form may add fields when it is made."""
        self._prepare()
        helper = FormHelper()
        helper.layout = self.build_layout()
        return helper

    def full_clean(self):
        """Read what was typed, with errors as instructions."""
        self._prepare()
        super().full_clean()

    def _prepare(self):
        for name, field in self.fields.items():
            _instruct(field, field.label or pretty_name(name))
            _suit(field)

    def build_layout(self):
        """The fields in their order; long text with a count of the characters that are left."""
        return Layout(*(self.laid_out(name) for name in self.fields))

    def laid_out(self, name, **context):
        """The field ``name`` in its usual dress, for a layout of one's own."""
        field = self.fields[name]
        if isinstance(field.widget, forms.Textarea):
            return Field.textarea(name, rows=_rows(field.widget), max_characters=field.max_length)
        return Field(name, context=context or None)


def _rows(textarea):
    """The height that the form asks for; four lines where it holds Django's own "10", which fills a laptop."""
    rows = textarea.attrs.get("rows")
    return rows if isinstance(rows, int) else 4


class PortalForm(_Portal, forms.Form):
    """A form that stands on no one model."""


class PortalModelForm(_Portal, forms.ModelForm):
    """A form of one record. Its action, not ``save()``, writes it."""


def _instruct(field, label):
    """Replace Django's generic errors of ``field`` by instructions that name it; keep what the form says itself."""
    label = str(label).replace("%", "%%")
    wanted = {
        "required": _asked(field).format(label=label),
        "invalid_choice": f"Choose one of the answers offered for “{label}”",
        "max_length": f"Shorten “{label}” to %(limit_value)d characters. It has %(show_value)d",
        "min_value": f"“{label}” must be %(limit_value)s or more",
        "max_value": f"“{label}” must be %(limit_value)s or less",
    }
    generic = _generic_messages(field)
    for code, sentence in wanted.items():
        if field.error_messages.get(code) == generic.get(code):
            field.error_messages[code] = sentence if code != "required" else sentence.replace("%%", "%")


def _asked(field):
    if isinstance(field, forms.FileField):
        return "Choose a file for “{label}”"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return "Choose an answer to “{label}”"
    if isinstance(field, forms.BooleanField):
        return "Tick “{label}” to go on"
    return "Fill in “{label}”"


def _generic_messages(field):
    """Django's own messages for this kind of field; those that a field class of ours sets are not generic."""
    messages = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            messages |= getattr(kind, "default_error_messages", {})
    return messages


def _suit(field):
    """Fit the widget to GOV.UK's advice: no spinners on numbers, no hard stop while typing long text."""
    widget = field.widget
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        widget.attrs = {key: value for key, value in widget.attrs.items() if key not in {"min", "max", "step"}}
        in_parts = isinstance(field, (forms.DecimalField, forms.FloatField))
        widget.attrs.setdefault("inputmode", "decimal" if in_parts else "numeric")
        widget.attrs.setdefault("class", "govuk-input--width-5")
    elif isinstance(widget, forms.Textarea):
        widget.attrs.pop("maxlength", None)
        widget.attrs.pop("cols", None)
