"""The forms around money. Each keeps what was typed when it is refused; amounts are typed as people read them."""

import datetime as dt

from django import forms

from finance import rules
from finance.models import BudgetLine, Contribution, Explanation, Figure, PublishedFigure
from mktogether.lib.forms import DayField, PortalForm, PoundsField
from mktogether.lib.templatetags.wording import day, pounds
from partnerships.models import Agency

ABSURD = f"Enter an amount of {pounds(rules.MOST)} at most. Check the number of noughts"
NO_MINUS = "Enter what was paid, a penny or more, without a minus. The portal writes the sign of the ledger itself"


def _length(model, field):
    return model._meta.get_field(field).max_length


class AmountField(PoundsField):
    """An amount of money with sentences for sizes that cannot be; ``above`` nothing, where there is no other."""

    def __init__(self, *, above=False, **kwargs):
        messages = {
            "max_value": ABSURD,
            "min_value": NO_MINUS if above else ABSURD,
        }
        messages |= kwargs.pop("error_messages", {})
        least = rules.TWO_PLACES if above else -rules.MOST
        # What has too many digits is above the most as well, and one sentence is enough.
        super().__init__(min_value=least, max_value=rules.MOST, max_digits=None, error_messages=messages, **kwargs)


class YearForm(PortalForm):
    """The days of a new financial year, and whether the balance of the year before is its first line."""

    submit_label = "Open the year"

    first_day = DayField(label="First day", error_messages={"required": "Enter the first day of the year"})
    last_day = DayField(label="Last day", error_messages={"required": "Enter the last day of the year"})
    bring_forward = forms.BooleanField(label="Bring the balance forward", required=False)

    def __init__(self, *args, before=None, **kwargs):
        super().__init__(*args, **kwargs)
        if before is None:
            del self.fields["bring_forward"]
        else:
            self.fields["bring_forward"].help_text = (
                f"Computed from the records of {before.name}, which ends on {day(before.last_day)}: "
                f"{pounds(before.carried_forward)}."
            )

    @staticmethod
    def after(last_day):
        """The days of the twelve months after ``last_day``, for a form that is shown first."""
        first = last_day + dt.timedelta(days=1)
        return {"first_day": first, "last_day": _a_year_later(first) - dt.timedelta(days=1), "bring_forward": True}


def _a_year_later(first):
    try:
        return first.replace(year=first.year + 1)
    except ValueError:  # 29 February
        return dt.date(first.year + 1, 3, 1)


class _PartnerField(forms.ModelChoiceField):
    def label_from_instance(self, agency):
        return f"{agency.short_name}: {agency.name}"


class SeenField(forms.IntegerField):
    """The newest change of a record that a form was made from; 0, no change at all, where that is not said."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, min_value=0, max_value=2**63 - 1)

    def clean(self, value):
        """The number that came back with the form."""
        return super().clean(value) or 0


class ContributionForm(PortalForm):
    """What a partner paid; its partner is asked for once, and stays. A change says what it was made from."""

    submit_label = "Save the contribution"

    agency = _PartnerField(
        Agency.objects.none(),
        label="Partner",
        empty_label="Choose a partner",
        error_messages={"required": "Choose the partner", "invalid_choice": "Choose a partner from the list"},
    )
    strand = forms.ChoiceField(
        label="What it is for",
        choices=Contribution.Strand.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the contribution is for"},
    )
    amount = AmountField(
        label="Amount paid",
        above=True,
        help_text="In pounds, such as 1,234.50. For a partner that paid nothing, enter no contribution.",
        error_messages={"required": "Enter the amount, such as 1,234.50"},
    )
    payer = forms.CharField(
        label="Payer, as printed",
        required=False,
        max_length=_length(Contribution, "payer"),
        help_text="As the source names them, where that is another name.",
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=_length(Contribution, "note"),
        help_text="Such as “£2,000 agreed, half of it received”. Readers of this partner’s money see it.",
    )
    seen = SeenField()

    def __init__(self, *args, partners=None, **kwargs):
        super().__init__(*args, **kwargs)
        if partners is None:
            del self.fields["agency"]
        else:
            del self.fields["seen"]
            self.fields["agency"].queryset = partners


class LineForm(PortalForm):
    """A line of the year-end position; its kind is asked for once, and stays. A change says what it was made from."""

    submit_label = "Save the line"

    kind = forms.ChoiceField(
        label="What the line says",
        choices=BudgetLine.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the line says"},
    )
    name = forms.CharField(
        label="Name of the line",
        max_length=_length(BudgetLine, "name"),
        error_messages={"required": "Enter the name of the line, as the position gives it"},
    )
    amount = AmountField(
        label="Amount",
        help_text=(
            "In pounds, such as 1,234.50, as people read it: money in hand, income and expenditure without a minus. "
            "With a minus: what was brought forward from a year that was overspent, and money that came back."
        ),
        error_messages={"required": "Enter the amount, such as 1,234.50"},
    )
    seen = SeenField()

    def __init__(self, *args, asks_kind=True, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["seen" if asks_kind else "kind"]


class PrintedForm(PortalForm):
    """What a document printed for one figure."""

    submit_label = "Save what was printed"

    amount = AmountField(
        label="Printed amount",
        help_text="In pounds as people read it: money in hand, income and expenditure without a minus.",
        error_messages={"required": "Enter the printed amount, such as 257,880"},
    )
    source = forms.CharField(
        label="Document",
        max_length=_length(PublishedFigure, "source"),
        error_messages={"required": "Enter the document in which it is printed"},
    )
    place = forms.CharField(label="Page or appendix", required=False, max_length=_length(PublishedFigure, "place"))


class ChooseFigureForm(PortalForm):
    """Which figure was printed."""

    submit_label = "Go on"

    figure = forms.ChoiceField(
        label="Figure",
        choices=[choice for choice in Figure.choices if choice[0] != Figure.POSITION],
        error_messages={"required": "Choose the figure", "invalid_choice": "Choose a figure from the list"},
    )


class ExplainForm(PortalForm):
    """Why print and records differ."""

    submit_label = "Accept this explanation"

    text = forms.CharField(
        label="Explanation",
        widget=forms.Textarea,
        max_length=_length(Explanation, "text"),
        help_text=(
            "It is printed with the figures. Where the source gives no cause, say so and guess none: "
            "“The source gives no cause.”"
        ),
        error_messages={"required": "Enter the explanation. Where the source gives none, say so"},
    )


class ConfirmForm(PortalForm):
    """Nothing but the act."""

    submit_label = "Remove it"
    submit_class = "govuk-button--warning"
