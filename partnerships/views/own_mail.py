"""One's own reminders: how they come and of what; and, where no mail leaves the machine, the mail itself."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.paging import page_of
from partnerships.forms import ReminderForm
from records.access import signed_in
from records.acting import posted
from records.models import OutboxMessage
from records.reminders import choices

ME = {"label": "Your places and access", "href": "/me/"}
MAIL = {"label": "Mail to you", "href": "/me/mail/"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request):
    """How and of what somebody is reminded."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise Http404
    form = ReminderForm(posted(request), choice=choices.of(person.pk))
    if form.is_bound and form.is_valid():
        choices.choose(person.pk, way=form.cleaned_data["way"], off=form.off(), by=request.user)
        messages.success(request, "Your choice is saved.")
        return redirect("/me/")
    context = {
        "form": form,
        "heading": "How you are reminded",
        "lead": f"Reminders go to {request.user.email}. They say reference, date and link, and nothing of the content.",
        "crumbs": [ME, {"label": "Reminders"}],
        "always": form.always,
    }
    return render(request, "partnerships/reminders/own.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def mailbox(request):
    """The mails to whoever asks, where no mail leaves the machine."""
    pages = page_of(_mails(request), request.GET.get("page"), {})
    context = {"pages": pages, "mails": pages.rows, "crumbs": [ME, {"label": MAIL["label"]}]}
    return render(request, "partnerships/reminders/mailbox.html", context)


@signed_in
@require_safe
def mail(request, pk):
    """One mail as text."""
    found = get_object_or_404(_mails(request), pk=pk)
    return render(request, "partnerships/reminders/mail.html", {"mail": found, "crumbs": [ME, MAIL, {"label": "Mail"}]})


@signed_in
@csp_replace({"default-src": [NONE], "style-src": ["'unsafe-inline'"], "form-action": [NONE]})
@require_safe
def mail_as_page(request, pk):
    """The same mail as a mail program shows it, which takes its style from the mail itself."""
    return HttpResponse(get_object_or_404(_mails(request).exclude(html=""), pk=pk).html)


def _mails(request):
    """What was handed over to somebody's own address; in production mail is read where it arrives."""
    if settings.PRODUCTION:
        raise Http404
    sent = OutboxMessage.objects.filter(to__iexact=request.user.email, state=OutboxMessage.State.SENT)
    return sent.order_by("-sent_at", "-pk")
