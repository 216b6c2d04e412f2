"""The pages of people and access: rows and sentences, ready for the templates."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnerships.access import may_read_roles
from partnerships.explaining import opening, words
from partnerships.explaining.holdings import APPOINTMENT, GRANTED, by_person, load
from partnerships.explaining.reasons import readers_of_body
from partnerships.granting import subjects
from partnerships.models import Agency, Appointment, Body, Chairing, Exclusion, Grant, NamedDeputy, Person
from partnerships.models.dated import in_force
from partnerships.models.grounds import grounded
from partnerships.roles import ROLES, Act
from partnerships.standing import ROLE_OF, standing_of

SHOWN_IN_A_ROW = 3
NO_AGENCY = "none"  # as addresses name it


def choices(user, area_ids, chosen):
    """
    The organisations and the boards and groups by which ``user`` can narrow the people whom they see; three queries.

    What would find nobody is left out, but for what was ``chosen`` in the address, {name of the filter: value}: whoever
    comes from the page of an organisation is told that nobody of it is there for them.
    """
    people = Person.objects.visible_to(user)
    agencies = Agency.objects.filter(area__in=area_ids).order_by("short_name")
    agencies = agencies.annotate(finds=Exists(people.filter(agency=OuterRef("pk"))))
    boards = Body.objects.visible_to(user).present(timezone.localdate()).filter(area__in=area_ids).order_by("name")
    boards = boards.annotate(finds=_with_a_part_of(people.values("pk"), timezone.now()))
    asked, board = chosen.get("agency"), chosen.get("board")
    offered = [
        (slug, name)
        for slug, name, finds in agencies.values_list("slug", "short_name", "finds")
        if finds or slug == asked
    ]
    if asked == NO_AGENCY or people.filter(agency__isnull=True).exists():
        offered.append((NO_AGENCY, "No organisation"))
    return offered, [
        (pk, slug, name)
        for pk, slug, name, finds in boards.values_list("pk", "slug", "name", "finds")
        if finds or slug == board
    ]


def _with_a_part_of(people, now):
    """The condition that one of ``people`` has a part on a board or group that is not over: as ``sight`` has it."""
    parts = (
        Appointment.objects.filter(seat__body=OuterRef("pk")),
        NamedDeputy.objects.filter(seat__body=OuterRef("pk")),
        Chairing.objects.filter(body=OuterRef("pk")),
        Grant.objects.regardless("who is let in to a board is known to those who see who reads it").filter(
            in_force(now), grounded(now), subject=Body._meta.label, subject_id=OuterRef("pk")
        ),
    )
    not_over = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    found = Q(pk__in=[])
    for rows in parts:
        found |= Exists(rows.filter(not_over, person__in=people))
    return found


def rows(people, user, now):
    """A row for each of ``people`` (loaded with agency and account), in at most seven queries for any number."""
    ids = [person.pk for person in people]
    held = by_person(_held(ids, user, at=now)) if ids else {}
    return [_row(person, held.get(person.pk, [])) for person in people]


def _held(people, user, *, at=None):
    found = load(people, grants=Grant.objects.visible_to(user), at=at)
    return opening.titled(user, found)


def _row(person, holdings):
    parts = [words.capitalised(words.what(holding)) for holding in opening.together(holdings)]
    return {
        "href": person.get_absolute_url(),
        "post": person.post,
        "agency": person.agency.short_name if person.agency else "",
        "parts": parts[:SHOWN_IN_A_ROW],
        "more": len(parts) - SHOWN_IN_A_ROW if len(parts) > SHOWN_IN_A_ROW else 0,
        "account": words.account(person.user),
    }


def person(found, user, now):
    """What ``found`` holds, will hold and held, what it opens, and what keeps them out, as far as ``user`` may know."""
    return _holdings(found, user, now) | {
        "account": words.account(found.user),
        "exclusions": _exclusions(found, user, now),
    }


def own(found, user, now):
    """The same of oneself, with those who stand in; never what one is kept from, which is not there."""
    return _holdings(found, user, now) | {"deputies": _deputies(found, now)}


def _holdings(found, user, now):
    holdings = _held([found.pk], user)
    current = [holding for holding in holdings if holding.is_in_force(now)]
    told = opening.together(current)
    ended = sorted((held for held in holdings if held.is_over(now)), key=lambda held: held.ends_at, reverse=True)
    leads_to_roles = bool(may_read_roles(user))
    return {
        "person": found,
        "subtitle": subtitle(found),
        "current": [line(found, holding, now, leads_to_roles=leads_to_roles) for holding in told],
        "held_now": len(current),
        "coming": [line(found, held, now) for held in holdings if held.starts_at > now and not held.is_over(now)],
        "ended": [line(found, holding, now) for holding in ended],
        "scopes": opening.scopes(found, told),
        "has_place": any(holding.kind == APPOINTMENT for holding in current),
    }


def subtitle(found):
    """Under the post: the organisation in full."""
    return found.agency.name if found.agency else "No organisation"


def line(found, holding, now, *, leads_to_roles=False):
    """One holding as a row: what, from when until when, where to end it, and where its role is told of."""
    ends_here = holding.kind != GRANTED and not holding.is_over(now)
    return {
        "what": words.capitalised(words.what(holding)),
        "place": holding.title if holding.seat else "",
        "href": holding.board_href,
        "when": words.capitalised(words.when(holding, now)),
        "because": holding.because,
        "role": holding.role.name if holding.role else "",
        "role_href": f"/access/roles/#{_anchor(holding.role)}" if leads_to_roles and holding.role else "",
        "end_href": f"{found.get_absolute_url()}end/{holding.kind}/{holding.pk}/" if ends_here else "",
    }


def _exclusions(found, user, now):
    """From what they are kept, as far as ``user`` may know it."""
    rows = list(Exclusion.objects.visible_to(user).filter(person=found).in_force(now).order_by("starts_at", "id"))
    names = subjects.named(user, rows)
    told = [(row, names[row.subject, row.subject_id]) for row in rows if (row.subject, row.subject_id) in names]
    return [
        {
            "title": words.capitalised(name.title),
            "href": name.address,
            "since": words.moment(row.starts_at),
            "reason": row.reason,
        }
        for row, name in told
    ]


def _deputies(found, now):
    """Who stands in for the places that they hold now."""
    named = NamedDeputy.objects.filter(
        in_force(now), in_force(now, "seat__"), in_force(now, "seat__appointments__"), seat__appointments__person=found
    )
    rows = named.select_related("person", "seat__body").order_by("seat__body__name", "id").distinct()
    return [
        {"post": row.person.post, "board": row.seat.body.name, "place": row.seat.title, "until": _until(row)}
        for row in rows
    ]


def _until(row):
    return f"until {words.last_moment(row.ends_at)}" if row.ends_at else ""


def board(body, now):
    """Who reads the ordinary business of a board or group, and who its confidential part, with the reasons."""
    ordinary, confidential = readers_of_body(body, now)
    return {"body": body, "ordinary": _readers(ordinary), "confidential": _readers(confidential)}


def _readers(found):
    return [
        {
            "post": reader.person.post,
            "href": reader.person.get_absolute_url(),
            "agency": reader.person.agency.short_name if reader.person.agency else "",
            "because": "; ".join(reader.because),
            "account": reader.account,
        }
        for reader in found
    ]


def told_of(user):
    """
    The people of whom ``user`` is told who holds a role: all of their area, or None.

    Who sees a part of them is told of none: they would take it for the whole.
    """
    sees_all = standing_of(user).reach(Act.SEE_ACCESS).area
    return Person.objects.visible_to(user) if sees_all else None


def roles(people, user, now):
    """Every role as the table has it, with who of ``people`` (a queryset, or None: nobody is told) holds it now."""
    holders = _holders(people, user, now) if people is not None else {}
    return [
        {
            "key": _anchor(role),
            "name": role.name,
            "what": role.what,
            "comes_from": role.comes_from,
            "may": [(act.value, _how_far(within)) for act, within in role.may.items()],
            "holders": holders.get(role.key, []),
            "held": role in ROLE_OF.values(),
        }
        for role in ROLES.values()
    ]


def _anchor(role):
    """The name of a role within the page of roles."""
    return role.key.replace(" ", "-")


def _how_far(within):
    return ", and ".join(sorted(part.value for part in within))


def _holders(people, user, now):
    """{key of the role: [(from what, [who])]}, in the order of the boards, with everybody once for each."""
    named = {
        pk: f"{post}, {agency}" if agency else post
        for pk, post, agency in people.values_list("pk", "post", "agency__short_name")
    }
    found = {}
    for holding in _held(people.values("pk"), user, at=now):
        if holding.role is None:
            continue
        where = (holding.board or holding.title, holding.subject if opening.is_nameless(holding) else "")
        found.setdefault(holding.role.key, {}).setdefault(where, []).append(holding)
    return {
        key: sorted(
            (_where(*where, held), list(dict.fromkeys(named[holding.person] for holding in held)))
            for where, held in by_where.items()
        )
        for key, by_where in found.items()
    }


def _where(title, nameless, holdings):
    """From what somebody holds a role; ``nameless`` is the kind of things that are told by their number alone."""
    things = {holding.subject_id for holding in holdings}
    return words.capitalised(opening.several(nameless, things) if nameless else title)
