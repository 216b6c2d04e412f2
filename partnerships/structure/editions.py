"""Editions of the arrangements as they are read: their boards, two of them side by side, and the structure drawn."""

from django.db.models import BigAutoField, DateField, DateTimeField, Q
from django.utils import timezone

from mktogether.lib.among import Numbers
from mktogether.lib.drawing import structure
from mktogether.lib.partial_days import words as partial_day
from mktogether.lib.prepared import Prepared, PreparedModels
from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import comparing
from partnerships.arrangements.layering import outline
from partnerships.as_at import end_of
from partnerships.models import (
    Agency,
    Arrangement,
    Body,
    FormerName,
    Line,
    Office,
    RelevantAgency,
    Seat,
    SpecifiedRole,
    TermsOfReference,
)
from partnerships.standing import standing_of
from partnerships.structure import stating
from partnerships.structure.reads import KNOWN, NAMED_IN_TERMS

NOT_STATED = stating.NOT_STATED


def seen_by(user):
    """The editions of the areas of ``user``, the newest first."""
    return Arrangement.objects.visible_to(user).order_by("-first_day")


ALL = PreparedModels(
    lambda areas: Arrangement.objects.regardless(KNOWN).filter(area__pk__among=areas).order_by("-first_day"),
    areas=Numbers(),
)


def by_key(user):
    """The same by their keys, in that order; one query."""
    return {edition.key: edition for edition in ALL(areas=standing_of(user).structure_of)}


def rows(user, now):
    """Every edition with its days and how many boards it has; two queries."""
    found = list(seen_by(user))
    today = timezone.localdate(now)
    seen = Body.objects.visible_to(user).values("pk")
    terms = TermsOfReference.objects.filter(arrangement__in=found, body__in=seen).order_by()
    boards = {}
    for edition, body in terms.values_list("arrangement_id", "body_id").distinct():
        boards.setdefault(edition, set()).add(body)
    return [
        {
            "key": edition.key,
            "name": edition.name,
            "href": edition.get_absolute_url(),
            "applied": applied(edition),
            "stated": _stated(edition),
            "boards": len(boards.get(edition.pk, ())),
            "is_in_force": edition.is_in_force(today),
        }
        for edition in found
    ]


def applied(edition):
    """On which days the portal applies it."""
    until = f" to {in_words(edition.last_day)}" if edition.last_day else ", until further notice"
    return f"from {in_words(edition.first_day)}{until}"


def _stated(edition):
    """What the document says of its own days."""
    if not (edition.stated_from or edition.stated_until):
        return NOT_STATED
    begins = partial_day(edition.stated_from) or "not stated"
    ends = partial_day(edition.stated_until) or "not stated"
    return f"from {begins}, until {ends}" if edition.stated_until else f"from {begins}"


def day_of(edition, today):
    """The day on which an edition is looked at: today while it is in force, its last day once it is over."""
    if edition.last_day is not None and edition.last_day < today:
        return edition.last_day
    return max(edition.first_day, today)


TERMS = PreparedModels(
    lambda edition, day: (
        TermsOfReference.objects.filter(arrangement=edition, starts_on__lte=day)
        .select_related("body", *NAMED_IN_TERMS)
        .order_by("order", "body__name", "-starts_on")
    ),
    edition=BigAutoField(),
    day=DateField(),
)


def terms_in(edition, seen, day):
    """
    For each board that the edition names, the terms that it gives it, as they are on ``day``; one query.

    ``seen`` are the ids of the boards that the reader may see.
    """
    latest = {}
    for terms in TERMS(edition=edition.pk, day=day):
        if terms.body_id in seen:
            terms.arrangement = edition
            latest.setdefault(terms.body_id, terms)
    return list(latest.values())


SEEN = Prepared(
    lambda areas: Body.objects.regardless(KNOWN).of_area(areas).order_by().values_list("pk", "succeeded_by_id"),
    areas=Numbers(),
)


def bodies_seen_by(user):
    """The ids of the boards and groups that ``user`` may see, each with what came after it; one query."""
    return dict(SEEN(areas=standing_of(user).structure_of))


