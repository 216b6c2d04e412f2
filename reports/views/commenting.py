"""Saying something about a draft, answering it, and keeping notes for oneself."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from records.access import signed_in
from records.acting import form_page, posted
from reports import access, actions, queries, rows
from reports.forms import AnswerForm, NoteForm, SayForm
from reports.models import Comment, PrivateNote
from reports.views.acting import FORM, crumbs_to, find_section, number_in, once, turned_away
from reports.views.sections import show


@signed_in
@require_POST
def comment(request, public_id):
    """Say something about a section, or about one of its paragraphs."""
    section = find_section(request, public_id)
    if not (verdict := access.may_comment(request.user, section.report)):
        return turned_away(request, verdict, section)
    form, about = SayForm(request.POST, auto_id="say_%s"), _about(request, section)
    said = once(
        request,
        form,
        lambda: actions.comment(
            section, form.cleaned_data["kind"], form.cleaned_data["text"], by=request.user, **about
        ),
        said="Your comment is kept. The team is to answer it.",
        leads_to=lambda made: made.get_absolute_url(),
    )
    return said or show(request, section, chosen=about["paragraph"], say=form)


@signed_in
@require_POST
def keep_note(request, public_id):
    """Keep a note that nobody else reads."""
    section = find_section(request, public_id)
    form, about = NoteForm(request.POST, auto_id="note_%s"), _about(request, section)
    kept = once(
        request,
        form,
        lambda: actions.keep_note(section, form.cleaned_data["text"], by=request.user, **about),
        said="Your note is kept. Nobody else reads it.",
        leads_to=lambda made: f"{section.get_absolute_url()}#note-{made.public_id}",
    )
    return kept or show(request, section, chosen=about["paragraph"], note=form)


def _about(request, section):
    """Which paragraph of which version is meant, as the page that was read says."""
    return {
        "paragraph": request.POST.get("paragraph", "")[:16],
        "seen": number_in(request, section),
        "submission": request.POST,
    }


@signed_in
@require_POST
def remove_note(request, public_id):
    """Remove one's own note."""
    notes = PrivateNote.objects.visible_to(request.user).select_related("section__report")
    note = get_object_or_404(notes, public_id=public_id)
    section = note.section
    actions.remove_note(note, by=request.user)
    messages.success(request, "Your note is removed.")
    return redirect(section)


@signed_in
@require_http_methods(FORM)
def answer(request, public_id):
    """Answer a comment, or add a further answer."""
    comments = Comment.objects.visible_to(request.user).select_related("section__report__area", "by__person")
    found = get_object_or_404(comments, public_id=public_id)
    section = found.section
    if not (verdict := access.may_answer(request.user, section.report)):
        return turned_away(request, verdict, section)
    form = AnswerForm(posted(request))
    here = found.get_absolute_url()
    answered = once(
        request,
        form,
        lambda: actions.answer(
            found, form.cleaned_data["outcome"], form.cleaned_data["text"], by=request.user, submission=request.POST
        ),
        said="Your answer is kept, and whoever wrote the comment is told that there is one.",
        leads_to=here,
    )
    return answered or form_page(
        request,
        form,
        f"Answer a {found.get_kind_display().lower()}",
        crumbs=crumbs_to(section.report, (section.title, section.get_absolute_url()), "Answer"),
        cancel_href=here,
        template="reports/answer.html",
        one=rows.said(*queries.with_answers([found])[0], may_answer=False),
    )
