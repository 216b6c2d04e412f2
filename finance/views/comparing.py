"""Where two people change one record: what the first saved, beside what the second typed and may save knowingly."""

from decimal import Decimal

from mktogether.lib.templatetags.wording import pounds

NOTHING = "Nothing"


def compared(form, theirs, saved):
    """
    Rows of where what is ``saved`` by now, values by field, is not what was typed in ``form``.

    The form says what ``theirs``, an ``actions.Meanwhile``, says. All that was typed stays in it, and it is made from
    what its writer is shown from now on.
    """
    typed = form.cleaned_data
    rows = [
        {"label": field.label, "saved": _in_words(field, saved[name]), "typed": _in_words(field, typed[name])}
        for name, field in form.fields.items()
        if name != "seen" and saved[name] != typed[name]
    ]
    form.data = form.data.copy()
    form.data["seen"] = str(theirs.record.newest_change)
    form.add_error(None, theirs.sentence)
    return rows


def _in_words(field, value):
    if isinstance(value, Decimal):
        return pounds(value)
    return str(dict(getattr(field, "choices", ())).get(value, value)) or NOTHING
