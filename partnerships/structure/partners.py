"""Partners: what they are called, what they count as, their places and people, and what an edition expects of them."""

from operator import attrgetter

from django.db.models import BigAutoField, CharField, Count, DateField, F, Q

from mktogether.lib.among import Numbers
from mktogether.lib.partial_days import words as partial_day
from mktogether.lib.prepared import Prepared, PreparedModels
from partnerships import queries
from partnerships.models import Agency, AgencyAlias, Body, Office, RelevantAgency, Seat, SpecifiedRole
from partnerships.models.bodies import BodyQuerySet
from partnerships.models.dated import in_force
from partnerships.rules.names import listed
from partnerships.standing import standing_of
from partnerships.structure import reads

BY_NAME = attrgetter("name")
NOT_STATED = "Not stated"
MANY = "Many organisations under one name, reached by mail and without accounts."


def seen_by(user):
    """The partners of the areas in which ``user`` takes part: the structure is known to all who do."""
    return Agency.objects.filter(area__in=standing_of(user).structure_of)


AT = PreparedModels(
    lambda areas, slug: (
        Agency.objects.filter(area__pk__among=areas, slug=slug)
        .select_related("part_of", "succeeded_by")
        .order_by("name")[:1]
    ),
    areas=Numbers(),
    slug=CharField(),
)


def find(user, slug):
    """The partner with this address that ``user`` may see, with what its words need; None where they see none."""
    return next(iter(AT(areas=standing_of(user).structure_of, slug=slug)), None)


def rows(user, when):
    """Every partner of the area with its places as at ``when``; three queries."""
    found = list(
        seen_by(user)
        .order_by("name")
        .values("id", "short_name", "name", "slug", "classes", "is_crowd", "part_of_id", whole=F("part_of__short_name"))
    )
    seats = Seat.objects.filter(agency__in=[row["id"] for row in found], body__in=_bodies(user, when))
    counted = (
        seats.in_force(when.moment)
        .filter(in_attendance=False)
        .order_by()
        .values("agency")
        .annotate(
            places=Count("id", distinct=True),
            filled=Count("id", filter=in_force(when.moment, "appointments__"), distinct=True),
            boards=Count("body", distinct=True),
        )
    )
    by_agency = {row["agency"]: row for row in counted}
    for row in found:
        of_it = by_agency.get(row["id"], {"places": 0, "filled": 0, "boards": 0})
        row |= {name: of_it[name] for name in ("places", "filled", "boards")}
        row["types"] = ", ".join(row["classes"])
    return found


def _bodies(user, when):
    """The ids of the boards that ``user`` may see and that are there as at ``when``, as a query."""
    seen = Body.objects.visible_to(user)
    there = seen.present(when.day) if when.is_today else seen.there_on(when.day)
    return there.order_by().values("pk")


def _boards(there):
    """The boards of areas that are ``there``, by a method of their querysets, on a day; ready to be run."""
    return PreparedModels(
        lambda areas, day: there(Body.objects.regardless(reads.KNOWN).of_area(areas), day),
        areas=Numbers(),
        day=DateField(),
    )


TODAY, THEN = _boards(BodyQuerySet.present), _boards(BodyQuerySet.there_on)


def _there(user, when):
    """The boards that ``user`` may see and that are there as at ``when``, by id; one query."""
    found = TODAY if when.is_today else THEN
    return {body.pk: body for body in found(areas=standing_of(user).structure_of, day=when.day)}


def _still(model):
    """What an edition says of an agency in ``model``, and had not taken out by a day; ready to be run."""
    return PreparedModels(
        lambda edition, agency, day: model.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=day), arrangement=edition, agency=agency
        ),
        edition=BigAutoField(),
        agency=BigAutoField(),
        day=DateField(),
    )


RELEVANT, ROLES = _still(RelevantAgency), _still(SpecifiedRole)
AROUND = PreparedModels(
    lambda agency: Agency.objects.filter(Q(part_of=agency) | Q(succeeded_by=agency)).order_by("name"),
    agency=BigAutoField(),
)
ALIASES = Prepared(
    lambda agency: AgencyAlias.objects.filter(agency=agency).order_by("name").values_list("name"),
    agency=BigAutoField(),
)


