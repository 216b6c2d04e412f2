"""What people hold, with the dates and words of each; of any number of people in as many queries as of one."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, F
from django.utils import timezone

from partnerships.models import Appointment, Body, Chairing, NamedDeputy, Office
from partnerships.models.dated import in_force
from partnerships.models.grounds import OFFICE_OF, Ground, grounded
from partnerships.standing import BODY, CHAIRING, GRANT, OVERSEES, ROLE_OF, Held

APPOINTMENT, DEPUTISING, CHAIR, ROLE, GRANTED = "appointment", "deputising", "chair", "role", "grant"
MODELS = {APPOINTMENT: Appointment, DEPUTISING: NamedDeputy, CHAIR: Chairing, ROLE: Office}


@dataclass(frozen=True)
class Holding:
    """
    One thing that somebody holds, held or will hold. ``what`` says it as a standing's rows do.

    A place's own dates count too: nobody holds a place longer than there is one.
    """

    kind: str
    pk: int
    person: int
    what: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    body: int | None = None
    board: str = ""
    board_href: str = ""
    seat: int | None = None
    agency: str = ""  # whose place it is
    title: str = ""  # the place's title; of a grant, what it is about, as the reader may know it
    because: str = ""  # why it ended
    subject: str = ""
    subject_id: int | None = None
    differs: bool = False  # of several at once: their dates do, and those here are the first of each
    oversees: tuple[tuple[int, str, str], ...] = ()  # (id, name, address) of the groups that report to their board

    @property
    def role(self):
        """The role that it makes its holder; None for what is known of somebody and opens nothing."""
        return ROLE_OF.get(self.what)

    @property
    def rows(self):
        """It as a standing holds it."""
        own = Held(self.seat, self.what, self.body, self.subject, self.subject_id)
        return (own, *(Held(None, OVERSEES, body) for body, _name, _href in self.oversees))

    def overseen(self, body):
        """(name, address) of a group that reports to the board they chair; empty for any other."""
        return next(((name, href) for pk, name, href in self.oversees if pk == body), ("", ""))

    def is_in_force(self, at):
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def is_over(self, at):
        return self.ends_at is not None and self.ends_at <= at


def load(people, *, grants=None, at=None):
    """
    What ``people`` (ids, or a queryset of people) hold, in at most six queries: with ``at`` only what is in force then.

    ``grants`` are those that may be told of, none unless they are given.
    """
    found = [
        *_of_places(APPOINTMENT, "member", people, at),
        *_of_places(DEPUTISING, "deputy", people, at),
        *_chairs(people, at),
        *_roles(people, at),
    ]
    if grants is not None:
        found += _grants(grants.filter(person__in=people, starts_at__isnull=False), at, tuple(found))
    return found


def by_person(found):
    """``found`` as {id of the person: their holdings}."""
    theirs = defaultdict(list)
    for holding in found:
        theirs[holding.person].append(holding)
    return theirs


def _of_places(kind, what, people, at):
    rows = MODELS[kind].objects.filter(person__in=people).order_by("seat__body__name", "seat__order", "id")
    if at is not None:
        rows = rows.filter(in_force(at), in_force(at, "seat__"))
    for row in rows.values(
        "id",
        "person",
        "starts_at",
        "ends_at",
        "seat",
        because=F("ended_because"),
        body=F("seat__body"),
        board=F("seat__body__name"),
        slug=F("seat__body__slug"),
        agency=F("seat__agency__short_name"),
        title=F("seat__title"),
        seat_starts=F("seat__starts_at"),
        seat_ends=F("seat__ends_at"),
    ):
        begins, ends = row.pop("seat_starts"), row.pop("seat_ends")
        row["starts_at"] = max(row["starts_at"], begins)
        row["ends_at"] = min((end for end in (row["ends_at"], ends) if end), default=None)
        yield _holding(kind, what, row)


def _chairs(people, at):
    rows = Chairing.objects.filter(person__in=people).order_by("body__name", "id")
    if at is not None:
        rows = rows.filter(in_force(at))
    rows = list(
        rows.values(
            "id",
            "person",
            "starts_at",
            "ends_at",
            "part",
            "body",
            because=F("ended_because"),
            board=F("body__name"),
            slug=F("body__slug"),
            body_kind=F("body__kind"),
        )
    )
    reporting = _reporting({row["body"] for row in rows if row["part"] == Chairing.Part.CHAIR})
    for row in rows:
        part, kind = row.pop("part"), row.pop("body_kind")
        row["oversees"] = tuple(reporting[row["body"]]) if part == Chairing.Part.CHAIR else ()
        yield _holding(CHAIR, f"{CHAIRING}{part} {kind}", row)


def _reporting(bodies):
    """For each of ``bodies`` the groups that report to it."""
    found = defaultdict(list)
    if bodies:
        below = Body.objects.regardless("what somebody holds decides what they see").filter(reports_to__in=bodies)
        for above, pk, name, slug in below.order_by("name").values_list("reports_to", "pk", "name", "slug"):
            found[above].append((pk, name, f"/boards/{slug}/"))
    return found


def _roles(people, at):
    rows = Office.objects.filter(person__in=people).order_by("kind", "id")
    if at is not None:
        rows = rows.filter(in_force(at))
    for row in rows.values("id", "person", "starts_at", "ends_at", what=F("kind"), because=F("ended_because")):
        yield _holding(ROLE, row.pop("what"), row)


def _grants(grants, at, parts):
    """``parts`` is what the same people hold besides: with it a grant ends that rests on it, whatever its own end."""
    now = at or timezone.now()
    if at is not None:
        grants = grants.filter(in_force(at), grounded(at))
    ground = ExpressionWrapper(grounded(now), output_field=BooleanField())
    ends = by_person(part for part in parts if part.is_over(now))
    for grant in grants.annotate(has_ground=ground).order_by("starts_at", "id"):
        ends_at, because = grant.ends_at, grant.ended_because
        if grant.is_in_force(now) and not grant.has_ground:
            lost = [part.ends_at for part in ends[grant.person_id] if _is_ground(part, grant)]
            if not lost:
                continue  # it never had any: it opened nothing
            ends_at, because = max(grant.starts_at, *lost), f"It rested on {Ground(grant.rests_on).label}"
        yield Holding(
            kind=GRANTED,
            pk=grant.pk,
            person=grant.person_id,
            what=f"{GRANT}{grant.kind}",
            starts_at=grant.starts_at,
            ends_at=ends_at,
            because=because,
            subject=grant.subject,
            subject_id=grant.subject_id,
            body=grant.subject_id if grant.subject == BODY else None,
        )


def _is_ground(part, grant):
    """Whether ``grant`` could rest on ``part``, which the same person holds."""
    return grant.rests_on == Ground.PART or part.what == OFFICE_OF.get(grant.rests_on)


def _holding(kind, what, row):
    slug = row.pop("slug", "")
    return Holding(kind=kind, what=what, pk=row.pop("id"), board_href=f"/boards/{slug}/" if slug else "", **row)
