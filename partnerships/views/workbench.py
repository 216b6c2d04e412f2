"""The workbench: try a rule on a membership and an attendance, keep it as a scenario, share it, take it away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib.forms import PortalForm
from mktogether.lib.paging import page_of
from mktogether.lib.verdict import Refusal
from partnerships import actions
from partnerships.access import may_change_scenario, may_use_workbench
from partnerships.models import Body, Scenario
from partnerships.standing import standing_of
from partnerships.story.reading import story
from partnerships.terms.builder import Builder
from partnerships.workbench import content, desk, reading, starting
from partnerships.workbench.forms import NameForm
from records import submissions
from records.access import signed_in
from records.acting import posted

CRUMB = {"label": "Workbench", "href": "/workbench/"}
UNNAMED = "Trial"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def workbench(request):
    """An empty bench, or one with a board's membership or a meeting on it; and what the rule makes of it."""
    if not may_use_workbench(request.user):
        raise Http404
    typed = request.POST.get("rules", "") if request.POST.get("act") == "try" else None
    if request.method == "POST" and typed is None:
        return _worked(request, None)
    asked = request.GET if typed is None else request.POST
    start = starting.start(request.user, asked, timezone.now(), typed=typed)
    name = NameForm(prefix="save", bodies=_bodies(request.user), initial={"body": start.body})
    return _page(request, desk.laid_out(start.bench), name, start=start)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request, public_id):
    """A scenario on the bench. Changes are tried freely; only its author's "Save" keeps them."""
    found = _find(request, public_id)
    if request.method == "POST":
        return _worked(request, found)
    name = NameForm(prefix="save", bodies=_bodies(request.user), initial={"name": found.name, "body": found.body_id})
    return _page(request, desk.laid_out(content.bench_of(found.content)), name, scenario=found)


def _worked(request, found):
    """The bench after a button was pressed: judged again, kept as a scenario, or handed out as a file."""
    data = request.POST.copy()
    worked = desk.posted(data)
    builder = Builder(data, worked.bench.places)
    if builder.is_asked:
        builder.write(data, "terms")
        worked = desk.posted(data)
    act = request.POST.get("act")
    name = NameForm(
        request.POST if act == "save" else None, prefix="save", bodies=_bodies(request.user), initial=_typed(request)
    )
    if act == "download" and worked.is_whole:
        named = found.name if found else request.POST.get("save-name", "").strip()[:120] or UNNAMED
        return _file(content.of_bench(worked.bench, named))
    if act == "save" and name.is_valid() and worked.is_whole:
        return _kept(request, worked.bench, name.cleaned_data, found)
    return _page(request, worked, name, builder=builder, scenario=found)


def _typed(request):
    return {"name": request.POST.get("save-name"), "body": request.POST.get("save-body")}


def _kept(request, bench, typed, found):
    """Keep the bench: the author's own scenario changes, anybody else gets a copy."""
    values = {"name": typed["name"], "content": content.of_bench(bench, typed["name"])}
    if found is not None and may_change_scenario(request.user, found):
        body_id = found.body_id if found.shared_at else _pk(typed["body"])
        actions.change_scenario(found, by=request.user, body_id=body_id, **values)
        messages.success(request, "The scenario is saved.")
        return redirect(found)
    fresh = Scenario(area_id=standing_of(request.user).person.area_id, body=typed["body"], **values)
    try:
        fresh = actions.keep_scenario(fresh, by=request.user, submission=request.POST)
    except submissions.AlreadySubmitted as first:
        messages.info(request, str(first))
        return redirect(first.location or CRUMB["href"])
    messages.success(request, "The scenario is saved. Only you, the team and the scrutineer see it until you share it.")
    return redirect(fresh)


def _pk(body):
    return body.pk if body else None


