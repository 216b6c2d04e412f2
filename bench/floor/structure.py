"""Pages of the structure as plain Django would have them: instances, their relations, stock templates."""

import datetime as dt
import difflib
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from meetings.models import Attendance, Meeting
from partnerships.models import Agency, Arrangement, Body, Grant, Person, Seat
from records.models import Event

FACTS = (
    ("Sponsor", "sponsor"),
    ("Chair", "chair_words"),
    ("Vice-chair", "vice_words"),
    ("Deputies and substitutes", "deputies"),
    ("How senior members are", "member_level"),
    ("Who may be a member", "eligibility"),
    ("Attends without a place", "attending"),
    ("Expected of members", "expectations"),
    ("Expected of partners", "expectations_of_agencies"),
    ("Meetings a year", "meetings_a_year"),
    ("Months", "months"),
    ("How it meets", "mode"),
    ("In person", "in_person_a_year"),
    ("Public", "public_note"),
    ("Papers", "papers_note"),
    ("Minutes", "minutes_working_days"),
    ("Functions", "functions"),
    ("Standing items", "standing_items"),
    ("Agenda by month", "agenda_cycle"),
)
COMPARED = (("Purpose", "purpose"), ("Quorum and votes", "rules"), *FACTS)


def _now(rows):
    """Those of ``rows``, prefetched and dated, that hold now."""
    now = timezone.now()
    return [row for row in rows if row.starts_at <= now and (row.ends_at is None or now < row.ends_at)]


def _words(value):
    if isinstance(value, dict):
        return "; ".join(f"{key}: {', '.join(rows)}" for key, rows in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _of_today(queryset):
    now = timezone.now()
    return queryset.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)


def _seats(queryset):
    """Places with who sits there and who stands in."""
    found = _of_today(queryset).select_related("agency", "body")
    seats = list(found.prefetch_related("appointments__person", "deputies__person").order_by("order", "id"))
    for seat in seats:
        seat.member = next(iter(_now(seat.appointments.all())), None)
        seat.stand_ins = _now(seat.deputies.all())
    return seats


@login_required
def board(request, slug):
    """
    One board: session, account, body, names, places, members, deputies and their people, terms, chairs, lines up and
    down, predecessors, meetings with who came, guests, history and who made it.
    """
    body = get_object_or_404(Body.objects.select_related("area", "sponsor", "reports_to"), slug=slug)
    today = timezone.localdate()
    terms = body.terms.in_force_on(today).select_related("arrangement", "sponsor").first()
    seats = _seats(body.seats.filter(in_attendance=False))
    context = {
        "body": body,
        "today": today,
        "names": list(body.former_names.all()),
        "terms": terms,
        "facts": [(label, _words(getattr(terms, name))) for label, name in FACTS],
        "rules": terms.rules.splitlines(),
        "seats": seats,
        "agencies": _by_agency(seats),
        "vacant": sum(seat.member is None for seat in seats),
        "deputies": sum(len(seat.stand_ins) for seat in seats),
        "chairs": {row.part: row.person for row in _of_today(body.chairings.select_related("person"))},
        "up": list(body.lines.in_force_on(today).select_related("to_body", "to_agency")),
        "down": list(body.lines_from.in_force_on(today).select_related("body").order_by("order")),
        "before": list(body.predecessors.all()),
        "years": _years(body, seats),
        "guests": list(Grant.objects.filter(subject=body._meta.label, subject_id=body.pk).select_related("person")),
        "events": _events(body),
    }
    return render(request, "floor/board.html", context)


def _by_agency(seats):
    found = {}
    for seat in seats:
        found.setdefault(seat.agency, []).append(seat)
    return list(found.items())


def _year(meeting):
    day = timezone.localdate(meeting.starts_at)
    return day.year if day.month >= 4 else day.year - 1


