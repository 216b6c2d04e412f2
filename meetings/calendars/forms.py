"""Forms about a calendar address: each is one button, below the words that say what it does."""

from mktogether.lib.forms import PortalForm


class MakeForm(PortalForm):
    """Make an address, or a new one in the place of the old."""

    submit_label = "Make the address"


class EndForm(PortalForm):
    """End an address."""

    submit_label = "End the address"
    submit_class = "govuk-button--warning"
