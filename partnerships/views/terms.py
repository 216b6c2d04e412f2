"""A new version of the terms of reference of a board or group: typed or built, checked, and published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mktogether.lib.templatetags.wording import day as in_words
from mktogether.lib.verdict import Refusal
from partnerships import actions, queries, rules
from partnerships.access import may_change_terms
from partnerships.sources import SOURCES
from partnerships.structure.reads import terms_of
from partnerships.terms import changes
from partnerships.terms.builder import Builder
from partnerships.terms.forms import TermsForm
from partnerships.workbench import reading, starting
from partnerships.workbench.bench import Bench
from records import submissions
from records.access import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_terms(request, slug):
    """The form, with the rules in plain words beside it; then what would change; then it is published."""
    body = _find(request, slug)
    latest = next(iter(terms_of(body)), None)
    places = starting.membership(body, timezone.now())
    data = request.POST.copy() if request.method == "POST" else None
    act = (data or {}).get("act", "")
    builder = Builder(data, places)
    if builder.is_asked:
        builder.write(data, "rules")
    form = TermsForm(data, body=body, latest=latest, asks_the_act=act == "publish")
    if act == "continue" and form.is_valid():
        return _confirmation(request, form, places)
    published = _published(request, form) if act == "publish" and form.is_valid() else None
    return published or _page(request, form, builder, places, strict=act in ("continue", "publish"))


def _find(request, slug):
    body = queries.board_of(request.user, slug)
    if body is None:
        raise Http404
    verdict = may_change_terms(request.user, body)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return body


def _published(request, form):
    """The way to the board where the version is published; None where it was refused and has to be shown again."""
    try:
        terms = actions.publish_terms(form.terms(), by=request.user, submission=request.POST)
    except submissions.AlreadySubmitted as first:
        messages.info(request, str(first))
        return redirect(first.location or form.body)
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.sentence)
        return None
    messages.success(request, f"“{terms.edition}” is published. It holds from {in_words(terms.starts_on)}.")
    return redirect(form.body)


def _confirmation(request, form, places):
    """What publishing would change, before it does."""
    terms = form.terms()
    context = {
        **_frame(form.body),
        "terms": terms,
        "latest": form.latest,
        "changes": changes.between(form.latest, terms),
        "meetings": SOURCES.meetings_from(request.user, form.body, terms.starts_on),
        "read": _reading(form, places),
        "kept": _kept(request.POST),
        "submission_token": submissions.token_of(request),
    }
    return render(request, "partnerships/terms/confirm.html", context)


def _kept(data):
    """Everything that was typed, for the next page to carry."""
    left_out = {"csrfmiddlewaretoken", "act", submissions.FIELD}
    return [(name, value) for name, values in data.lists() if name not in left_out for value in values]


def _page(request, form, builder, places, *, strict):
    """The form. While somebody is still building, only the rules are checked; the rest is asked for at the end."""
    if form.is_bound and not strict:
        _only_the_rules(form)
    wrong = [one for one in (form, builder.heading, builder.asked) if one is not None and one.errors]
    context = {
        **_frame(form.body),
        "form": form,
        "wrong_forms": wrong,
        "builder": builder,
        "read": _reading(form, places),
        "submission_token": submissions.token_of(request),
    }
    return render(request, "partnerships/terms/new.html", context, status=422 if wrong else 200)


def _only_the_rules(form):
    for name in list(form.errors):
        if name != "rules":
            del form.errors[name]


def _reading(form, places):
    """The rules in plain words, warnings and health against today's membership; None while they cannot be read."""
    if form.is_bound and "rules" in form.errors:
        return None
    text = form.cleaned_data.get("rules", "") if form.is_bound else form.initial.get("rules", "")
    seats = Bench(places=places).seats()
    return reading.of_terms(rules.parse_terms(text), seats, timezone.localdate(), text=text)


def _frame(body):
    crumbs = [
        {"label": "Boards and groups", "href": "/boards/"},
        {"label": body.name, "href": body.get_absolute_url()},
        {"label": "New version of the terms"},
    ]
    return {"body": body, "crumbs": crumbs}
