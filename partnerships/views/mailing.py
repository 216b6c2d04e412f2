"""For the team: what mail did not go out, and what can be done; and for whoever holds a mail, the switch in it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktogether.lib.paging import page_of
from mktogether.lib.verdict import Refusal
from partnerships.forms import CameBackForm
from partnerships.models import Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from records import outbox
from records.access import public, signed_in
from records.acting import posted
from records.reminders import choices, failures, switch

NOT_SENT = "/reminders/"
MOST_PEOPLE = 100  # on one page, those who missed most first
CRUMB = {"label": "What did not go out", "href": NOT_SENT}


@signed_in
@require_safe
def not_sent(request):
    """Mail that was refused or came back, and people whom none reaches."""
    areas, now = _areas(request), timezone.now()
    pages = page_of(failures.mails(areas, now), request.GET.get("page"), {})
    unreached = failures.unreached(request.user, now)
    shown = unreached[:MOST_PEOPLE]
    by_id = Person.objects.in_bulk([one.recipient_id for one in shown])
    context = {
        "pages": pages,
        "mails": pages.rows,
        "people": [(one, by_id[one.recipient_id]) for one in shown],
        "people_in_all": len(unreached),
    }
    return render(request, "partnerships/reminders/not_sent.html", context)


@signed_in
@require_POST
def send_again(request, pk):
    """Hand a mail over after all."""
    message = get_object_or_404(failures.mails(_areas(request), timezone.now()), pk=pk)
    return _done(request, lambda: outbox.try_again(message, by=request.user), "It is handed over again.")


@signed_in
@require_POST
def remind_again(request, public_id):
    """Remind somebody after all, who could not be reached."""
    person = get_object_or_404(Person.objects.filter(area__in=_areas(request)), public_id=public_id)
    return _done(
        request, lambda: failures.remind_again(person.pk, by=request.user), "They are reminded of what is still due."
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def came_back(request):
    """Note that mail to an address came back."""
    areas = _areas(request)
    form = CameBackForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            number = failures.came_back(**form.cleaned_data, area_ids=areas, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"Noted of {number} mail{'' if number == 1 else 's'}.")
            return redirect(NOT_SENT)
    context = {
        "form": form,
        "heading": "Note that mail came back",
        "lead": "Mail that an address does not take may come back later, to the mailbox that the portal sends from.",
        "crumbs": [CRUMB, {"label": "Came back"}],
        "cancel_href": NOT_SENT,
    }
    return render(request, "form_page.html", context, status=422 if form.errors else 200)


def _areas(request):
    """The areas whose mail whoever asks looks after; for everybody else there is no such page."""
    standing = standing_of(request.user)
    if not standing.reach(Act.LOOK_AFTER_MAIL).area:
        raise Http404
    return standing.area_ids


def _done(request, act, said):
    try:
        act()
    except Refusal as refusal:
        messages.info(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect(NOT_SENT)


@csrf_exempt  # mail programs switch off by a bare POST (RFC 8058); the signed address alone says that they may
@public
@require_http_methods(["GET", "HEAD", "POST"])
def off(request, token):
    """The switch in a mail: GET shows one button, POST switches off. It tells whoever holds the mail nothing else."""
    found = switch.read(token)
    if found is None:
        raise Http404
    recipient, kinds = found
    done, refusal = False, next((kind.always for kind in kinds.values() if kind.always), "")
    if request.method == "POST":
        try:
            choices.switch_off(recipient, kinds)
            done = True
        except Refusal as why:
            refusal = why.sentence
    context = {"titles": [kind.title for kind in kinds.values()], "done": done, "refusal": refusal}
    response = render(request, "partnerships/reminders/off.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response