def partner(agency, user, when, edition):
    """The context of the page of ``agency`` as at ``when``, when ``edition`` (None: none) applied; seven queries."""
    related = AROUND(agency=agency.pk)
    services = [one for one in related if one.part_of_id == agency.pk]
    before = [one for one in related if one.succeeded_by_id == agency.pk]
    there = _there(user, when)
    places = queries.places_of_partner(agency, there, when.moment)
    bodies = {place["body_id"]: there[place["body_id"]] for place in places}
    sponsored = [body for body in there.values() if body.sponsor_id == agency.pk]
    return {
        "agency": agency,
        "when": when,
        "types": ", ".join(agency.classes) or NOT_STATED,
        "aliases": [name for (name,) in ALIASES(agency=agency.pk)],
        "about": list(_about(agency, services, before)),
        "boards": _by_board(places, bodies, agency, when),
        "places_in_words": _in_words(places),
        "people": _people(places, bodies),
        "sponsors": [{"name": body.name, "href": body.get_absolute_url()} for body in sorted(sponsored, key=BY_NAME)],
        "relevant": _relevant(agency, edition, when.day),
        "roles": _roles(agency, edition, when.day),
    }


def _about(agency, services, predecessors):
    """What it counts as, who came before it and after, as sentences."""
    if agency.part_of:
        yield f"It reports apart, and counts as {agency.part_of.name} for a quorum."
    if services:
        yield f"{listed([service.name for service in services])} report apart and count as it for a quorum."
    for before in predecessors:
        since = f" ({partial_day(before.succeeded)})" if before.succeeded else ", when is not stated"
        yield f"It came after {before.name}{since}."
    if agency.succeeded_by:
        since = f" since {partial_day(agency.succeeded)}" if agency.succeeded else ", since when is not stated"
        yield f"In its place stands {agency.succeeded_by.name}{since}."
    if agency.is_crowd:
        yield MANY
    if agency.note:
        yield agency.note


def _by_board(places, bodies, agency, when):
    """Its places by board or group, boards in the order of the arrangements."""
    order = sorted(bodies.values(), key=lambda body: (body.order, body.name))
    return [
        {
            "name": body.name,
            "href": f"{body.get_absolute_url()}{when.query}",
            "slug": body.slug,
            "places": [_place(place, agency) for place in places if place["body_id"] == body.pk],
        }
        for body in order
    ]


def _place(place, agency):
    return {
        "id": place["id"],
        "title": place["title"],
        "service": place["agency_short"] if place["agency_id"] != agency.pk else "",
        "holder": place["holder"] or "",
        "post_only": place["post_only"],
        "deputies": ", ".join(post for _person, post in place["deputies"]),
        "votes": place["votes"],
        "counts": place["counts"],
    }


def _in_words(places):
    filled = sum(1 for place in places if place["holder"] or place["post_only"])
    return f"{len(places)} place{'' if len(places) == 1 else 's'} · {filled} filled" if places else "No places"


def _people(places, bodies):
    """Who sits or stands in for it, by post, with where."""
    found = {}
    for place in places:
        board = bodies[place["body_id"]].short_name
        if place["holder_id"] is not None:
            found.setdefault(place["holder_id"], (place["holder"], []))[1].append(f"member of {board}")
        for person, post in place["deputies"]:
            found.setdefault(person, (post, []))[1].append(f"deputy on {board}")
    rows = [{"post": post, "parts": ", ".join(dict.fromkeys(parts))} for post, parts in found.values()]
    return sorted(rows, key=lambda row: row["post"])


def _relevant(agency, edition, day):
    """What ``edition`` expects of it, as one of its relevant agencies; None where it names it as none."""
    if edition is None:
        return None
    found = RELEVANT(edition=edition.pk, agency=agency.pk, day=day)
    if not found:
        return None
    row = found[0]
    return {
        "named": row.named if row.named != agency.name else "",
        "expectations": [*row.expectations, *edition.expectations],
        "note": row.note,
        "edition": edition.name,
    }


def _roles(agency, edition, day):
    """The specified roles that ``edition`` gives to its posts."""
    if edition is None:
        return []
    labels = dict(Office.Kind.choices)
    found = ROLES(edition=edition.pk, agency=agency.pk, day=day)
    return [
        {
            "role": labels[row.kind] + (f" for {row.subject}" if row.subject else ""),
            "post": row.post,
            "duties": row.duties,
            "note": row.note,
        }
        for row in found
    ]