def _page(request, worked, name, *, builder=None, scenario=None, start=None):
    builder = builder or Builder(None, worked.bench.places)
    asked = (worked.facts, worked.place, name, builder.heading, builder.asked)
    wrong = [form for form in asked if form is not None and form.errors]
    context = {
        **reading.page(worked),
        "builder": builder,
        "name_form": name,
        "scenario": scenario,
        "story": story(request.user, scenario) if scenario else None,
        "is_author": bool(scenario and may_change_scenario(request.user, scenario)),
        "start": start,
        "bodies": _bodies(request.user) if start else [],
        "editions": starting.editions(request.user) if start else [],
        "asked": request.GET,
        "wrong_forms": wrong,
        "form": wrong[0] if wrong else None,
        "subtitle": reading.subtitle(scenario, start, request.POST.get("about", "")),
        "rules_of": str(start.terms) if start and start.terms else "",
        "submission_token": submissions.token_of(request),
        "crumbs": [CRUMB, {"label": scenario.name}] if scenario else [{"label": "Workbench"}],
    }
    return render(
        request, "partnerships/workbench/bench.html", context, status=422 if wrong and request.method == "POST" else 200
    )


@signed_in
@require_safe
def scenarios(request):
    """One's own scenarios and those that one may see, the latest changed first."""
    if not may_use_workbench(request.user):
        raise Http404
    found = Scenario.objects.visible_to(request.user).as_rows()
    pages = page_of(found, request.GET.get("page"), {})
    rows = [reading.scenario(row, request.user) for row in pages.rows]
    return render(
        request,
        "partnerships/workbench/scenarios.html",
        {"rows": rows, "pages": pages, "crumbs": [CRUMB, {"label": "Scenarios"}]},
    )


@signed_in
@require_safe
def scenario_file(request, public_id):
    """The scenario as a file that ``manage.py quorum_check`` runs."""
    return _file(_find(request, public_id).content)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request, public_id):
    found = _find_own(request, public_id)
    typed = posted(request)
    form = NameForm(typed, bodies=_bodies(request.user), initial={"name": found.name, "body": found.body_id})
    if found.shared_at:
        del form.fields["body"]  # whoever sees it now shall not lose it by a change of name
    if form.is_bound and form.is_valid():
        values = {"name": form.cleaned_data["name"], "content": found.content | {"name": form.cleaned_data["name"]}}
        if "body" in form.fields:
            values["body_id"] = _pk(form.cleaned_data["body"])
        actions.change_scenario(found, by=request.user, **values)
        messages.success(request, "The name is changed.")
        return redirect(found)
    return _form_page(request, form, f"Rename “{found.name}”", found)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request, public_id):
    """Share a scenario with everybody who has a place on its board or group, or take it back."""
    found = _find_own(request, public_id)
    if request.method == "POST":
        act = actions.withdraw_scenario if found.shared_at else actions.share_scenario
        try:
            act(found, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect(f"/workbench/{public_id}/rename/")
        messages.success(
            request, "The scenario is taken back." if found.shared_at else f"Everybody of {found.body} sees it now."
        )
        return redirect(found)
    form = PortalForm()
    form.submit_label = "Take it back" if found.shared_at else "Share it"
    heading = f"Take back “{found.name}”?" if found.shared_at else f"Share “{found.name}”?"
    return _form_page(request, form, heading, found, lead=reading.sharing(found))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, public_id):
    found = _find_own(request, public_id)
    if request.method == "POST":
        actions.delete_scenario(found, by=request.user)
        messages.success(request, f"“{found.name}” is deleted.")
        return redirect("/workbench/scenarios/")
    form = PortalForm()
    form.submit_label, form.submit_class = "Delete the scenario", "govuk-button--warning"
    lead = "Its rules, places and attendance are gone for good, for everybody who sees it. This cannot be undone."
    return _form_page(request, form, f"Delete “{found.name}”?", found, lead=lead)


def _find(request, public_id):
    visible = Scenario.objects.visible_to(request.user).select_related("body", "created_by__person")
    found = visible.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _find_own(request, public_id):
    found = _find(request, public_id)
    verdict = may_change_scenario(request.user, found)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return found


def _bodies(user):
    return Body.objects.visible_to(user).present(timezone.localdate()).order_by("name")


def _form_page(request, form, heading, found, *, lead=""):
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "crumbs": [CRUMB, {"label": found.name, "href": found.get_absolute_url()}],
        "cancel_href": found.get_absolute_url(),
    }
    return render(request, "form_page.html", context, status=422 if form.errors else 200)


def _file(scenario):
    name = slugify(scenario["name"]) or "scenario"
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(content.as_yaml(scenario), content_type="application/yaml", headers=headers)
