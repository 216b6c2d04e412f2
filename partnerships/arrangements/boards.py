"""The boards and groups of a file: names, lines, terms of reference; and those that it no longer names."""

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
OF_TERMS = {
    "arrangement_id": "the edition they belong to",
    "edition": "the edition",
    "order": "the place in the edition",
    "ends_on": "the last day",
    "approved": "the day of approval",
    "approved_by": "who approved them",
    "rules": "the rules",
    "sponsor_id": "the sponsor",
    "purpose": "the purpose",
    "functions": "the list of functions",
    "meetings_a_year": "the number of meetings a year",
    "at_least": "“at least”",
    "frequency": "the frequency",
    "months": "the list of months",
    "months_are_usual": "“months are usual”",
    "mode": "the way of meeting",
    "in_person_a_year": "the number of meetings in person",
    "is_public": "whether meetings are public",
    "public_note": "the note on the public",
    "papers_working_days": "the working days for papers",
    "minutes_working_days": "the working days for minutes",
    "papers_note": "the note on papers",
    "deputies": "what is said of deputies",
    "member_level": "the level of members",
    "eligibility": "who may be a member",
    "barred_offices": "the list of barred roles",
    "standing_items": "the list of standing items",
    "agenda_cycle": "the agenda by month",
    "chair_by": "how the chair is chosen",
    "chair_words": "who is the chair",
    "chair_agency_id": "the agency of the chair",
    "chair_among": "the list of those among whom the chair turns",
    "chair_months": "the term of the chair in months",
    "vice_by": "how the vice-chair is chosen",
    "vice_words": "who is the vice-chair",
    "vice_agency_id": "the agency of the vice-chair",
    "vice_among": "the list of those among whom the vice-chair turns",
    "vice_months": "the term of the vice-chair in months",
    "attending": "the list of those in attendance",
    "expectations": "what is expected of members",
    "expectations_of_agencies": "what is expected of agencies",
    "summary": "the summary",
    "notes": "the notes",
}
OF_LINE = {
    "what": "what goes along it",
    "how_often": "how often",
    "note": "the note",
    "order": "the order",
    "ends_on": "the last day",
}


def settle(loading):
    """Boards by their keys. One that a newer edition names keeps what that says of it."""
    existing = {body.slug: body for body in Body.objects.filter(area=loading.area).prefetch_related("former_names")}
    newer = _in_newer_editions(loading)
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
    terms = _of_today(loading, entry.entries("terms"))
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


def _of_today(loading, entries):
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


def _in_newer_editions(loading):
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


def settle_terms(loading):
    """A version of terms for each board of the edition, also where nothing is stated; the one before it ends."""
    rows = TermsOfReference.objects.filter(body__in=loading.bodies.values()).select_related("body")
    existing = {(terms.body_id, terms.starts_on): terms for terms in rows}
    wanted = {}
    for order, entry in enumerate(loading.document.boards, start=1):
        body = loading.bodies[entry["key"]]
        for version in entry.entries("terms") or [None]:
            row = _version(loading, body, version)
            row.order = order
            wanted[body.pk, row.starts_on] = row
    for terms in existing.values():
        _fit(loading, terms, existing, wanted)
    loading.settle(
        existing,
        wanted,
        OF_TERMS,
        name=lambda terms: f"Terms of “{terms.body.name}” from {in_words(terms.starts_on)}",
        added=lambda terms: f"Terms of “{terms.body.name}” are added, from {in_words(terms.starts_on)}.",
    )


def _fit(loading, terms, existing, wanted):
    """End a version that the file's begins within; let the file's end before one that was published since."""
    of_body = [row for (body, _day), row in wanted.items() if body == terms.body_id]
    if (terms.body_id, terms.starts_on) in wanted:
        return
    for row in of_body:
        if terms.starts_on < row.starts_on and (terms.ends_on is None or terms.ends_on >= row.starts_on):
            terms.ends_on = row.starts_on - moments.ONE_DAY
            terms.save(update_fields=["ends_on"])
            loading.say(f"Terms of “{terms.body.name}” from {in_words(terms.starts_on)} end {in_words(terms.ends_on)}.")
        elif terms.starts_on > row.starts_on and (row.ends_on is None or row.ends_on >= terms.starts_on):
            row.ends_on = terms.starts_on - moments.ONE_DAY


