"""The boards and groups of a file, with their names; and those that it no longer names."""

from django.db.models import Max

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import moments
from partnerships.arrangements.editions import others_before
from partnerships.arrangements.rules import is_in_force
from partnerships.models import Appointment, Body, Chairing, FormerName, Line, NamedDeputy, Seat, TermsOfReference

OF_BODY = {
    "name": "the name",
    "short_name": "the short name",
    "kind": "the kind",
    "sponsor_id": "the sponsor",
    "purpose": "the purpose",
    "opened_on": "the first day",
    "closed_on": "the last day",
    "plan": "the plan",
    "planned_end": "the planned end",
    "order": "the order",
}


def settle(loading):
    """Boards by their keys. One that a newer edition names keeps what that says of it."""
    existing = {body.slug: body for body in Body.objects.filter(area=loading.area).prefetch_related("former_names")}
    newer = in_newer_editions(loading)
    wanted, kept = {}, {}
    for order, entry in enumerate(loading.document.boards, start=1):
        present = existing.get(entry["key"])
        row = _body(loading, entry, order, present)
        if present is not None and present.pk in newer:
            kept[entry["key"]] = present
            _name_of_the_past(loading, present, row)
        else:
            wanted[entry["key"]] = row
            if present is not None:
                _renamed(loading, entry, present, row)
    here = {key: body for key, body in existing.items() if key in wanted}
    loading.known = set(existing)
    found = loading.settle(here, wanted, OF_BODY, name=lambda body: f"Board “{body.name}”", added=_added(loading))
    loading.bodies = {**found, **kept}
    _formerly(loading)
    _shared(loading)


def _body(loading, entry, order, present):
    terms = of_today(loading, entry.entries("terms"))
    closed = entry["closed"]
    if closed is None and present is not None and not loading.is_newest:
        closed = present.closed_on
    return Body(
        area=loading.area,
        slug=entry["key"],
        name=entry["name"],
        short_name=entry.get("short", entry["name"][:40]),
        kind=entry["kind"],
        sponsor=loading.agencies.get(terms["sponsor"]) if terms else None,
        purpose=terms.get("purpose", "") if terms else "",
        opened_on=entry["opened"],
        closed_on=closed,
        plan=entry.get("plan", ""),
        planned_end=entry["planned end"],
        order=order,
    )


def of_today(loading, entries):
    """Of terms or lines the one that holds today, or on the day of the edition nearest to it; else the first."""
    day = max(loading.today, loading.document.first_day)
    day = day if loading.document.last_day is None else min(day, loading.document.last_day)
    of_day = (entry for entry in entries if is_in_force(*loading.document.span(entry), day))
    return next(of_day, entries[0] if entries else None)


def _added(loading):
    def sentence(body):
        places = len(loading.document.places.get(body.slug, ()))
        counted = "without places" if not places else "with 1 place" if places == 1 else f"with {places} places"
        return f"Board “{body.name}” ({body.get_kind_display().lower()}) is added, {counted}."

    return sentence


def in_newer_editions(loading):
    """The keys of the boards that a newer edition names."""
    terms = TermsOfReference.objects.filter(
        body__area=loading.area, arrangement__first_day__gt=loading.document.first_day
    )
    return set(terms.values_list("body_id", flat=True))


def _renamed(loading, entry, present, row):
    """Keep the name that a board had until now, unless the file says itself until when it had it."""
    if present.name == row.name or any(former["name"] == present.name for former in entry.entries("formerly")):
        return
    _keep_name(loading, present, present.name, present.short_name, loading.turn_day - moments.ONE_DAY)


def _name_of_the_past(loading, present, row):
    last = loading.document.last_day
    if last is not None and present.name_on(loading.document.first_day) != row.name:
        _keep_name(loading, present, row.name, row.short_name, last)


def _keep_name(loading, body, name, short_name, last_day):
    if not any(former.last_day == last_day for former in body.former_names.all()):
        FormerName.objects.create(body=body, name=name, short_name=short_name, last_day=last_day)
        loading.say(f"Board “{body.name}” was called “{name}” until {in_words(last_day)}.")


def _formerly(loading):
    rows = FormerName.objects.filter(body__in=loading.bodies.values())
    existing = {(former.body_id, former.last_day): former for former in rows.select_related("body")}
    wanted = {}
    for entry in loading.document.boards:
        body = loading.bodies[entry["key"]]
        for former in entry.entries("formerly"):
            name = former["name"]
            row = FormerName(body=body, name=name, short_name=former.get("short", name[:40]), last_day=former["until"])
            wanted[body.pk, row.last_day] = row
    loading.settle(
        existing,
        wanted,
        {"name": "the former name", "short_name": "the former short name"},
        name=lambda former: f"Board “{former.body.name}”",
        added=lambda one: f"Board “{one.body.name}” was called “{one.name}” until {in_words(one.last_day)}.",
    )


