"""Boards and groups: their terms of reference, places, members, named deputies and chairs."""

from meetings.sample.files import read, refuse_twice
from meetings.sample.settling import settle
from partnerships import rules
from partnerships.models import Appointment, Body, Chairing, NamedDeputy, Seat, TermsOfReference

FILES = ("partnerships.yaml", "groups.yaml")
OF_BOARD = (
    "slug",
    "name",
    "short",
    "kind",
    "reports to",
    "sponsor",
    "purpose",
    "meetings a year",
    "months",
    "mode",
    "public",
    "summary",
    "rules",
    "notes",
    "chairs",
    "places",
)
OF_PLACE = (
    "key",
    "agency",
    "title",
    "member",
    "member from",
    "deputy",
    "classes",
    "votes",
    "counts",
    "note",
)


class Boards:
    """The boards and groups of the files by their slug, and their places by the files' keys."""

    def __init__(self, bodies, places):
        self.bodies = bodies
        self.places = places

    def of(self, entry, key="body"):
        """The board or group that ``entry`` names."""
        slug = entry.text(key)
        if slug not in self.bodies:
            raise entry.wrong(f"no board or group is called “{slug}” in {' or '.join(FILES)}.", key)
        return self.bodies[slug]

    def place(self, entry, body, key):
        """The place of ``body`` that the files call ``key``."""
        if (body.slug, key) not in self.places:
            raise entry.wrong(f"{body.name} has no place with the key “{key}”.", key)
        return self.places[body.slug, key]


def chair_of(body, at):
    """The id of the person who chairs ``body`` at the moment; None where nobody does."""
    chairs = body.chairings.in_force(at).filter(part=Chairing.Part.CHAIR)
    return chairs.values_list("person_id", flat=True).first()


def load(folder, area, area_file, people):
    """Bring boards and groups up to the files; whom people have entered for a place since then stays."""
    entries = [entry.only(*OF_BOARD) for name in FILES for entry in read(folder, name).only("boards").entries("boards")]
    bodies = _bodies(area, people, entries)
    starts_at = area_file.moment("in force from")
    _terms(bodies, entries, area_file)
    places = _places(bodies, people, entries, starts_at)
    _check_rules(entries, places)
    _members(places, people, starts_at)
    _deputies(places, people, starts_at)
    _chairs(bodies, people, entries, starts_at)
    return Boards(bodies, {key: seat for key, (_entry, seat) in places.items()})


def _bodies(area, people, entries):
    refuse_twice(entries, "slug", "two boards or groups are called “{}”.")
    wanted = [
        Body(
            area=area,
            name=entry.text("name"),
            short_name=entry.text("short"),
            slug=entry.text("slug"),
            kind=entry.choice("kind", Body.Kind.values),
            sponsor=people.agency(entry, "sponsor"),
            purpose=entry.text("purpose", ""),
        )
        for entry in entries
    ]
    columns = ["name", "short_name", "kind", "sponsor_id", "purpose"]
    rows = settle(area.bodies.all(), wanted, ["slug"], update=columns)
    bodies = {slug: body for (slug,), body in rows.items()}
    _reporting_lines(bodies, entries)
    return bodies


def _reporting_lines(bodies, entries):
    for entry in entries:
        above = entry.text("reports to", None)
        if above is not None and above not in bodies:
            raise entry.wrong(f"no board or group is called “{above}”.", "reports to")
        bodies[entry.text("slug")].reports_to = bodies.get(above)
    Body.objects.bulk_update(bodies.values(), ["reports_to"])


def _terms(bodies, entries, area_file):
    wanted = [_version(bodies[entry.text("slug")], entry, area_file) for entry in entries]
    kept = TermsOfReference.objects.filter(body__in=bodies.values())
    columns = ["edition", "rules", "meetings_a_year", "months", "mode", "is_public", "summary", "notes"]
    settle(kept, wanted, ["body_id", "starts_on"], update=columns)


