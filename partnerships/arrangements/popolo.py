"""
The structure of an edition in the Popolo vocabulary (popoloproject.com): areas, organizations, posts and memberships.

It tells what the document tells, and nobody who holds a post: posts are places, and a membership says which agency has
one. What is not stated is left out, and so is what other editions made of it before and after: boards bear the names
that they had, and places begin and end with the edition at the latest.
"""

from partnerships.arrangements import moments
from partnerships.models import Agency, Body, FormerName, Line, Seat, TermsOfReference


def of(arrangement):
    """Plain values that JSON can hold, each list in the order of the arrangements."""
    order = dict(
        TermsOfReference.objects.filter(arrangement=arrangement).order_by("-order").values_list("body", "order")
    )
    found = Body.objects.regardless("the structure of a document of arrangements is public").filter(pk__in=order)
    found = found.select_related("area").prefetch_related("shared_with")
    bodies = sorted(found, key=lambda one: order[one.pk])
    seats = _seats(arrangement, bodies, order)
    agencies = {seat.agency_id: seat.agency for seat in seats if seat.agency_id}
    agencies |= {row.agency_id: row.agency for row in arrangement.relevant_agencies.select_related("agency__part_of")}
    agencies |= {agency.part_of_id: agency.part_of for agency in agencies.values() if agency.part_of_id}
    areas = {area.pk: area for area in [arrangement.area, *(one for body in bodies for one in body.shared_with.all())]}
    return {
        "areas": [
            {"id": _area(area), "name": area.name, "classification": "local authority"} for area in areas.values()
        ],
        "organizations": [
            *(_agency(agency, arrangement) for agency in _with_aliases(agencies)),
            *_bodies(arrangement, bodies),
        ],
        "posts": [_post(seat, arrangement) for seat in seats],
        "memberships": [_membership(seat, arrangement) for seat in seats if seat.agency_id],
    }


def _seats(arrangement, bodies, order):
    """
    The places that hold at any moment of the edition.

    Those that were remade for political groups since it began follow an election, and not the document.
    """
    first = moments.start_of(arrangement.first_day)
    last = arrangement.last_day
    rows = Seat.objects.filter(body__in=bodies).exclude(ends_at__lte=first)
    rows = rows.exclude(political_group__gt="", starts_at__gt=first)
    if last is not None:
        rows = rows.filter(starts_at__lt=moments.start_of(last + moments.ONE_DAY))
    rows = rows.select_related("agency__part_of", "agency__area", "body__area").order_by("order", "starts_at", "id")
    return sorted((seat for seat in rows if seat.starts_at != seat.ends_at), key=lambda seat: order[seat.body_id])


def _with_aliases(agencies):
    return Agency.objects.filter(pk__in=agencies).select_related("part_of", "area").prefetch_related("aliases")


def _area(area):
    return f"area/{area.slug}"


def _id(agency):
    return f"agency/{agency.area.slug}/{agency.slug}"


def _board(body, area):
    return f"board/{area.slug}/{body.slug}"


def _agency(agency, arrangement):
    return _stated(
        {
            "id": _id(agency),
            "name": agency.name,
            "other_names": [
                {"name": agency.short_name, "note": "short name"},
                *({"name": alias.name} for alias in agency.aliases.all()),
            ],
            "classification": ", ".join(agency.classes) or "agency",
            "parent_id": f"agency/{arrangement.area.slug}/{agency.part_of.slug}" if agency.part_of else "",
        }
    )


def _bodies(arrangement, bodies):
    area, last = arrangement.area, arrangement.last_day
    above = {}
    lines = Line.objects.filter(body__in=bodies, kind__in=Line.UPWARD, to_body__in=bodies).select_related("to_body")
    for line in lines.in_force_on(arrangement.first_day).order_by("-order"):
        above[line.body_id] = line.to_body
    names, before = {body.pk: body.name for body in bodies}, {}
    for former in FormerName.objects.filter(body__in=bodies).order_by("-last_day"):
        if last is not None and former.last_day >= last:
            names[former.body_id] = former.name
        else:
            earlier = {"name": former.name, "end_date": former.last_day.isoformat()}
            before.setdefault(former.body_id, []).insert(0, earlier)
    terms = {
        row.body_id: row for row in TermsOfReference.objects.filter(arrangement=arrangement).order_by("-starts_on")
    }
    for body in bodies:
        yield _stated(
            {
                "id": _board(body, area),
                "name": names[body.pk],
                "other_names": before.get(body.pk, []),
                "classification": body.get_kind_display(),
                "abstract": terms[body.pk].purpose.strip(),
                "parent_id": _board(above[body.pk], area) if body.pk in above else "",
                "area_id": _area(area),
                "founding_date": body.opened_on.isoformat() if body.opened_on else "",
                "dissolution_date": body.closed_on.isoformat() if _closed_within(body, last) else "",
                "sources": [{"note": arrangement.source or arrangement.name}],
            }
        )


def _closed_within(body, last):
    """Whether it closed while the edition applied; a board that ends with its edition may live on in the next."""
    return body.closed_on is not None and (last is None or body.closed_on < last)


def _post(seat, arrangement):
    return _stated(
        {
            "id": _post_id(seat, arrangement),
            "label": seat.title,
            "role": "in attendance" if seat.in_attendance else "member",
            "organization_id": _board(seat.body, seat.body.area),
            **_days(seat, arrangement),
        }
    )


def _post_id(seat, arrangement):
    first = _days(seat, arrangement)["start_date"]
    return f"{_board(seat.body, seat.body.area)}/{seat.key or seat.order}/{first}"


def _days(seat, arrangement):
    """From when until when it is a place by this edition."""
    first = max(moments.day_of(seat.starts_at), arrangement.first_day)
    ends = [moments.last_day_of(seat.ends_at)] if seat.ends_at else []
    last = min([*ends, arrangement.last_day] if arrangement.last_day else ends, default=None)
    return {"start_date": first.isoformat(), "end_date": last.isoformat() if last else ""}


def _membership(seat, arrangement):
    return _stated(
        {
            "id": f"membership/{_post_id(seat, arrangement)}",
            "post_id": _post_id(seat, arrangement),
            "organization_id": _board(seat.body, seat.body.area),
            "on_behalf_of_id": _id(seat.agency),
            **_days(seat, arrangement),
        }
    )


def _stated(values):
    return {key: value for key, value in values.items() if value not in ("", [])}
