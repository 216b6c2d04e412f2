"""Boards and groups with who sits there, and the contacts of the front door."""

import datetime as dt
from itertools import groupby

from django.db.models import BigAutoField, CharField, Count, DateTimeField, F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce

from mktogether.lib.among import Numbers
from mktogether.lib.prepared import Prepared, PreparedModels
from partnerships.models import (
    Arrangement,
    Body,
    Chairing,
    FormerName,
    Line,
    NamedDeputy,
    Office,
    PublicContact,
    Seat,
    TermsOfReference,
)
from partnerships.models.dated import in_force
from partnerships.standing import standing_of
from records.models import Job

NO_PARTNER = "No partner"
KIND_HEADINGS = {
    Body.Kind.STATUTORY: "Partnerships",
    Body.Kind.BOARD: "Boards",
    Body.Kind.GROUP: "Working groups",
    Body.Kind.SUB_GROUP: "Sub-groups",
    Body.Kind.TASK_AND_FINISH: "Task and finish groups",
    Body.Kind.PANEL: "Panels",
    Body.Kind.FORUM: "Forums",
    Body.Kind.OFFICE_HOLDERS: "Specified roles",
    Body.Kind.TEAM: "Support",
    Body.Kind.EVENT: "Events",
    Body.Kind.OUTSIDE: "Named in the arrangements",
}


def boards_by_kind(user, when):
    """
    The boards and groups that ``user`` may see as at ``when``, as rows under the heading of their kind; three queries.

    Today those of earlier structures stand apart from them; on another day there is nothing earlier to show.
    """
    rows, earlier = [], []
    for row in _boards(user, when):
        present = not when.is_today or Body.is_of_today(row["earlier_structure"], row["closed_on"], when.day)
        (rows if present else earlier).append(row)
    ids = [row["id"] for row in rows]
    places, chairs = _places_by_body(ids, when.moment), _chairs_by_body(ids, when.moment)
    standing = standing_of(user)
    for row in rows:
        row["filled"] = _filled_in_words(*places.get(row["id"], (0, 0, 0)))
        row["chair"] = chairs.get(row["id"], {}).get(Chairing.Part.CHAIR, "")
        row["mine"] = _part_of(standing, row["id"]) if when.is_today else ""
    kinds = [(heading, [row for row in rows if row["kind"] == kind]) for kind, heading in KIND_HEADINGS.items()]
    return kinds, earlier


def _boards(user, when):
    """
    The boards as at ``when``: on another day than today those that were there, as they were called and stood then.

    For another day three small queries more: asked for in one, they would cost more than they find.
    """
    found = list(
        Body.objects.visible_to(user)
        .order_by("order", "name")
        .values(
            "id", "name", "slug", "kind", "earlier_structure", "opened_on", "closed_on",
            reports=F("reports_to__name"), successor=F("succeeded_by__name"),
        )
    )  # fmt: skip
    if when.is_today:
        return found
    seen = {row["id"]: row for row in found}
    versions, above = {}, {}
    for body, *days in TermsOfReference.objects.filter(body__in=seen).values_list("body_id", "starts_on", "ends_on"):
        versions.setdefault(body, []).append(days)
    names = FormerName.objects.filter(body__in=seen, last_day__gte=when.day).order_by("-last_day")
    called = dict(names.values_list("body_id", "name"))
    lines = Line.objects.in_force_on(when.day).filter(body__in=seen, kind__in=Line.UPWARD, to_body__in=seen)
    for body, other in lines.order_by("-order", "-id").values_list("body_id", "to_body_id"):
        above[body] = other
    for pk, row in seen.items():
        row["called"] = called.get(pk, row["name"])
    there = [row for row in found if _was_there(row, versions.get(row["id"], ()), when.day)]
    for row in there:
        row["name"] = row["called"]
        row["reports"] = seen[above[row["id"]]]["called"] if row["id"] in above else ""
    return there


def _was_there(row, versions, day):
    return Body.lived_on(day, row["opened_on"], row["closed_on"], row["earlier_structure"], versions)


def _places_by_body(ids, now):
    """For each body: how many places, of how many somebody is the member, and of how many the source names nobody."""
    counted = (
        Seat.objects.filter(body__in=ids, in_attendance=False)
        .in_force(now)
        .order_by()
        .values("body")
        .annotate(
            places=Count("id", distinct=True),
            filled=Count("id", filter=in_force(now, "appointments__"), distinct=True),
            unnamed=Count("id", filter=Q(post_only=True), distinct=True),
        )
    )
    return {row["body"]: (row["places"], row["filled"], row["unnamed"]) for row in counted}


