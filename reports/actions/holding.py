"""What the acts have in common: the report is held while one of them is done, so that they come one after another."""

from mktogether.lib.verdict import Refusal
from reports.models import Report, Section

ASKED = "held by an act, which asks whether they may"


def held(report):
    """The row of ``report`` as it is now, held until the transaction ends."""
    return Report.objects.regardless(ASKED).select_for_update(of=("self",), no_key=True).get(pk=report.pk)


def held_section(section):
    """The row of ``section`` as it is now; its report is held, and comes with it."""
    report = held(section.report)
    found = Section.objects.regardless(ASKED).get(pk=section.pk)
    found.report = report
    return found


def refuse_unless(verdict):
    """Raise Refusal with the sentence of a verdict that says no."""
    if not verdict:
        raise Refusal(verdict.reason)