def _named_in(edition):
    return TermsOfReference.objects.filter(arrangement=edition).values("body")


FORMER_NAMES = Prepared(
    lambda edition, day: (
        FormerName.objects.filter(body__in=_named_in(edition), last_day__gte=day)
        .order_by("-last_day")
        .values_list("body_id", "name")
    ),
    edition=BigAutoField(),
    day=DateField(),
)
PLACES = Prepared(
    lambda edition, at: (
        Seat.objects.filter(body__in=_named_in(edition), in_attendance=False)
        .in_force(at)
        .order_by("order", "id")
        .values_list("body_id", "agency_id", "agency__short_name", "title")
    ),
    edition=BigAutoField(),
    at=DateTimeField(),
)


def names_on(edition, bodies, day):
    """What each of ``bodies``, which ``edition`` names, was called on ``day``; one query."""
    found = {body.pk: body.name for body in bodies}
    found.update((body, name) for body, name in FORMER_NAMES(edition=edition.pk, day=day) if body in found)
    return found


# --- One edition ------------------------------------------------------------------------------------------------------


def edition(found, user, now):
    """The context of the page of the edition ``found``: what it says, its boards, the structure drawn; six queries."""
    day = day_of(found, timezone.localdate(now))
    versions = terms_in(found, bodies_seen_by(user), day)
    bodies = [terms.body for terms in versions]
    names = names_on(found, bodies, day)
    lines = _lines(bodies, day, user)
    return {
        "edition": found,
        "day": day,
        "when": f"?on={day.isoformat()}" if day != timezone.localdate(now) else "",
        "facts": [
            ("Applied by the portal", applied(found)),
            ("In force, as the document says", _stated(found)),
            ("Published", partial_day(found.published) or NOT_STATED),
            ("Notified", _notified(found)),
            ("Covers", found.covers or NOT_STATED),
            ("Source", found.source or NOT_STATED),
        ],
        "notes": found.notes,
        "expectations": found.expectations,
        "relevant": _relevant(found, day),
        "roles": _roles(found, day),
        "drawing": _drawn(found, versions, names, lines),
        "outline": _in_words(versions, names, lines, user),
        "boards": len(versions),
        "data_address": found.data_address if found.is_published(timezone.localdate(now)) else "",
    }


def _notified(edition):
    if not (edition.notified or edition.notified_to):
        return NOT_STATED
    to = f" to {', '.join(edition.notified_to)}" if edition.notified_to else ""
    return f"{partial_day(edition.notified) or 'When is not stated'}{to}"


def _lines(bodies, day, user):
    """The lines of ``bodies`` on ``day`` by body; one query."""
    seen = Body.objects.visible_to(user).values("pk")
    rows = Line.objects.in_force_on(day).filter(body__in=[body.pk for body in bodies])
    found = {}
    rows = rows.filter(Q(to_body__isnull=True) | Q(to_body__in=seen)).order_by("order", "id")
    for line in rows.select_related("to_body", "to_agency"):
        found.setdefault(line.body_id, []).append(line)
    return found


def _entries(versions, lines):
    """The bodies as an outline by their lines upwards."""
    upward = {
        body: [line.to_body_id for line in of_body if line.kind in Line.UPWARD and line.to_body_id]
        for body, of_body in lines.items()
    }
    return outline([terms.body_id for terms in versions], upward)


def _drawn(edition, versions, names, lines):
    """The structure as a drawing. What it says stands beside it in words."""
    by_body = {terms.body_id: terms for terms in versions}
    boards = [
        {
            "name": names[entry.key],
            "sponsor": by_body[entry.key].sponsor.short_name if by_body[entry.key].sponsor else "",
            "level": entry.level,
            "reports_to": names.get(entry.above, ""),
        }
        for entry in _entries(versions, lines)
    ]
    return structure(f"The structure by {edition.name}. The list below says the same in words.", boards)


