"""The history: of a thing, of a person, and searched by whoever answers for it."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mktogether.lib.paging import newest_of
from partnerships.models import Person
from partnerships.standing import standing_of
from partnerships.story import kinds, searching, sight, telling
from records import history
from records.access import ask_afresh, signed_in

CRUMB = {"label": "History", "href": "/history/"}
READ_BEFORE = "read-before"  # in the address: how far back the second list of the page of a person goes


@signed_in
@require_safe
def search(request):
    """Who did and read what, narrowed by what stands in the address."""
    _refuse_others(request)
    found = searching.search(request.user, request.GET)
    narrowed = found.filter
    chosen = narrowed.chosen()
    pages = newest_of(found.events, request.GET.get("before"), chosen)
    context = {
        "rows": telling.told(request.user, pages.rows),
        "pages": pages,
        "total": found.total,
        "people": narrowed.options("person"),
        "acts": narrowed.options("act"),
        "things": narrowed.options("thing"),
        "boards": narrowed.options("board"),
        "days": narrowed.dates(),
        "left_out": narrowed.refused(),
        "problem": narrowed.problem(),
        "may_export": searching.may_export(found),
        "export_query": searching.query_of(chosen),
    }
    searching.note(found, by=request.user, method=request.method)
    return render(request, "partnerships/story/search.html", context)


def _refuse_others(request):
    """
    Whoever may not search finds no such page, and is not asked to confirm that it is they for nothing.

    There is one history, and that it is there is no secret: unlike with a case, asking first would hide nothing.
    """
    if not sight.may_search(request.user):
        raise Http404
    ask_afresh(request)


@signed_in
@require_safe
def export(request, kind):
    """What a search found, as a file."""
    _refuse_others(request)
    if kind not in searching.FORMATS:
        raise Http404
    found = searching.search(request.user, request.GET)
    if not searching.may_export(found):
        raise Http404
    content_type, name, content = searching.export(found, kind, by=request.user, method=request.method)
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@signed_in
@require_safe
def of_thing(request, kind, thing_id):
    """The whole history of a thing, for those who see it."""
    known = kinds.called(kind)
    thing = _found(known, request.user, thing_id) if known else None
    if thing is None:
        raise Http404
    pages = newest_of(sight.of_thing(request.user, thing), request.GET.get("before"), {})
    title, href = known.title(thing), known.address(thing)
    context = {
        "title": title,
        "rows": telling.told(request.user, pages.rows, here=thing),
        "pages": pages,
        "crumbs": [{"label": title, "href": href}, {"label": "History"}],
    }
    history.read(thing, by=request.user, verb="history.thing_read", method=request.method)
    return render(request, "partnerships/story/of_thing.html", context)


def _found(kind, user, thing_id):
    try:
        return (kind.told_to or kind.visible)(user).filter(**{kind.found_by: thing_id}).first()
    except (ValidationError, ValueError, OverflowError):  # what no id looks like
        return None


@signed_in
@require_safe
def mine(request):
    """What one did oneself, and what others read of one."""
    person = standing_of(request.user).person
    if person is None or not sight.may_read_of(request.user, person):
        raise Http404
    return _of_person(request, person)


@signed_in
@require_safe
def of_person(request, public_id):
    """What somebody did, and what others read of them."""
    person = get_object_or_404(Person.objects.select_related("agency"), public_id=public_id)
    if not sight.may_read_of(request.user, person):
        raise Http404
    return _of_person(request, person)


def _of_person(request, person):
    own = person == standing_of(request.user).person
    done_before, read_before = request.GET.get("before"), request.GET.get(READ_BEFORE)
    pages = newest_of(sight.done_by(request.user, person), done_before, {READ_BEFORE: read_before})
    reads = sight.read_of(request.user, person)
    read = newest_of(reads, read_before, {"before": done_before}, name=READ_BEFORE, part="#read-head")
    context = {
        "person": person,
        "own": own,
        "rows": telling.told(request.user, pages.rows),
        "pages": pages,
        "read": telling.told(request.user, read.rows),
        "read_pages": read,
        "crumbs": [*([CRUMB] if sight.may_search(request.user) else []), {"label": person.in_full}],
    }
    history.read(person, by=request.user, verb="history.person_read", method=request.method)
    return render(request, "partnerships/story/of_person.html", context)
