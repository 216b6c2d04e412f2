"""Asking for the texts of a report: by which day, of which whoever owes one is reminded."""

from django.db import transaction

from records import history
from reports import access
from reports.actions.holding import held, refuse_unless


@transaction.atomic
def ask_for_texts(report, texts_by, *, by):
    """
    Say that the texts of ``report`` are wanted by the day ``texts_by``; None asks for none, and reminds nobody.

    Raises Refusal for whoever may not write the report. A day that stands already leaves no trace.
    """
    report = held(report)
    refuse_unless(access.may_write(by, report))
    changes = history.changed(report, texts_by=texts_by)
    if changes:
        report.save(update_fields=list(changes))
        history.record("report.texts_wanted", report, by=by, changes=changes)
    return report