def _years(body, seats):
    """The last year that was held and the present one, with its meetings and how many places were filled at each."""
    came = Count("attendance", filter=~Q(attendance__filled_by="nobody"))
    meetings = list(body.meetings.filter(cancelled_at=None).annotate(came=came).order_by("starts_at"))
    years = [(year, list(rows)) for year, rows in groupby(meetings, key=_year)]
    return [
        {
            "first": year,
            "last": year + 1,
            "meetings": rows,
            "held": sum(one.closed_at is not None for one in rows),
            "planned": sum(one.closed_at is None for one in rows),
            "places": len(seats),
        }
        for year, rows in years[-2:]
    ]


def _events(body):
    """The last five things done to a board, its terms, its places and who holds them."""
    label = body._meta.label
    about = Q(target=label, target_id=body.pk) | Q(within=label, within_id=body.pk)
    about |= Q(target="partnerships.TermsOfReference", target_id__in=body.terms.values("pk"))
    about |= Q(target="partnerships.Seat", target_id__in=body.seats.values("pk"))
    events = list(Event.objects.filter(about).order_by("-id")[:5])
    posts = {one.user_id: one.post for one in Person.objects.filter(user__in={event.actor_id for event in events})}
    for event in events:
        event.post = posts.get(event.actor_id, "The portal")
    return events


@login_required
def partner(request, slug):
    """
    One partner: session, account, agency, edition, aliases, services, predecessors, places, members, deputies and
    their people, what it sponsors, what is expected of it, its roles, its attendance.
    """
    agency = get_object_or_404(Agency.objects.select_related("part_of", "succeeded_by"), slug=slug)
    today = timezone.localdate()
    edition = Arrangement.objects.filter(area=agency.area_id).in_force_on(today).first()
    seats = _seats(
        Seat.objects.filter(Q(agency=agency) | Q(agency__part_of=agency), in_attendance=False, body__closed_on=None)
    )
    boards = {}
    for seat in seats:
        boards.setdefault(seat.body, []).append(seat)
    context = {
        "agency": agency,
        "today": today,
        "edition": edition,
        "aliases": list(agency.aliases.all()),
        "services": list(agency.services.all()),
        "predecessors": list(agency.predecessors.all()),
        "seats": seats,
        "filled": sum(seat.member is not None for seat in seats),
        "boards": sorted(boards.items(), key=lambda pair: pair[0].order),
        "people": _people(seats),
        "sponsors": list(agency.sponsors.all()),
        "relevant": edition.relevant_agencies.filter(agency=agency).first(),
        "roles": list(edition.specified_roles.filter(agency=agency)),
        **_attendance(agency),
    }
    return render(request, "floor/partner.html", context)


def _people(seats):
    found = {}
    for seat in seats:
        if seat.member:
            found.setdefault(seat.member.person, []).append(f"member of {seat.body.short_name}")
        for row in seat.stand_ins:
            found.setdefault(row.person, []).append(f"deputy on {seat.body.short_name}")
    return sorted(((person, ", ".join(parts)) for person, parts in found.items()), key=lambda pair: pair[0].post)


def _attendance(agency):
    """Of each board how many of its places were filled in the last year with closed meetings."""
    last = Meeting.objects.filter(area=agency.area_id).exclude(closed_at=None).latest("starts_at")
    year = _year(last)
    entries = Attendance.objects.filter(
        seat__agency=agency,
        seat__in_attendance=False,
        meeting__closed_at__isnull=False,
        meeting__starts_at__gte=dt.datetime(year, 4, 1, tzinfo=dt.UTC),
    ).select_related("meeting__body", "seat")
    boards = {}
    for entry in entries:
        there, all_of_it = boards.get(entry.meeting.body, (0, 0))
        boards[entry.meeting.body] = (there + (entry.filled_by != "nobody"), all_of_it + 1)
    rows = [(body, *counts) for body, counts in sorted(boards.items(), key=lambda pair: pair[0].name)]
    return {
        "year": f"{year}-{(year + 1) % 100}",
        "attendance": [(body, there, chances, 100 * there / chances) for body, there, chances in rows],
        "there": sum(row[1] for row in rows),
        "chances": sum(row[2] for row in rows),
    }