def _shared(loading):
    through = Body.shared_with.through
    links = through.objects.filter(body__in=loading.bodies.values()).values_list("body_id", "area_id")
    there = set(links)
    new = []
    for entry in loading.document.boards:
        body = loading.bodies[entry["key"]]
        for _line, key in entry.get("shared with", ()):
            area = loading.areas[key]
            if (body.pk, area.pk) not in there:
                new.append(through(body_id=body.pk, area_id=area.pk))
                loading.say(f"Board “{body.name}” is shared with {area.name}.")
        if body.pk in {pk for pk, _area in there} and "shared with" not in entry and loading.is_newest:
            through.objects.filter(body_id=body.pk).delete()
            loading.say(f"Board “{body.name}” is no longer shared.")
    through.objects.bulk_create(new)


def close(loading):
    """
    End the boards of the edition before this one that it no longer names, and say of each board what it belongs to.

    A board of an edition that is over belongs to an earlier structure. Where that edition ended the day before this one
    begins, or would have gone on, so did the board; otherwise its last day is not known.
    """
    if loading.is_newest:
        _close_those_left_out(loading)
    _earlier_structures(loading)
    _succeed(loading)


def _close_those_left_out(loading):
    last = loading.turn_day - moments.ONE_DAY
    named = {body.pk for body in loading.bodies.values()}
    editions = {loading.arrangement.pk}
    before = others_before(loading)
    if before is not None:
        editions.add(before.pk)
    bodies = Body.objects.filter(area=loading.area, closed_on__isnull=True, terms__arrangement__in=editions)
    for body in bodies.exclude(pk__in=named).distinct():
        body.closed_on = last if body.opened_on is None else max(last, body.opened_on)
        body.save(update_fields=["closed_on"])
        loading.closed.append(body)
        loading.say(f"Board “{body.name}” closes on {in_words(body.closed_on)}, with its places, lines and terms.")
    _end_what_hangs_on(loading, loading.closed, last)


def _end_what_hangs_on(loading, bodies, last):
    at = moments.start_of(last + moments.ONE_DAY)
    for model, of_body in (
        (Appointment, "seat__body__in"), (NamedDeputy, "seat__body__in"), (Chairing, "body__in"), (Seat, "body__in"),
    ):  # fmt: skip
        open_rows = [
            row for row in model.objects.filter(**{of_body: bodies}) if row.ends_at is None or row.ends_at > at
        ]
        for row in open_rows:
            row.ends_at = max(row.starts_at, at)
        model.objects.bulk_update(open_rows, ["ends_at"])
    for model in (TermsOfReference, Line):
        open_rows = [row for row in model.objects.filter(body__in=bodies) if row.ends_on is None or row.ends_on > last]
        for row in open_rows:
            row.ends_on = max(row.starts_on, last)
        model.objects.bulk_update(open_rows, ["ends_on"])


def _earlier_structures(loading):
    editions = {row.first_day: row for row in loading.area.arrangements.all()}
    last_named = Body.objects.filter(area=loading.area, terms__arrangement__isnull=False).annotate(
        last_named=Max("terms__arrangement__first_day")
    )
    changed = []
    for body in last_named:
        edition = editions[body.last_named]
        is_over = edition.last_day is not None and edition.last_day < loading.today
        earlier = edition.name if is_over else ""
        if body.earlier_structure != earlier:
            body.earlier_structure = earlier
            if not earlier and body.closed_on is None:
                body.succeeded_by = None
            changed.append(body)
            if earlier:
                loading.say(f"Board “{body.name}” belongs to an earlier structure: {earlier}.")
    Body.objects.bulk_update(changed, ["earlier_structure", "succeeded_by"])


def _succeed(loading):
    changed = []
    everything = {body.slug: body for body in Body.objects.filter(area=loading.area)}
    for entry in loading.document.boards:
        for line, key in entry.get("succeeds", ()):
            before, body = everything.get(key), everything[entry["key"]]
            if before is None:
                remedy = "Load the arrangements that it belongs to, and then this file again."
                loading.warn(line, f"“{key}” is no board here, so nothing is said of who came after it.", remedy)
            elif before.closed_on is None and not before.earlier_structure:
                remedy = "Leave it out of the newer arrangements, or state its last day."
                loading.wrong(line, f"“{before.name}” goes on, so nothing came after it.", remedy)
            elif before.succeeded_by_id != body.pk:
                before.succeeded_by = body
                changed.append(before)
                loading.say(f"Board “{before.name}” is succeeded by “{body.name}”.")
    Body.objects.bulk_update(changed, ["succeeded_by"])