def _version(loading, body, entry):
    stated = entry.values if entry is not None else {}
    lists = entry.texts if entry is not None else lambda _key: []
    starts_on, ends_on = stated.get("from"), stated.get("until")
    values = {
        "starts_on": starts_on or loading.document.first_day,
        "ends_on": ends_on or loading.document.last_day,
        "edition": stated.get("edition", loading.document.arrangement["name"]),
        "rules": f"{stated['rules']}\n" if "rules" in stated else "",
        "sponsor": loading.agencies.get(stated.get("sponsor")),
        "functions": lists("functions"),
        "meetings_a_year": stated.get("meetings a year"),
        "at_least": stated.get("at least", False),
        "months": stated.get("months", []),
        "months_are_usual": stated.get("months are usual", False),
        "in_person_a_year": stated.get("in person a year"),
        "is_public": stated.get("public"),
        "papers_working_days": stated.get("papers"),
        "minutes_working_days": stated.get("minutes"),
        "eligibility": lists("eligibility"),
        "barred_offices": lists("barred"),
        "standing_items": lists("standing items"),
        "agenda_cycle": stated.get("agenda by month", {}),
        "attending": lists("in attendance"),
        "expectations": lists("expectations of members"),
        "expectations_of_agencies": lists("expectations of agencies"),
        "notes": lists("notes"),
        **_chair_by_terms(loading, "chair", stated.get("chair")),
        **_chair_by_terms(loading, "vice", stated.get("vice-chair")),
    }
    for key in ("approved", "approved by", "purpose", "frequency", "mode", "public note", "papers note", "deputies",
                "member level", "summary"):  # fmt: skip
        values[key.replace(" ", "_")] = stated.get(key, "")
    return TermsOfReference(body=body, arrangement=loading.arrangement, **values)


def _chair_by_terms(loading, part, entry):
    if entry is None:
        return {}
    return {
        f"{part}_by": entry["by"],
        f"{part}_words": entry.get("post", ""),
        f"{part}_agency": loading.agencies.get(entry["agency"]),
        f"{part}_among": entry.texts("among"),
        f"{part}_months": entry["months"],
    }


def settle_lines(loading):
    """Lines of the boards of the file; one that it no longer draws ends. Access follows the first one upwards."""
    rows = Line.objects.filter(body__in=loading.bodies.values()).select_related("body", "to_body", "to_agency")
    there = list(rows)
    wanted, existing = {}, {}
    for entry in loading.document.boards:
        body = loading.bodies[entry["key"]]
        for order, stated in enumerate(entry.entries("lines"), start=1):
            row = _line(loading, body, stated, order)
            present = _same_line(there, row, stated)
            if present is not None:
                row.starts_on = present.starts_on
                existing[_ends(row), row.starts_on] = present
                if not loading.is_newest and "until" not in stated:
                    row.ends_on = present.ends_on
            wanted[_ends(row), row.starts_on] = row
    loading.settle(existing, wanted, OF_LINE, name=lambda line: f"Line “{line}”")
    kept = {line.pk for line in existing.values()}
    for line in there:
        if line.pk not in kept:
            _end_line(loading, line)
    _reports_to(loading)


def _line(loading, body, entry, order):
    starts_on, ends_on = loading.document.span(entry)
    return Line(
        body=body,
        kind=entry["kind"],
        to_body=loading.bodies.get(entry["board"]),
        to_agency=loading.agencies.get(entry["agency"]),
        to_role=entry.get("role", ""),
        what=entry.get("what", ""),
        how_often=entry.get("how often", ""),
        note=entry.get("note", ""),
        order=order,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _ends(line):
    return line.body_id, line.kind, line.to_body_id, line.to_agency_id, line.to_role


def _same_line(there, row, entry):
    for line in there:
        if _ends(line) == _ends(row):
            goes_on = line.starts_on <= row.starts_on and (line.ends_on is None or line.ends_on >= row.starts_on)
            if line.starts_on == row.starts_on or (goes_on and "from" not in entry):
                return line
    return None


def _end_line(loading, line):
    last = loading.turn_day - moments.ONE_DAY
    if not loading.is_newest or (line.ends_on is not None and line.ends_on <= last):
        return
    if line.starts_on > last:
        line.delete()  # it never held on any day
        loading.say(f"Line “{line}” is withdrawn before it begins.")
        return
    line.ends_on = last
    line.save(update_fields=["ends_on"])
    loading.say(f"Line “{line}” ends on {in_words(last)}.")


def _reports_to(loading):
    changed = []
    for entry in loading.document.boards:
        body = loading.bodies[entry["key"]]
        if not loading.is_newest and body.pk in _in_newer_editions(loading):
            continue
        upwards = [line for line in entry.entries("lines") if line["kind"] in Line.UPWARD and "board" in line]
        first = _of_today(loading, upwards)
        above = loading.bodies[first["board"]].pk if first is not None else None
        if body.reports_to_id != above:
            body.reports_to_id = above
            if entry["key"] in loading.known:
                name = loading.bodies[first["board"]].name if first is not None else "none"
                loading.say(f"Board “{body.name}”: the board whose chair reads its meetings is now “{name}”.")
            changed.append(body)
    Body.objects.bulk_update(changed, ["reports_to"])


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
