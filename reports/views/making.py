"""The page on which a report is made, asking for a build, and everything that is said about it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktogether.lib.paging import page_of
from mktogether.lib.verdict import Refusal
from records.access import signed_in
from records.acting import form_page, posted
from reports import access, actions, making_page, queries, rows
from reports.filters import CommentFilter
from reports.forms import TextsByForm
from reports.views.acting import CRUMB, FORM, crumbs_to, find_report, making_of, once, turned_away


@signed_in
@require_safe
def making(request, slug):
    """How far a report is, for those who follow its making."""
    report = find_report(request, slug)
    context = making_page.page(report, request.user)
    return render(request, "reports/making.html", {**context, "crumbs": [CRUMB, {"label": report.title}]})


@signed_in
@require_POST
def build(request, slug):
    """Ask for a build, and lead to the page that shows how far it is."""
    report = find_report(request, slug)
    if not (verdict := access.may_build(request.user, report)):
        return turned_away(request, verdict, making_of(report))
    try:
        job = actions.build(report, by=request.user)
    except Refusal as refusal:
        messages.info(request, refusal.sentence)
        return redirect(making_of(report))
    return redirect(job)


@signed_in
@require_http_methods(FORM)
def ask_for_texts(request, slug):
    """Say by when the texts are wanted."""
    report = find_report(request, slug)
    if not (verdict := access.may_write(request.user, report)):
        return turned_away(request, verdict, making_of(report))
    form = TextsByForm(posted(request), initial={"texts_by": report.texts_by})
    asked = once(
        request,
        form,
        lambda: actions.ask_for_texts(report, form.cleaned_data["texts_by"], by=request.user),
        said="Saved. Whoever owes a text is reminded of that day.",
        leads_to=making_of(report),
    )
    heading = "By when are the texts wanted?"
    return asked or form_page(request, form, heading, crumbs=crumbs_to(report, "Texts"), cancel_href=making_of(report))


@signed_in
@require_safe
def comments(request, slug):
    """Everything that is said about a report, narrowed by what stands in the address."""
    report = find_report(request, slug)
    narrowed = CommentFilter(request.GET, queryset=queries.comments_in_making(request.user, report))
    chosen = narrowed.chosen()
    pages = page_of(narrowed.qs, request.GET.get("page"), chosen)
    may_answer = bool(access.may_answer(request.user, report))
    said = [
        rows.said(comment, answers, may_answer=may_answer)
        | {
            "section": comment.section.title,
            "href": comment.get_absolute_url(),
        }
        for comment, answers in queries.with_answers(pages.rows)
    ]
    context = {
        "report": report,
        "rows": said,
        "pages": pages,
        "states": narrowed.options("state"),
        "kinds": narrowed.options("kind"),
        "left_out": narrowed.refused(),
        "counts": queries.counts_of(request.user, report),
        "crumbs": crumbs_to(report, "What is said about it"),
    }
    return render(request, "reports/comments.html", context)
