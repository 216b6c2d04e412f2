"""The membership of a board as a table: out for a spreadsheet, and in again, with every change told before."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from mktogether.lib.sheets import Sheet
from mktogether.lib.templatetags.wording import day as in_words
from mktogether.lib.verdict import Refusal
from partnerships import queries
from partnerships.access import may_change_places
from partnerships.explaining.holdings import APPOINTMENT, DEPUTISING, MODELS
from partnerships.leaving.actions import end_holding
from partnerships.membership import actions, rules
from partnerships.models import Body, Person, Seat
from records import history, submissions
from records.models import Event

NUMBER, MEMBER, FROM, DEPUTIES = "Place number", "Member", "From", "Deputies"
HEAD = (NUMBER, "Place", "Partner", MEMBER, FROM, DEPUTIES)
NEEDED = (NUMBER, MEMBER, DEPUTIES)
IMPORTED, UNDONE = "membership.imported", "membership.undone"
WITHDRAWN = {APPOINTMENT: "appointment.withdrawn", DEPUTISING: "deputising.withdrawn"}
REASON = "By a table of the membership"


def sheet(body, now):
    """The places of ``body`` as a table, one a row; two queries."""
    places = [place for place in queries.places_of([body.pk], now)[body.pk] if not place["in_attendance"]]
    rows = [
        (
            place["id"],
            place["title"],
            place["agency_short"],
            place["holder"] or "",
            timezone.localdate(place["since"]) if place["since"] else "",
            "; ".join(post for _person, post in place["deputies"]),
        )
        for place in places
    ]
    return Sheet(f"Membership {body.short_name}", HEAD, rows)


@dataclass(frozen=True)
class Wanted:
    """One row of the table: which place, who is to be its member and since when, and who its deputies."""

    row: int
    seat: int
    member: str
    since: dt.date | None
    deputies: tuple[str, ...]


class WrongRows(Exception):
    """Rows that cannot be as the table has them: a sentence each, with the number of the row."""

    def __init__(self, sentences):
        super().__init__(sentences[0])
        self.sentences = sentences


@dataclass
class Made:
    """What was changed, in sentences, and by its rows for taking it back."""

    sentences: list = field(default_factory=list)
    begun: list = field(default_factory=list)  # [kind, id]
    ended: list = field(default_factory=list)  # [kind, id]


def wanted(rows):
    """The ``rows`` of a table, as ``mktogether.lib.tables`` reads them, as what is wanted. Raises WrongRows."""
    if not rows:
        raise WrongRows(["The file is empty. Begin with the table offered here."])
    number, head = rows[0]
    columns = {name.casefold(): place for place, name in enumerate(head)}
    missing = [name for name in NEEDED if name.casefold() not in columns]
    if missing:
        raise WrongRows(
            [f"Row {number}: there is no column “{missing[0]}”. Begin with the table that this page offers."]
        )
    found, wrong = [], []
    for number, texts in rows[1:]:
        cells = {name: texts[place] if place < len(texts) else "" for name, place in columns.items()}
        try:
            found.append(_wanted(number, cells))
        except Refusal as refusal:
            wrong.append(f"Row {number}: {refusal.sentence}")
    seen = set()
    for one in found:
        if one.seat in seen:
            wrong.append(f"Row {one.row}: the place {one.seat} stands in a row above. Take one of them out.")
        seen.add(one.seat)
    if wrong:
        raise WrongRows(wrong)
    return found


def _wanted(number, cells):
    text = cells[NUMBER.casefold()].removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Refusal(f"“{text}” is no number of a place. Keep the numbers of the table that this page offers.")
    deputies = tuple(dict.fromkeys(filter(None, (post.strip() for post in cells[DEPUTIES.casefold()].split(";")))))
    too_long = [post for post in (cells[MEMBER.casefold()], *deputies) if len(post) > 120]
    if too_long:
        raise Refusal(f"“{too_long[0][:40]}…” is longer than 120 characters. Shorten the post.")
    return Wanted(number, int(text), cells[MEMBER.casefold()], _day(cells.get(FROM.casefold(), "")), deputies)


def _day(text):
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise Refusal(f"“{text}” is no day. Write it as 2025-01-31.") from None


@transaction.atomic
def bring_in(body, rows, *, by, submission=None):
    """
    Make the membership of ``body`` what ``rows`` (Wanted) say, all of it or nothing; places without a row stay.

    Raises WrongRows with a sentence for each row that cannot be, and Refusal for who may not do this.
    """
    claimed = submissions.claim(submission, by=by)
    body = Body.objects.regardless("changed by an act").select_for_update(of=("self",)).get(pk=body.pk)
    verdict = may_change_places(by, body)
    if not verdict:
        raise Refusal(verdict.reason)
    now = timezone.now()
    places = {place["id"]: place for place in queries.places_of([body.pk], now)[body.pk]}
    made, wrong = Made(), []
    for one in rows:
        try:
            with transaction.atomic():
                _bring_in(body, one, places.get(one.seat), now, by, made)
        except Refusal as refusal:
            wrong.append(f"Row {one.row}: {refusal.sentence}")
    if wrong:
        raise WrongRows(wrong)
    if made.sentences:
        details = {"begun": made.begun, "ended": made.ended}
        history.record("membership.imported", body, by=by, details=details)
    submissions.leads_to(claimed, body.get_absolute_url())
    return made


def _bring_in(body, one, place, now, by, made):
    if place is None or place["in_attendance"]:
        raise Refusal(f"{body} has no place with the number {one.seat} today.")
    seat = Seat.objects.select_related("body", "agency").get(pk=one.seat)
    if one.member.casefold() != (place["holder"] or "").casefold():
        _member(seat, one, place, now, by, made)
    present = {post.casefold(): person for person, post in place["deputies"]}
    kept = {post.casefold() for post in one.deputies}
    for folded, person in present.items():
        if folded not in kept:
            row = seat.deputies.in_force(now).select_related("person").get(person=person)
            _end(DEPUTISING, row, now, by, made, f"{row.person.post} is a deputy for {seat.title} no longer.")
    for post in one.deputies:
        if post.casefold() not in present:
            row = actions.name_deputy(seat, by=by, starts_on=timezone.localdate(now), **_known(seat, post))
            _begun(DEPUTISING, row, made, f"{row.person.post} becomes a deputy for {seat.title}.")


def _member(seat, one, place, now, by, made):
    held = seat.appointments.in_force(now).select_related("person").first()
    same_day = held is not None and one.since == timezone.localdate(held.starts_at)
    starts_on = timezone.localdate(now) if one.since is None or same_day else one.since
    if not one.member:
        _end(APPOINTMENT, held, now, by, made, f"{held.person.post} is the member for {seat.title} no longer.")
        return
    if held is not None:
        at = rules.first_moment(starts_on, now)
        if at <= held.starts_at:
            since = in_words(timezone.localtime(held.starts_at))
            raise Refusal(f"{held.person.post} is the member since {since}. Enter a day after that under “{FROM}”.")
        _end(APPOINTMENT, held, at, by, made, f"{held.person.post} is the member for {seat.title} no longer.")
    row = actions.appoint(seat, by=by, starts_on=starts_on, **_known(seat, one.member))
    _begun(
        APPOINTMENT, row, made, f"{row.person.post} becomes the member for {seat.title}, from {in_words(starts_on)}."
    )


def _known(seat, post):
    """Whom a post means: somebody of the partner of the place, else the one of the area, else somebody new."""
    people = list(Person.objects.filter(area=seat.body.area_id, post__iexact=post)[:50])
    own = [person for person in people if person.agency_id == seat.agency_id]
    if len(own) == 1 or len(people) == 1:
        return {"person": (own or people)[0]}
    if people:
        raise Refusal(f"“{post}” can be several people. Name them on the page of the place.")
    return {"post": post}


def _end(kind, row, at, by, made, sentence):
    end_holding(row.person, kind, row.pk, at=at, reason=REASON, by=by)
    made.ended.append([kind, row.pk])
    made.sentences.append(sentence)


def _begun(kind, row, made, sentence):
    made.begun.append([kind, row.pk])
    made.sentences.append(sentence)


# --- Taking it back ---------------------------------------------------------------------------------------------------


def last_import(body):
    """The newest table that was brought in for ``body``; None where there is none, or where it was taken back."""
    events = Event.objects.filter(target=Body._meta.label, target_id=body.pk, verb__in=(IMPORTED, UNDONE))
    newest = events.order_by("-id").first()
    return newest if newest is not None and newest.verb == IMPORTED else None


@transaction.atomic
def undo(body, event, *, by, submission=None):
    """
    Take back what the table of ``event`` changed: what it began goes, and what it ended goes on.

    Raises Refusal for who may not do this, where it was taken back before, and where somebody has changed something of
    it since; then nothing is taken back.
    """
    claimed = submissions.claim(submission, by=by)
    body = Body.objects.regardless("changed by an act").select_for_update(of=("self",)).get(pk=body.pk)
    verdict = may_change_places(by, body)
    if not verdict:
        raise Refusal(verdict.reason)
    newest = last_import(body)
    if event is None or newest is None or newest.pk != event.pk:
        raise Refusal("No table was brought in that could be taken back.")
    for kind, pk in event.details["begun"]:
        _withdraw(kind, pk, by)
    for kind, pk in event.details["ended"]:
        _go_on(kind, pk, by)
    history.record("membership.undone", body, by=by, details={"event": event.pk})
    submissions.leads_to(claimed, body.get_absolute_url())


CHANGED_SINCE = "Something of it was changed since. Change the places one by one instead."


def _withdraw(kind, pk, by):
    row = MODELS[kind].objects.select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
    if row is None or row.ends_at is not None:
        raise Refusal(CHANGED_SINCE)
    gone = {"person": (row.person_id, None), "starts_at": (row.starts_at, None)}
    history.record(WITHDRAWN[kind], row, by=by, within=row.person, changes=gone)
    row.delete()


def _go_on(kind, pk, by):
    row = MODELS[kind].objects.select_for_update(of=("self",)).select_related("person", "seat").filter(pk=pk).first()
    if row is None or row.ended_because != REASON:
        raise Refusal(CHANGED_SINCE)
    others = (
        row.seat.appointments.exclude(pk=pk) if kind == APPOINTMENT else row.seat.deputies.filter(person=row.person)
    )
    others = list(others.exclude(pk=pk).select_related("person").filter(ends_at__isnull=True))
    try:
        rules.refuse_overlap(row.starts_at, None, others, what="holds this place")
    except Refusal as refusal:
        raise Refusal(CHANGED_SINCE) from refusal
    changes = history.changed(row, ends_at=None, ended_because="")
    row.save(update_fields=["ends_at", "ended_because"])
    history.record("membership.goes_on", row, by=by, within=row.person, changes=changes)