def _in_words(versions, names, lines, user):
    """The structure in words, in the order of the drawing: each body with every line that leads from it."""
    by_body = {terms.body_id: terms for terms in versions}
    own = standing_of(user).area_ids
    return [
        {
            "name": names[entry.key],
            "href": by_body[entry.key].body.get_absolute_url(),
            "kind": by_body[entry.key].body.get_kind_display(),
            "level": min(entry.level, 3),
            "shared": by_body[entry.key].body.area_id not in own,
            "sponsor": by_body[entry.key].sponsor.name if by_body[entry.key].sponsor else "",
            "lines": [_line(line, names) for line in lines.get(entry.key, ())],
        }
        for entry in _entries(versions, lines)
    ]


def _line(line, names):
    end = names.get(line.to_body_id) or str(line.end)
    more = "; ".join(filter(None, [line.what, line.how_often]))
    return f"{line.get_kind_display()} {end}{f' ({more})' if more else ''}"


def _relevant(edition, day):
    found = RelevantAgency.objects.filter(arrangement=edition).select_related("agency")
    return [
        {
            "name": row.named or row.agency.name,
            "href": f"/partners/{row.agency.slug}/",
            "expectations": row.expectations,
            "note": row.note,
        }
        for row in found
        if row.last_day is None or row.last_day >= day
    ]


def _roles(edition, day):
    labels = dict(Office.Kind.choices)
    found = SpecifiedRole.objects.filter(arrangement=edition).select_related("agency")
    return [
        {
            "role": labels[row.kind] + (f" for {row.subject}" if row.subject else ""),
            "post": row.post,
            "agency": row.agency.short_name if row.agency else "",
            "duties": row.duties,
            "note": row.note,
        }
        for row in found
        if row.last_day is None or row.last_day >= day
    ]


# --- Two editions -----------------------------------------------------------------------------------------------------


def compared(older, newer, user, now):
    """Both editions side by side, as ``partnerships.arrangements.comparing`` has it; eight queries."""
    heirs = _heirs_of_agencies(older.area_id)
    seen = bodies_seen_by(user)
    sides = [_as_values(edition, seen, now, heirs) for edition in (older, newer)]
    return comparing.compare(*sides, {pk: heir for pk, heir in seen.items() if heir is not None})


AGENCIES = Prepared(
    lambda area: Agency.objects.filter(area=area).order_by().values_list("pk", "part_of_id", "succeeded_by_id"),
    area=BigAutoField(),
)


def _heirs_of_agencies(area_id):
    """For each agency the one that stands for it today, and counts for it: who came after it, as a part of whom."""
    found = {pk: part_of or succeeded_by for pk, part_of, succeeded_by in AGENCIES(area=area_id)}

    def last(pk):
        seen = set()
        while found.get(pk) is not None and pk not in seen:
            seen.add(pk)
            pk = found[pk]
        return pk

    return {pk: last(pk) for pk in found}


def _as_values(edition, seen, now, heirs):
    today = timezone.localdate(now)
    day = day_of(edition, today)
    versions = terms_in(edition, seen, day)
    names = names_on(edition, [terms.body for terms in versions], day)
    places = {}
    for body, agency, short, title in PLACES(edition=edition.pk, at=now if day == today else end_of(day)):
        places.setdefault(body, []).append(comparing.Place(short, heirs.get(agency, agency), title))
    boards = tuple(
        comparing.Board(
            key=terms.body_id,
            name=names[terms.body_id],
            kind=terms.body.get_kind_display(),
            stated=tuple(stating.statements(terms)),
            places=tuple(places.get(terms.body_id, ())),
        )
        for terms in versions
    )
    return comparing.Edition(edition.name, boards)


RULES = Prepared(
    lambda edition, body, day: (
        TermsOfReference.objects.filter(arrangement=edition, body=body, starts_on__lte=day)
        .order_by("-starts_on")
        .values_list("rules")[:1]
    ),
    edition=BigAutoField(),
    body=BigAutoField(),
    day=DateField(),
)


def rules_in(edition, body, day):
    """The rules that ``edition`` gives to ``body`` (its id), as text; None where it does not name it. One query."""
    found = RULES(edition=edition.pk, body=body, day=max(day, edition.first_day))
    return found[0][0] if found else None
