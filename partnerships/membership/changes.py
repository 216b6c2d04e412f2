"""What naming somebody would change: told before it is done, from the rows that a rehearsal of the act made."""

from dataclasses import dataclass, field

from django.utils import timezone

from mktogether.lib.templatetags.wording import day as in_words
from partnerships import queries, reading
from partnerships.explaining import opening, words
from partnerships.explaining.holdings import APPOINTMENT, CHAIR, DEPUTISING, load
from partnerships.granting.rows import who
from partnerships.membership import rules
from partnerships.membership.actions import counted
from partnerships.models import Chairing, NamedDeputy, Seat, TermsOfReference
from partnerships.rules import health
from partnerships.rules.names import listed
from partnerships.sources import SOURCES
from partnerships.structure.boards import turn_warning

SHOWN = 20


@dataclass(frozen=True)
class Effect:
    """What would change, what to think twice about, what opens, what is left, and for which meetings."""

    sentences: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    opens: list = field(default_factory=list)
    health: list = field(default_factory=list)
    meetings: list = field(default_factory=list)


def of_appointment(made, user):
    """Of the appointment ``made``, in the transaction that takes it back again."""
    seat, body = made.seat, made.seat.body
    ended = seat.appointments.filter(ends_at=made.starts_at).exclude(pk=made.pk).select_related("person").first()
    sentences = [f"{who(made.person)} is the member for {seat.title} on {body}, {_span(made)}."]
    sentences += [f"{who(ended.person)} is the member no longer from that moment on."] if ended else []
    others = _other_places(made)
    warnings = [*_of_partner(made.person, seat), *others, *_without_account(made.person)]
    return _effect(made, APPOINTMENT, body, user, sentences, warnings)


def of_deputy(made, user):
    """Of the naming of a deputy ``made``."""
    seat, body = made.seat, made.seat.body
    senior = {True: "They are senior enough.", None: ""}.get(made.is_senior, "")
    briefed = f"They were briefed on {in_words(made.briefed_on)}." if made.briefed_on else ""
    sentences = [f"{who(made.person)} may stand in for {seat.title} on {body}, {_span(made)}.", senior, briefed]
    warnings = [*_of_partner(made.person, seat), *_as_the_terms_ask(made), *_without_account(made.person)]
    return _effect(made, DEPUTISING, body, user, sentences, warnings)


def of_handover(made, user):
    """Of the chairing ``made``, and of the one that it ends."""
    body, label = made.body, made.get_part_display().lower()
    day = timezone.localdate(made.starts_at)
    ended = body.chairings.filter(part=made.part, ends_at=made.starts_at).select_related("person__agency").first()
    terms = TermsOfReference.objects.in_force_on(day).filter(body=body).first()
    sentences = [f"{who(made.person)} is {label} of {body} from {in_words(day)}."]
    sentences += [f"{who(ended.person)} is {label} no longer from that moment on."] if ended else []
    return _effect(made, CHAIR, body, user, sentences, _of_turn(made, ended, terms, day))


def _of_turn(made, ended, terms, day):
    label = made.get_part_display().lower()
    if ended is not None:
        part = Chairing.Part(made.part)
        overdue = turn_warning(terms, part, {part: (ended.person.post, ended.starts_at)}, day)
        if overdue:
            yield overdue
    turns = rules.among(terms, made.part)
    agency = made.person.agency.short_name if made.person.agency else "no partner"
    if turns and agency not in turns:
        yield f"By the terms the {label} turns among {listed(list(turns))}; this person is of {agency}."
    elif turns and ended is not None and ended.person.agency_id == made.person.agency_id:
        yield f"By the terms the {label} turns among {listed(list(turns))}; it stays with {agency}."
    places = Seat.objects.in_force(made.starts_at).filter(body=made.body, appointments__person=made.person)
    if not places.exists():
        yield f"{made.person.post} has no place on {made.body}: by the chair alone nobody counts for its quorum."
    other = Chairing.objects.in_force(made.starts_at).filter(body=made.body, person=made.person).exclude(part=made.part)
    if other.exists():
        yield f"{made.person.post} is {other.first().get_part_display().lower()} of it too."


def of_remaking(body, made, at, user):
    """Of places (kept, ended, begun) that an act remade."""
    kept, ended, begun = made
    sentences = [
        *(f"{name}: {number} stay{'s' if number == 1 else ''} as before." for name, number in counted(kept)),
        *(f"{seat.title} ({seat.political_group}) ends{_with_member(seat, at)}." for seat in ended),
        *(f"{name}: {number} new, vacant until somebody is named." for name, number in counted(begun)),
    ]
    found, meetings = _health(body, at), SOURCES.meetings_from(user, body, timezone.localdate(at))
    return Effect(tuple(sentences), (), [], found, meetings[:SHOWN])


def _with_member(seat, at):
    row = seat.appointments.filter(ends_at=at).select_related("person").first()
    return f", and with it the appointment of {row.person.post}" if row else ""


def _effect(made, kind, body, user, sentences, warnings):
    """The parts that all of them have: what opens to the person, the health after it, the meetings from then on."""
    at = max(made.starts_at, timezone.now())
    holdings = [held for held in load([made.person_id], at=at) if (held.kind, held.pk) == (kind, made.pk)]
    after = _health(body, at)
    warnings = [*warnings, *_unreachable(after)]
    return Effect(
        sentences=tuple(filter(None, sentences)),
        warnings=tuple(warnings),
        opens=opening.scopes(made.person, holdings),
        health=after,
        meetings=SOURCES.meetings_from(user, body, timezone.localdate(made.starts_at))[:SHOWN],
    )


def _span(row):
    until = f" to {in_words(rules.last_day(row.ends_at))}" if row.ends_at else ", until further notice"
    return f"from {in_words(timezone.localtime(row.starts_at))}{until}"


def _health(body, at):
    """The health of the membership at ``at`` by the terms of that day."""
    day = timezone.localdate(at)
    terms = TermsOfReference.objects.in_force_on(day).filter(body=body).first()
    places = queries.places_of([body.pk], at)[body.pk]
    return reading.health(health(reading.parsed(terms), tuple(reading.seat(place) for place in places), day))


def _unreachable(lines):
    if lines and lines[0]["tone"] == "missed":
        yield "With the vacancies of that day its terms cannot be met, even if everybody comes."


def _of_partner(person, seat):
    """That somebody comes from another partner than the place is for."""
    if seat.agency is None or person.agency_id in {seat.agency_id, seat.agency.part_of_id}:
        return
    if person.agency is not None and person.agency.part_of_id == seat.agency_id:
        return
    agency = person.agency.short_name if person.agency else "no partner"
    yield f"The place is for {seat.agency.short_name}; {person.post} is of {agency}."


def _other_places(made):
    """One person cannot stand for two places at one meeting."""
    others = Seat.objects.in_force(made.starts_at).filter(
        body=made.seat.body, appointments__person=made.person, appointments__ends_at__isnull=True
    )
    for title in others.exclude(pk=made.seat_id).values_list("title", flat=True):
        yield f"{made.person.post} holds {title} there too. One person fills one place at a meeting."


def _without_account(person):
    if person.user_id is None:
        yield f"{person.post} has no account yet: they count at meetings, and read nothing here until they have one."


def _as_the_terms_ask(made: NamedDeputy):
    if made.is_senior is None:
        yield "It is not stated whether they are senior enough."
    elif not made.is_senior:
        yield "They are not senior enough by the terms."
    if made.briefed_on is None:
        yield "When they were briefed is not stated."


def capitalised(text):
    """``text`` as the beginning of a line."""
    return words.capitalised(text)