@login_required
def compare(request, older, newer):
    """Two editions: session, account, both, of each its terms and places, successors, a meeting, all editions."""
    editions = [get_object_or_404(Arrangement, key=key) for key in (older, newer)]
    first, second = (_boards(edition) for edition in editions)
    pairs = _pairs(first, second)
    chosen = next((pair for pair in pairs if pair["before"] and pair["after"]), pairs[0])
    for pair in pairs:
        both = pair["before"] and pair["after"]
        pair["rows"] = _compared(pair["before"], pair["after"]) if both else []
        pair["changes"] = sum(row["what"] != "same" for row in pair["rows"])
    context = {
        "older": editions[0],
        "newer": editions[1],
        "choices": list(Arrangement.objects.filter(area=editions[0].area_id).order_by("-first_day")),
        "pairs": pairs,
        "chosen": chosen,
        "marked": [_marked(row) for row in chosen["rows"]],
        "gone": sum(pair["after"] is None for pair in pairs),
        "new": sum(pair["before"] is None for pair in pairs),
        "changed": sum(pair["changes"] for pair in pairs),
        "meeting": _last_meeting(chosen["after"].body if chosen["after"] else None),
        "moves": _moves(first, second),
    }
    return render(request, "floor/compare.html", context)


def _boards(edition):
    """The terms of an edition with their boards and the places that these had."""
    found = edition.terms.select_related("body", "sponsor").prefetch_related("body__seats__agency").order_by("order")
    versions = list(found)
    for terms in versions:
        terms.seats = [seat for seat in terms.body.seats.all() if not seat.in_attendance]
    return versions


def _pairs(first, second):
    heirs = dict(Body.objects.exclude(succeeded_by=None).values_list("pk", "succeeded_by_id"))
    after = {terms.body_id: terms for terms in second}
    pairs, met = [], set()
    for terms in first:
        key = terms.body_id
        while key is not None and key not in after:
            key = heirs.get(key)
        met.add(key)
        pairs.append({"before": terms, "after": after.get(key)})
    pairs += [{"before": None, "after": terms} for terms in second if terms.body_id not in met]
    for number, pair in enumerate(pairs):
        pair["number"] = number
    return pairs


def _places(terms):
    counts = {}
    for seat in terms.seats:
        name = seat.agency.short_name if seat.agency else "No partner"
        counts[name] = counts.get(name, 0) + 1
    return f"{len(terms.seats)} places: {', '.join(f'{name} {number}' for name, number in counts.items())}"


def _compared(before, after):
    rows = [("Name", before.body.name, after.body.name)]
    rows += [("Status", before.body.get_kind_display(), after.body.get_kind_display())]
    rows += [("Places", _places(before), _places(after))]
    rows += [(label, _words(getattr(before, name)), _words(getattr(after, name))) for label, name in COMPARED]
    return [_compared_row(*row) for row in rows if row[1] or row[2]]


def _compared_row(label, before, after):
    what = "same" if before == after else "changed" if before and after else "gone" if before else "new"
    return {"label": label, "old": before, "new": after, "what": what}


def _marked(row):
    """A row with the words of both sides in pieces, each with whether it is in both."""
    old, new = row["old"].split(), row["new"].split()
    pieces = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    before = [(" ".join(old[a:b]), tag == "equal") for tag, a, b, _c, _d in pieces if a < b]
    after = [(" ".join(new[c:d]), tag == "equal") for tag, _a, _b, c, d in pieces if c < d]
    return {**row, "before": before, "after": after}


def _last_meeting(body):
    return body and body.meetings.exclude(closed_at=None).order_by("starts_at").last()


def _moves(first, second):
    """Places that one board lost and another gained, of the same partner under the same title."""
    old, new = (
        {(seat.agency, seat.title): terms.body for terms in side for seat in terms.seats} for side in (first, second)
    )
    return [
        (agency, title, body, new[agency, title]) for (agency, title), body in old.items() if (agency, title) in new
    ]
