"""Showing a form, doing what it asks for, and saying what came of it: one way for the views of every app."""

from django.contrib import messages
from django.shortcuts import redirect, render

from mktogether.lib.verdict import Refusal
from records import submissions


def posted(request):
    """What was typed, for a form; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def form_page(request, form, heading, *, crumbs, cancel_href, template="form_page.html", **more):
    """A page of one form; 422 where it was refused. ``more`` is what else ``template`` shows."""
    context = {
        "form": form,
        "heading": heading,
        "crumbs": crumbs,
        "cancel_href": cancel_href,
        "submission_token": submissions.token_of(request),
        **more,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def done(request, act, *, form=None, leads_to=None, said="", home="/"):
    """
    Do ``act`` and lead on: to ``leads_to``, which is a place or a function of what was made, or to what was made.

    ``said`` is the sentence of success, or a function of what was made. None where ``form`` is to be shown: asked for,
    not whole, or refused with a sentence at its field. Without a form a refusal is said on the page that it leads to.
    Where the form took effect before, it leads to its first result, or to ``home``.
    """
    if form is not None and not (form.is_bound and form.is_valid()):
        return None
    try:
        made = act()
    except submissions.AlreadySubmitted as first:
        messages.info(request, str(first))
        return redirect(first.location or home)
    except Refusal as refusal:
        if form is not None:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            return None
        messages.error(request, refusal.sentence)
        return redirect(leads_to)
    if sentence := said(made) if callable(said) else said:
        messages.success(request, sentence)
    return redirect(_place(leads_to, made))


def _place(leads_to, made):
    if leads_to is None:
        return made
    return leads_to(made) if callable(leads_to) else leads_to