def _filled_in_words(places, filled, unnamed):
    if not places:
        return "No places entered"
    return f"{places}, members not named" if unnamed == places else f"{filled} of {places}"


def _chairs_by_body(ids, now):
    chairs = {}
    for body, part, post in (
        Chairing.objects.filter(body__in=ids).in_force(now).values_list("body_id", "part", "person__post")
    ):
        chairs.setdefault(body, {})[part] = post
    return chairs


def _part_of(standing, body_id):
    """What somebody is on a board or group, in a word; nothing where they are nobody there."""
    for held, word in (
        (standing.chairs, "You chair it"),
        (standing.vice_chairs, "You are vice-chair"),
        (standing.member_of, "You are a member"),
        (standing.deputy_on, "You are a named deputy"),
    ):
        if body_id in held:
            return word
    return ""


def parts_of(standing):
    """What somebody holds, as a line under their name: their agency, their specified roles."""
    labels = dict(Office.Kind.choices)
    agency = standing.person.agency
    return [*([agency.name] if agency else []), *sorted(labels[kind] for kind in standing.offices)]


AT = PreparedModels(
    lambda areas, slug: (
        Body.objects.regardless("of areas whose structure the reader knows")
        .of_area(areas)
        .filter(slug=slug)
        .select_related("reports_to", "sponsor", "area", "succeeded_by")
        .annotate(own=Q(area__pk__among=areas))
        .order_by("-own")[:1]
    ),
    areas=Numbers(),
    slug=CharField(),
)


def board_of(user, slug):
    """The board or group with this address that ``user`` may see, of their own area before one shared with it."""
    return next(iter(AT(areas=standing_of(user).structure_of, slug=slug)), None)


def places_by_agency(body, now):
    """
    The places of ``body`` by agency, agencies in the order of their first place; two queries.

    Each place carries its member (empty: vacant), since when, its named deputies and the note of what we assumed.
    """
    of_body = {"body": body.pk, "at": now}
    return _grouped(_place_rows(HELD_ON_BOARD(**of_body), DEPUTIES_ON_BOARD(**of_body)))


def places_of(bodies, at):
    """The places of each of ``bodies`` (ids) at the moment ``at``, with members and deputies; two queries."""
    found = {body: [] for body in bodies}
    for row in place_rows(Seat.objects.filter(body__in=bodies), at):
        found[row["body_id"]].append(row)
    return found


OF_PLACE = (
    *("id", "body_id", "title", "note", "votes", "counts", "classes", "post_only", "in_attendance", "alternate"),
    *("political_group", "number", "agency_id"),
)
WITH_PLACE = {
    "agency_short": Coalesce("agency__short_name", Value(NO_PARTNER)),
    "agency_name": Coalesce("agency__name", Value("Belongs to no partner")),
    "agency_classes": F("agency__classes"),
    "agency_slug": F("agency__slug"),
    "agency_area": F("agency__area_id"),
    "counts_as": F("agency__part_of__short_name"),
    "counts_as_classes": F("agency__part_of__classes"),
    "holder_id": F("holding__person_id"),
    "holder": F("holding__person__post"),
    "since": F("holding__starts_at"),
}


def _held(seats, at):
    """``OF_PLACE`` and ``WITH_PLACE`` of those of ``seats`` in force at ``at``, in order, as tuples."""
    held = FilteredRelation("appointments", condition=in_force(at, "appointments__"))
    rows = seats.in_force(at).annotate(holding=held).annotate(**WITH_PLACE).order_by("order", "id")
    return rows.values_list(*OF_PLACE, *WITH_PLACE)


def _deputies(named, at):
    return named.in_force(at).order_by("id").values_list("seat_id", "person_id", "person__post")


HELD_ON_BOARD = Prepared(
    lambda body, at: _held(Seat.objects.filter(body=body), at), body=BigAutoField(), at=DateTimeField()
)
DEPUTIES_ON_BOARD = Prepared(
    lambda body, at: _deputies(NamedDeputy.objects.filter(seat__body=body), at), body=BigAutoField(), at=DateTimeField()
)
HELD_BY_PARTNER = Prepared(
    lambda agency, bodies, at: _held(
        Seat.objects.filter(Q(agency=agency) | Q(agency__part_of=agency), body__pk__among=bodies, in_attendance=False),
        at,
    ),
    agency=BigAutoField(),
    bodies=Numbers(),
    at=DateTimeField(),
)
DEPUTIES_IN = Prepared(
    lambda seats, at: _deputies(NamedDeputy.objects.filter(seat__pk__among=seats), at),
    seats=Numbers(),
    at=DateTimeField(),
)


