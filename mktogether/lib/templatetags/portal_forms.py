"""What our form templates need beside crispy-forms-gds."""

from dataclasses import dataclass

from crispy_forms_gds.templatetags.crispy_forms_gds import field_errors
from django import forms, template

register = template.Library()

CLASSES = (  # the first that fits; every other widget is a box to type in
    (forms.CheckboxInput, ("govuk-checkboxes__input", "")),
    (forms.Select, ("govuk-select", "govuk-select--error")),
    (forms.Textarea, ("govuk-textarea", "govuk-textarea--error")),
    (forms.FileInput, ("govuk-file-upload", "govuk-file-upload--error")),
)


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One line of the error summary: the sentence, and the id of the input that it is about (or nothing)."""

    sentence: str
    target: str = ""


@register.filter
def error_links(form):
    """Every error of ``form`` with the id of an input that can take the focus."""
    links = [ErrorLink(sentence, _first_input(form)) for sentence in form.non_field_errors()]
    for field in form:
        if field.is_hidden:
            links += [ErrorLink(sentence) for sentence in field.errors]
            continue
        for target, sentences in field_errors(field):
            links += [ErrorLink(sentence, _input_id(field, target)) for sentence in sentences]
    return links


def _first_input(form):
    visible = form.visible_fields()
    return _input_id(visible[0], visible[0].auto_id) if visible else ""


def _input_id(field, target):
    """A field of several inputs has no element of its own id: its first input stands for it."""
    if target == field.auto_id and isinstance(field.field.widget, forms.MultiWidget):
        return f"{target}_0"
    return target


@register.simple_tag(takes_context=True)
def portal_field(context, field):
    """The input of ``field`` with GOV.UK's class and the ids of the texts that describe it."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        return field.as_widget()  # its own template dresses the boxes
    attrs = {"class": _css_class(field, widget), "placeholder": False}  # a label that vanishes is no label
    described_by = _described_by(field, counted=bool(context.get("max_characters") or context.get("max_words")))
    if described_by:
        attrs["aria-describedby"] = described_by
    return field.as_widget(attrs=attrs)


def _css_class(field, widget):
    name, wrong = next(
        (classes for kind, classes in CLASSES if isinstance(widget, kind)), ("govuk-input", "govuk-input--error")
    )
    words = [name, *widget.attrs.get("class", "").split()]
    if field.errors:
        words.append(wrong)
    return " ".join(dict.fromkeys(word for word in words if word))


def _described_by(field, *, counted):
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    ids += [f"{field.auto_id}_{number}_error" for number, _ in enumerate(field.errors, start=1)]
    ids += [f"{field.id_for_label}-info"] if counted else []
    return " ".join(ids)