def _version(body, entry, area_file):
    terms = TermsOfReference(
        body=body,
        edition=area_file.text("edition"),
        starts_on=area_file.day("in force from"),
        rules=entry.text("rules", ""),
        meetings_a_year=entry.number("meetings a year", None),
        months=entry.numbers("months"),
        mode=entry.choice("mode", TermsOfReference.Mode.values, ""),
        is_public=entry.flag("public", None),
        summary=entry.text("summary", ""),
        notes=entry.texts("notes"),
    )
    try:
        terms.clean()
    except rules.RuleError as problem:
        raise entry.wrong(f"the rules of {body.name} cannot be read: {problem}", "rules") from None
    return terms


def _places(bodies, people, entries, starts_at):
    """(slug of the board, key of the place) to its entry and its row."""
    wanted = {}
    for entry in entries:
        body = bodies[entry.text("slug")]
        for order, place in enumerate(entry.entries("places"), start=1):
            key = (body.slug, place.only(*OF_PLACE).text("key"))
            if key in wanted:
                raise place.wrong(f"{body.name} has two places with the key “{key[1]}”.", "key")
            wanted[key] = (place, _seat(body, people, place, order, starts_at))
    columns = ["body_id", "agency_id", "title"]
    kept = Seat.objects.filter(body__in=bodies.values()).select_related("agency")
    rows = settle(
        kept, [seat for _entry, seat in wanted.values()], columns, update=["votes", "counts", "classes", "note"]
    )
    return {key: (place, rows[seat.body_id, seat.agency_id, seat.title]) for key, (place, seat) in wanted.items()}


def _check_rules(entries, places):
    """Rules that name what no place carries, or that nobody could ever meet, are a mistake of the file."""
    for entry in entries:
        seats = tuple(
            rules.Seat(
                key=key,
                agency=seat.agency.short_name,
                title=seat.title,
                classes=frozenset(seat.classes) | frozenset(seat.agency.classes),
                votes=seat.votes,
                counts=seat.counts,
            )
            for (slug, key), (_place, seat) in places.items()
            if slug == entry.text("slug")
        )
        for problem in rules.check_terms(rules.parse_terms(entry.text("rules", "")), seats):
            raise entry.wrong(f"the rules of {entry.text('name')}: {problem.message} {problem.remedy}", "rules")


def _seat(body, people, place, order, starts_at):
    return Seat(
        body=body,
        agency=people.agency(place),
        title=place.text("title"),
        order=order,
        votes=place.flag("votes", True),
        counts=place.flag("counts", True),
        classes=place.texts("classes"),
        note=place.text("note", ""),
        starts_at=starts_at,
    )


def _members(places, people, starts_at):
    taken = set(Appointment.objects.values_list("seat_id", flat=True))
    Appointment.objects.bulk_create(
        Appointment(
            seat=seat,
            person=people.of(place, "member", usually=place.text("title")),
            starts_at=place.moment("member from", starts_at),
        )
        for place, seat in places.values()
        if seat.pk not in taken
    )


def _deputies(places, people, starts_at):
    taken = set(NamedDeputy.objects.values_list("seat_id", flat=True))
    NamedDeputy.objects.bulk_create(
        NamedDeputy(seat=seat, person=people.of(place, "deputy"), starts_at=starts_at)
        for place, seat in places.values()
        if "deputy" in place and seat.pk not in taken
    )


def _chairs(bodies, people, entries, starts_at):
    taken = set(Chairing.objects.values_list("body_id", "part"))
    wanted = []
    for entry in entries:
        body = bodies[entry.text("slug")]
        for chair in entry.entries("chairs"):
            chair.only("agency", "post", "part", "from", "until")
            part = chair.choice("part", Chairing.Part.values, Chairing.Part.CHAIR)
            if (body.pk, part) not in taken:
                wanted.append(_chairing(body, people, chair, part, starts_at))
    Chairing.objects.bulk_create(wanted)


def _chairing(body, people, chair, part, starts_at):
    return Chairing(
        body=body,
        person=people.of(chair),
        part=part,
        starts_at=chair.moment("from", starts_at),
        ends_at=chair.moment("until", None),
    )