def place_rows(seats, at):
    """Those of ``seats`` in force at the moment ``at`` as rows with members and deputies, in order; two queries."""
    return _with_deputies(list(_held(seats, at)), at)


def places_of_partner(agency, bodies, at):
    """The same of the members' places of ``agency``, and of its services, on ``bodies`` (ids); two queries."""
    return _with_deputies(HELD_BY_PARTNER(agency=agency.pk, bodies=bodies, at=at), at)


def _with_deputies(held, at):
    return _place_rows(held, DEPUTIES_IN(seats=[row[0] for row in held], at=at))


def _place_rows(held, named):
    rows = [dict(zip((*OF_PLACE, *WITH_PLACE), row, strict=True)) for row in held]
    deputies = {}
    for seat, person, post in named:
        deputies.setdefault(seat, []).append((person, post))
    for row in rows:
        row["deputies"] = deputies.get(row["id"], [])
        row["agency_classes"] = row["agency_classes"] or []
        if row["counts_as"]:  # a service counts as the agency that it is part of, and rules can name it beside
            row["agency_classes"] = [*row["agency_classes"], *row["counts_as_classes"], row["agency_short"]]
    return rows


def _grouped(rows):
    order = {}
    for row in rows:
        order.setdefault(row["agency_id"], len(order))
    ranked = sorted(rows, key=lambda row: order[row["agency_id"]])
    return [list(members) for _agency, members in groupby(ranked, key=lambda row: row["agency_id"])]


def posts_of(body):
    """Every place that ``body`` ever had, by agency as ``places_by_agency`` has it: for a board of the past."""
    rows = Seat.objects.filter(body=body).order_by("order", "id")
    found = rows.values(
        "title", "note", "agency_id", "in_attendance",
        agency_short=Coalesce("agency__short_name", Value(NO_PARTNER)),
        agency_name=Coalesce("agency__name", Value("Belongs to no partner")),
    )  # fmt: skip
    return _grouped(list(found))


def chairs_of(body, now):
    """Who chairs ``body`` and is its vice-chair, by part."""
    return _chairs_by_body([body.pk], now).get(body.pk, {})


CHAIRINGS = Prepared(
    lambda body, at: Chairing.objects.filter(body=body).in_force(at).values_list("part", "person__post", "starts_at"),
    body=BigAutoField(),
    at=DateTimeField(),
)


def chairings_of(body, at):
    """Who chairs ``body`` and is its vice-chair at ``at``, by part: the post, and since when."""
    return {part: (post, since) for part, post, since in CHAIRINGS(body=body.pk, at=at)}


def contacts_by_area():
    """The contacts of the front door: for each area its name and its contacts under what they are for."""
    contacts = PublicContact.objects.select_related("area").order_by("area__name", "order", "id")
    areas = []
    for area, of_area in groupby(contacts, key=lambda contact: contact.area):
        entries = list(of_area)
        audiences = [
            (audience.label, [entry for entry in entries if entry.audience == audience])
            for audience in PublicContact.Audience
        ]
        areas.append((area, [(label, found) for label, found in audiences if found]))
    return areas


def published_editions(day):
    """The arrangements in force on ``day`` that their areas have published, in the order of the areas."""
    found = Arrangement.objects.published_on(day).in_force_on(day).select_related("area")
    return list(found.order_by("area__name"))


def team_of(area_id, now):
    """The posts of the team of an area, whom somebody asks who has no place."""
    offices = Office.objects.in_force(now).filter(area=area_id, kind=Office.Kind.TEAM)
    return list(offices.order_by("id").values_list("person__post", flat=True))


def failed_work(user, now, *, limit=5):
    """Work in the background that failed within the last week, in the areas of ``user``."""
    failed = Job.objects.visible_to(user).filter(
        area__in=standing_of(user).area_ids, state=Job.State.FAILED, finished_at__gte=now - dt.timedelta(days=7)
    )
    return list(failed.order_by("-finished_at")[:limit])
