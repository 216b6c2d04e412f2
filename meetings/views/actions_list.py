"""The action log, and saying that an action is done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from meetings import actions, queries, rows
from meetings.access import may_complete
from meetings.filters import ActionFilter
from meetings.forms import CompleteActionForm
from meetings.models import Action
from mktogether.lib.paging import page_of
from records.access import signed_in

LIST = "/actions/"


@signed_in
@require_safe
def action_log(request):
    """Actions that this person sees, narrowed by what stands in the address."""
    narrowed = ActionFilter(
        request.GET,
        boards=queries.boards_with_actions(request.user),
        user=request.user,
        queryset=queries.action_rows(Action.objects.visible_to(request.user)),
    )
    chosen = narrowed.chosen()
    pages = page_of(narrowed.qs, request.GET.get("page"), chosen)
    today = timezone.localdate()
    context = {
        "rows": [rows.action(row, today, request.user) for row in pages.rows],
        "pages": pages,
        "states": narrowed.options("state"),
        "whose": narrowed.options("whose"),
        "boards": narrowed.options("board"),
        "left_out": narrowed.refused(),
        "chosen": chosen,
    }
    return render(request, "meetings/action_log.html", context)


@signed_in
@require_POST
def complete(request, public_id):
    """Say that an action is done, and come back to its row."""
    action = get_object_or_404(Action.objects.visible_to(request.user), public_id=public_id)
    verdict = may_complete(request.user, action)
    if verdict:
        actions.complete_action(action, by=request.user)
        messages.success(request, "The action is done.")  # without its words, which would wait in the session
    else:
        messages.error(request, verdict.reason)
    return redirect(f"{_back(request)}#action-{action.public_id}")


def _back(request):
    """The list as it was narrowed, or the page that the button was on; never another site."""
    form = CompleteActionForm(request.POST)
    back = form.cleaned_data["back"] if form.is_valid() else ""
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else LIST
