"""Publishing a report: one proposes, another approves what they were shown, and until then it can be withdrawn."""

from django.views.decorators.http import require_http_methods

from records.access import signed_in
from records.acting import form_page, posted
from reports import access, actions, making_page
from reports.forms import ApproveForm, ProposeForm, WithdrawForm
from reports.views.acting import FORM, crumbs_to, find_report, making_of, once, turned_away


@signed_in
@require_http_methods(FORM)
def propose(request, slug):
    """Propose that a report is published, once nothing stands in the way."""
    report = find_report(request, slug)
    if not (verdict := access.may_propose(request.user, report)):
        return turned_away(request, verdict, making_of(report))
    form = ProposeForm(posted(request))
    proposed = once(
        request,
        form,
        lambda: actions.propose(report, by=request.user),
        said="Proposed. A chair of a partnership, a safeguarding partner or the scrutineer approves it. All of them "
        "are told by mail.",
        leads_to=making_of(report),
    )
    return proposed or _page(request, report, form, "Propose that the report is published")


@signed_in
@require_http_methods(FORM)
def approve(request, slug):
    """Approve, as the second person, exactly what this page shows."""
    report = find_report(request, slug)
    if not (verdict := access.may_approve(request.user, report)):
        return turned_away(request, verdict, making_of(report))
    shown = making_page.publishing(report)
    form = ApproveForm(posted(request), initial={"seen": shown["fingerprint"]})
    approved = once(
        request,
        form,
        lambda: actions.approve(report, by=request.user, seen=form.cleaned_data["seen"]),
        said="The report is published, and nothing of it changes any more.",
        leads_to=making_of(report),
    )
    return approved or _page(request, report, form, "Approve that the report is published", shown=shown)


@signed_in
@require_http_methods(FORM)
def withdraw(request, slug):
    """Take a proposal back."""
    report = find_report(request, slug)
    if not (verdict := access.may_withdraw(request.user, report)):
        return turned_away(request, verdict, making_of(report))
    form = WithdrawForm(posted(request))
    withdrawn = once(
        request,
        form,
        lambda: actions.withdraw(report, by=request.user),
        said="The proposal is withdrawn. The report can be changed again.",
        leads_to=making_of(report),
    )
    heading = "Withdraw the proposal"
    lead = "The report becomes a draft again, and can be changed and proposed anew. Nothing is lost."
    return withdrawn or form_page(
        request, form, heading, crumbs=crumbs_to(report, heading), cancel_href=making_of(report), lead=lead
    )


def _page(request, report, form, heading, *, shown=None):
    return form_page(
        request,
        form,
        heading,
        crumbs=crumbs_to(report, heading),
        cancel_href=making_of(report),
        template="reports/publish.html",
        report=report,
        shown=shown or making_page.publishing(report),
    )
