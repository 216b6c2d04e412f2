"""
Writing an edition as a file: what ``loading`` would read back as the same structure. What is not stated is left out.

People stand in it as posts, with the days on which they held a place; accounts are no part of a file.
"""

import yaml

from partnerships.arrangements import keys, moments
from partnerships.models import (
    Agency,
    Appointment,
    Body,
    Chairing,
    FormerName,
    Line,
    NamedDeputy,
    Office,
    Seat,
    TermsOfReference,
)

WIDTH = 120


def dump(arrangement):
    """The text of the file of ``arrangement``."""
    found = _Writing(arrangement).file()
    return yaml.dump(found, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


class _Dumper(yaml.SafeDumper):
    """Long texts in lines, lists of short texts and small things on one line; never an anchor."""

    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)


def _text(dumper, value):
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _flag(dumper, value):
    return dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(bool, _flag)


class _Writing:
    def __init__(self, arrangement):
        self.edition = arrangement
        self.area = arrangement.area
        self.begins = moments.start_of(arrangement.first_day)
        last = arrangement.last_day
        self.over = None if last is None else moments.start_of(last + moments.ONE_DAY)
        self.used = set()

    def file(self):
        boards = self._boards()
        relevant, roles = self._relevant(), self._roles()
        agencies = self._agencies()
        others = {area.pk: area for body in self.bodies for area in body.shared_with.all()}
        return _stated(
            {
                "version": keys.VERSION,
                "area": _area(self.area),
                "other areas": [_area(area) for area in sorted(others.values(), key=lambda area: area.slug)],
                "arrangement": self._arrangement(),
                "agencies": agencies,
                "relevant agencies": relevant,
                "specified roles": roles,
                "boards": boards,
            }
        )

    def _arrangement(self):
        row = self.edition
        return _stated(
            {
                "key": row.key,
                "name": row.name,
                "applies from": row.first_day,
                "applies until": row.last_day,
                "in force from": row.stated_from,
                "in force until": row.stated_until,
                "published": row.published,
                "notified": row.notified,
                "notified to": row.notified_to,
                "covers": row.covers,
                "source": row.source,
                "notes": row.notes,
            }
        )

    def _named(self, agency):
        """The short name of an agency that the file must hold; None for none."""
        if agency is None:
            return None
        self.used.add(agency.short_name)
        return agency.short_name

    def _agencies(self):
        """Those that the edition names, with what they are part of and became; in the newest also those of none."""
        everything = {
            agency.short_name: agency
            for agency in Agency.objects.filter(area=self.area)
            .select_related("part_of", "succeeded_by")
            .prefetch_related("aliases")
            .order_by("id")
        }
        newest = not self.area.arrangements.filter(first_day__gt=self.edition.first_day).exists()
        if newest:
            self.used |= {short for short, agency in everything.items() if agency.pk not in self._of_other_editions()}
        waiting = list(self.used)
        while waiting:
            agency = everything[waiting.pop()]
            for other in (agency.part_of, agency.succeeded_by):
                if other is not None and other.short_name not in self.used:
                    self.used.add(other.short_name)
                    waiting.append(other.short_name)
        return [self._agency(agency) for short, agency in everything.items() if short in self.used]

    def _of_other_editions(self):
        """The ids of agencies that other editions name."""
        terms = TermsOfReference.objects.filter(arrangement__area=self.area).exclude(arrangement=self.edition)
        bodies = list(terms.values_list("body_id", flat=True))
        found = set(Seat.objects.filter(body__in=bodies).values_list("agency_id", flat=True))
        for column in ("sponsor_id", "chair_agency_id", "vice_agency_id"):
            found |= set(terms.values_list(column, flat=True))
        found |= set(Line.objects.filter(body__in=bodies).values_list("to_agency_id", flat=True))
        for edition in self.area.arrangements.exclude(pk=self.edition.pk):
            found |= set(edition.relevant_agencies.values_list("agency_id", flat=True))
            found |= set(edition.specified_roles.values_list("agency_id", flat=True))
        return found

    def _agency(self, agency):
        return _stated(
            {
                "short": agency.short_name,
                "name": agency.name,
                "types": agency.classes,
                "also called": [alias.name for alias in agency.aliases.all()],
                "part of": agency.part_of.short_name if agency.part_of else None,
                "crowd": agency.is_crowd or None,
                "succeeded by": agency.succeeded_by.short_name if agency.succeeded_by else None,
                "succeeded": agency.succeeded,
                "note": agency.note,
            }
        )

    def _relevant(self):
        rows = self.edition.relevant_agencies.filter(last_day__isnull=True).select_related("agency")
        return _stated(
            {
                "expectations": self.edition.expectations,
                "agencies": [
                    _stated(
                        {
                            "agency": self._named(row.agency),
                            "named": row.named,
                            "expectations": row.expectations,
                            "note": row.note,
                        }
                    )
                    for row in rows
                ],
            }
        )

    def _roles(self):
        holders = {}
        offices = Office.objects.filter(area=self.area).select_related("person__agency").order_by("starts_at", "id")
        for office in offices:
            if self._holds_within(office):
                holders.setdefault((office.kind, office.subject, office.person.agency_id), []).append(office)
        roles = list(self.edition.specified_roles.filter(last_day__isnull=True).select_related("agency"))
        found = []
        for role in roles:
            own = holders.pop((role.kind, role.subject, role.agency_id), [])
            if self._is_last_of_its_kind(role, roles):
                own += [
                    one for key in list(holders) if key[:2] == (role.kind, role.subject) for one in holders.pop(key)
                ]
            found.append(
                _stated(
                    {
                        "kind": role.kind,
                        "agency": self._named(role.agency),
                        "post": role.post,
                        "for": role.subject,
                        "duties": role.duties,
                        "note": role.note,
                        "holders": [self._holding(office, role.agency, self.begins, self.over) for office in own],
                    }
                )
            )
        return found

    def _is_last_of_its_kind(self, role, roles):
        return [row for row in roles if (row.kind, row.subject) == (role.kind, role.subject)][-1] is role

    def _holds_within(self, row):
        """Whether something dated held at any moment of the edition."""
        if row.starts_at == row.ends_at:
            return False
        return (self.over is None or row.starts_at < self.over) and (row.ends_at is None or row.ends_at > self.begins)

    def _holding(self, row, agency, begins, over, **more):
        """A member, deputy, chair or holder: who, and from when until when where that is not the whole time."""
        person = row.person
        found = {"post": person.post}
        if person.agency_id != (agency.pk if agency else None):
            found["agency"] = self._named(person.agency)
        if row.starts_at != max(begins, self.begins):
            found["from"] = moments.start_in_words(row.starts_at)
        if row.ends_at is not None and row.ends_at != over:
            found["until"] = moments.end_in_words(row.ends_at)
        found |= {"because": row.ended_because, **more}
        stated = _stated(found)
        return stated["post"] if len(stated) == 1 else stated

    def _boards(self):
        terms = TermsOfReference.objects.filter(arrangement=self.edition)
        order = dict(terms.order_by("-order").values_list("body_id", "order"))
        found = Body.objects.filter(pk__in=order).prefetch_related("shared_with", "predecessors")
        self.bodies = sorted(found, key=lambda body: (order[body.pk], body.pk))
        self._load(terms)
        return [self._board(body) for body in self.bodies]

    def _load(self, terms):
        bodies = self.bodies
        self.terms = _by(
            terms.select_related("sponsor", "chair_agency", "vice_agency").order_by("starts_on"), "body_id"
        )
        self.names = _by(FormerName.objects.filter(body__in=bodies), "body_id")
        self.lines = _by(
            Line.objects.filter(body__in=bodies).select_related("to_body", "to_agency").order_by("order", "id"),
            "body_id",
        )
        self.seats = _by(
            Seat.objects.filter(body__in=bodies).select_related("agency").order_by("order", "starts_at", "id"),
            "body_id",
        )
        held = {"seat__body__in": bodies}
        people = "person__agency"
        self.members = _by(Appointment.objects.filter(**held).select_related(people).order_by("starts_at"), "seat_id")
        self.deputies = _by(NamedDeputy.objects.filter(**held).select_related(people).order_by("id"), "seat_id")
        self.chairs = _by(
            Chairing.objects.filter(body__in=bodies).select_related(people).order_by("part", "starts_at"), "body_id"
        )

    def _board(self, body):
        seats = [seat for seat in self.seats.get(body.pk, []) if self._holds_within(seat)]
        found = _keys_of(seats)
        posts_only = bool(seats) and all(seat.post_only for seat in seats)
        before = (former for former in self.names.get(body.pk, []) if former.last_day < self.edition.first_day)
        succeeds = sorted(one.slug for one in body.predecessors.all() if one.slug not in self._slugs())
        return _stated(
            {
                "key": body.slug,
                "name": body.name_on(self.edition.first_day),
                "short": body.short_name if body.short_name != body.name[:40] else None,
                "kind": body.kind,
                "shared with": sorted(area.slug for area in body.shared_with.all()),
                "opened": body.opened_on,
                "closed": body.closed_on,
                "formerly": [self._former(former) for former in before],
                "succeeds": succeeds,
                "plan": body.plan,
                "planned end": body.planned_end,
                "lines": [self._line(line) for line in self.lines.get(body.pk, []) if self._line_holds(line)],
                "terms": self._terms(body),
                "posts only": posts_only or None,
                "places": [self._place(seat, found[seat.pk], posts_only) for seat in seats],
                "chairs": [
                    self._holding(
                        row, None, self.begins, self.over, part=None if row.part == Chairing.Part.CHAIR else row.part
                    )
                    for row in self.chairs.get(body.pk, [])
                    if self._holds_within(row)
                ],
            }
        )

    def _slugs(self):
        return {body.slug for body in self.bodies}

    def _former(self, former):
        short = former.short_name if former.short_name != former.name[:40] else None
        return _stated({"name": former.name, "short": short, "until": former.last_day})

    def _line_holds(self, line):
        last = self.edition.last_day
        return (last is None or line.starts_on <= last) and (
            line.ends_on is None or line.ends_on >= self.edition.first_day
        )

    def _line(self, line):
        return _stated(
            {
                "kind": line.kind,
                "board": line.to_body.slug if line.to_body else None,
                "agency": self._named(line.to_agency),
                "role": line.to_role,
                "what": line.what,
                "how often": line.how_often,
                "from": line.starts_on if line.starts_on != self.edition.first_day else None,
                "until": line.ends_on if line.ends_on != self.edition.last_day else None,
                "note": line.note,
            }
        )

    def _terms(self, body):
        versions = [self._version(terms) for terms in self.terms[body.pk]]
        return [version for version in versions if version] or None

    def _version(self, terms):
        found = {
            "from": terms.starts_on if terms.starts_on != self.edition.first_day else None,
            "until": terms.ends_on if terms.ends_on != self.edition.last_day else None,
            "edition": terms.edition if terms.edition != self.edition.name else None,
            "approved": terms.approved,
            "approved by": terms.approved_by,
            "sponsor": self._named(terms.sponsor),
            "purpose": terms.purpose,
            "functions": terms.functions,
            "meetings a year": terms.meetings_a_year,
            "at least": terms.at_least or None,
            "frequency": terms.frequency,
            "months": terms.months,
            "months are usual": terms.months_are_usual or None,
            "mode": terms.mode,
            "in person a year": terms.in_person_a_year,
            "public": terms.is_public,
            "public note": terms.public_note,
            "papers": terms.papers_working_days,
            "minutes": terms.minutes_working_days,
            "papers note": terms.papers_note,
            "deputies": terms.deputies,
            "member level": terms.member_level,
            "eligibility": terms.eligibility,
            "barred": terms.barred_offices,
            "standing items": terms.standing_items,
            "agenda by month": {int(month): items for month, items in terms.agenda_cycle.items()},
            "chair": self._chair(terms, "chair"),
            "vice-chair": self._chair(terms, "vice"),
            "in attendance": terms.attending,
            "expectations of members": terms.expectations,
            "expectations of agencies": terms.expectations_of_agencies,
            "rules": terms.rules,
            "summary": terms.summary,
            "notes": terms.notes,
        }
        return _stated(found)

    def _chair(self, terms, part):
        among = getattr(terms, f"{part}_among")
        self.used |= set(among)
        return _stated(
            {
                "by": getattr(terms, f"{part}_by"),
                "post": getattr(terms, f"{part}_words"),
                "agency": self._named(getattr(terms, f"{part}_agency")),
                "among": among,
                "months": getattr(terms, f"{part}_months"),
            }
        )

    def _place(self, seat, key, posts_only):
        attends = seat.in_attendance
        members = [row for row in self.members.get(seat.pk, []) if self._holds_within(row)]
        deputies = [row for row in self.deputies.get(seat.pk, []) if self._holds_within(row)]
        return _stated(
            {
                "key": key,
                "agency": self._named(seat.agency),
                "title": seat.title,
                "number": seat.number,
                "votes": None if seat.votes == (not attends) else seat.votes,
                "counts": None if seat.counts == (not attends) else seat.counts,
                "in attendance": attends or None,
                "classes": seat.classes,
                "alternate": seat.alternate,
                "political group": seat.political_group,
                "post only": None if seat.post_only == posts_only else seat.post_only,
                "from": moments.start_in_words(seat.starts_at) if seat.starts_at != self.begins else None,
                "until": moments.end_in_words(seat.ends_at) if seat.ends_at not in (None, self.over) else None,
                "note": seat.note,
                "members": [self._holding(row, seat.agency, seat.starts_at, seat.ends_at) for row in members],
                "deputies": [
                    self._holding(
                        row, seat.agency, seat.starts_at, seat.ends_at, senior=row.is_senior, briefed=row.briefed_on
                    )
                    for row in deputies
                ],
            }
        )


def _keys_of(seats):
    """A key for each place of a board by its id: its own, or one of its number; one more of the same adds its start."""
    found = {}
    for seat in seats:
        key = seat.key or f"place-{seat.order}"
        if key in found.values():
            key = f"{key}-{moments.start_in_words(seat.starts_at)[:10]}"
        found[seat.pk] = key
    return found


def _area(area):
    return {"key": area.slug, "name": area.name, "code": area.code}


def _by(rows, column):
    found = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _stated(values):
    """What is stated: without empty texts and lists, and without what is not known. No and 0 are values."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {})}
