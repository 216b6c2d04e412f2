"""Naming members and deputies, handing over the chair, remaking political places. Each act is signed and in history."""

import itertools

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from mktogether.lib.verdict import Refusal
from partnerships.access import may_change_places
from partnerships.explaining.holdings import APPOINTMENT
from partnerships.leaving.actions import end_holding
from partnerships.membership import rules
from partnerships.models import Appointment, Body, Chairing, NamedDeputy, Person, Seat, TermsOfReference
from records import history, submissions

REMADE = "The places that follow political groups were remade"
MOST_PLACES = 30


@transaction.atomic
def appoint(seat, *, by, person=None, post="", starts_on, ends_on=None, replaces=False, submission=None):
    """
    Name ``person``, or somebody new by their ``post``, as the member for ``seat`` from the first to the last day.

    ``replaces`` ends the appointment of whoever holds the place then. Raises Refusal, at its field, for an end before
    the start, days outside those of the place, a member who holds it at the same time, somebody who may not be a
    member by the terms, and for who may not do this.
    """
    claimed = submissions.claim(submission, by=by)
    seat = _held(seat, by)
    now = timezone.now()
    starts_at, ends_at = rules.span(starts_on, ends_on, now)
    rules.refuse_outside(seat, starts_at, ends_at)
    person = _person(seat.agency, seat.body, person, post, by)
    terms = TermsOfReference.objects.in_force_on(starts_on).filter(body=seat.body).first()
    rules.refuse_ineligible(person, terms, starts_at)
    if replaces:
        _end_before(seat, starts_at, person, by)
    others = list(seat.appointments.select_related("person").order_by("starts_at"))
    rules.refuse_overlap(starts_at, ends_at, others, what="holds this place")
    made = Appointment.objects.create(seat=seat, person=person, starts_at=starts_at, ends_at=ends_at)
    _record("appointment.begun", made, by)
    submissions.leads_to(claimed, seat.body.get_absolute_url())
    return made


def _end_before(seat, at, successor, by):
    """End the appointment of whoever holds ``seat`` at ``at``."""
    held = seat.appointments.in_force(at).select_related("person").first()
    if held is None or held.starts_at >= at:
        return
    if held.person_id == successor.pk:
        raise Refusal(f"{successor.post} holds this place already.", "person")
    end_holding(held.person, APPOINTMENT, held.pk, at=at, reason=f"{successor.post} follows", by=by)


@transaction.atomic
def name_deputy(
    seat, *, by, person=None, post="", starts_on, ends_on=None, is_senior=None, briefed_on=None, submission=None
):
    """
    Name ``person``, or somebody new by their ``post``, as a deputy for ``seat``.

    ``is_senior`` and ``briefed_on`` are None where it is not known. Raises Refusal, at its field, as :func:`appoint`
    does; for the member of the place, for who is its deputy then already, and for a briefing that is to come.
    """
    claimed = submissions.claim(submission, by=by)
    seat = _held(seat, by)
    now = timezone.now()
    starts_at, ends_at = rules.span(starts_on, ends_on, now)
    rules.refuse_outside(seat, starts_at, ends_at)
    if briefed_on is not None and briefed_on > timezone.localdate(now):
        raise Refusal("They cannot have been briefed on a day to come. Enter it once it is over.", "briefed_on")
    person = _person(seat.agency, seat.body, person, post, by)
    own = list(seat.appointments.select_related("person").filter(person=person))
    rules.refuse_overlap(starts_at, ends_at, own, what="is the member for this place")
    same = list(seat.deputies.select_related("person").filter(person=person).order_by("starts_at"))
    rules.refuse_overlap(starts_at, ends_at, same, what="is a deputy for this place")
    made = NamedDeputy.objects.create(
        seat=seat, person=person, starts_at=starts_at, ends_at=ends_at, is_senior=is_senior, briefed_on=briefed_on
    )
    _record("deputising.begun", made, by)
    submissions.leads_to(claimed, seat.body.get_absolute_url())
    return made


@transaction.atomic
def hand_over(body, *, by, part, person, starts_on, submission=None):
    """
    Let ``person`` be the chair, or vice-chair, of ``body`` from the first day on; whoever was it ends at that moment.

    Raises Refusal, at its field, for who is it already, where another is to follow later, where by the terms there is
    none, for a day before the present one began, and for who may not do this.
    """
    claimed = submissions.claim(submission, by=by)
    body = _held_body(body, by)
    now = timezone.now()
    starts_at = rules.first_moment(starts_on, now)
    label = Chairing.Part(part).label.lower()
    terms = TermsOfReference.objects.in_force_on(starts_on).filter(body=body).first()
    if rules.chosen_by(terms, part) == TermsOfReference.Chosen.NONE:
        raise Refusal(f"By its terms {body} has no {label}. Enter a new version of the terms first.", "part")
    if person.area_id != body.area_id:
        raise Refusal("That person belongs to another area. Choose somebody of this one.", "person")
    chairings = body.chairings.filter(part=part).select_related("person").order_by("starts_at")
    held = chairings.in_force(starts_at).first()
    if held is not None:
        if held.person_id == person.pk:
            raise Refusal(f"{person.post} is {label} then already.", "person")
        if held.starts_at == starts_at:
            raise Refusal(f"{held.person.post} becomes {label} at that moment. Enter a later day.", "starts_on")
        changes = history.changed(held, ends_at=starts_at, ended_because=f"Handed over to {person.post}")
        held.save(update_fields=["ends_at", "ended_because"])
        history.record("chair.ended", held, by=by, within=held.person, changes=changes)
    rules.refuse_overlap(starts_at, None, list(chairings.exclude(ends_at__lte=starts_at)), what=f"is {label}")
    made = Chairing.objects.create(body=body, person=person, part=part, starts_at=starts_at)
    _record("chair.begun", made, by)
    submissions.leads_to(claimed, body.get_absolute_url())
    return made


@transaction.atomic
def remake_political_places(body, *, by, groups, starts_on, submission=None):
    """
    Let the political places of ``body`` be ``groups``, as (name, how many places), from the first day on; in one act.

    Places of a group that stays, up to its number, go on with their members; the others end with those who hold them,
    and new ones are vacant. Answers with (kept, ended, begun) as lists of places. Raises Refusal, at its field, where
    there are no such places, for a day that is over, and for groups that are named twice or have too many places.
    """
    claimed = submissions.claim(submission, by=by)
    body = _held_body(body, by)
    now = timezone.now()
    if starts_on < timezone.localdate(now):
        raise Refusal("That day is over. Enter today or a later day.", "starts_on")
    at = rules.first_moment(starts_on, now)
    _refuse_groups(groups)
    political = body.seats.exclude(political_group="").order_by("order", "pk")
    present = list(political.in_force(at).select_for_update(of=("self",)))
    if not present:
        raise Refusal(f"{body} has no places that follow political groups on that day.")
    if political.filter(starts_at__gt=at).exists():
        raise Refusal("They were remade from a later day already. End that, or enter a day after it.", "starts_on")
    kept, ended, begun = [], [], []
    for seat in present:
        wanted = dict(groups).get(seat.political_group, 0)
        stays = sum(other.political_group == seat.political_group for other in kept) < wanted
        (kept if stays else ended).append(seat)
    for seat in ended:
        _end_place(seat, at, by)
    for name, number in groups:
        missing = number - sum(seat.political_group == name for seat in kept)
        begun += [_new_place(body, present[0], name, at) for _time in range(missing)]
    before = ", ".join(f"{name} {number}" for name, number in counted(present))
    after = ", ".join(f"{name} {number}" for name, number in groups)
    history.record("places.remade", body, by=by, changes={"groups": (before, after), "starts_at": (None, at)})
    submissions.leads_to(claimed, body.get_absolute_url())
    return kept, ended, begun


def counted(seats):
    """The political groups of ``seats`` with how many places each has, in order."""
    found = {}
    for seat in seats:
        found[seat.political_group] = found.get(seat.political_group, 0) + 1
    return list(found.items())


def _refuse_groups(groups):
    names = [name for name, _number in groups]
    if not names:
        raise Refusal("Enter at least one political group with the number of its places.", "groups")
    if len({name.casefold() for name in names}) < len(names):
        raise Refusal("A group is named twice. Name it once, with all of its places.", "groups")
    if sum(number for _name, number in groups) > MOST_PLACES:
        raise Refusal(f"These are more than {MOST_PLACES} places. Check the numbers.", "groups")


ENDED = {"member": "appointment.ended", "deputy": "deputising.ended"}


def _end_place(seat, at, by):
    """End a place with everybody who holds it or stands in for it."""
    for kind, rows in (("member", seat.appointments), ("deputy", seat.deputies)):
        for row in rows.in_force(at).select_related("person"):
            changes = history.changed(row, ends_at=at, ended_because=REMADE)
            row.save(update_fields=["ends_at", "ended_because"])
            history.record(ENDED[kind], row, by=by, within=row.person, changes=changes)
    seat.ends_at = at
    seat.save(update_fields=["ends_at"])


def _new_place(body, like, group, at):
    """A vacant place for ``group``, of the same partner and with the same vote as the place ``like``."""
    order = (body.seats.aggregate(last=Max("order"))["last"] or 0) + 1
    taken = set(body.seats.values_list("key", flat=True))
    base = slugify(group)[:50] or "political-place"
    key = next(key for number in itertools.count(1) if (key := f"{base}-{number}") not in taken)
    return Seat.objects.create(
        body=body,
        key=key,
        agency=like.agency,
        title=f"Councillor of {group}"[:120],
        order=order,
        votes=like.votes,
        counts=like.counts,
        classes=like.classes,
        political_group=group,
        starts_at=at,
    )


# --- What every act looks at ------------------------------------------------------------------------------------------


def _held(seat, by):
    """The place, read again; its board is held until the transaction ends, so that two who name somebody take turns."""
    _held_body(seat.body, by)
    return Seat.objects.select_related("body", "agency").get(pk=seat.pk)


def _held_body(body, by):
    rows = Body.objects.regardless("changed by an act, which asks whether they may")
    body = rows.select_for_update(of=("self",)).get(pk=body.pk)
    verdict = may_change_places(by, body)
    if not verdict:
        raise Refusal(verdict.reason)
    return body


def _person(agency, body, person, post, by):
    """Whom it is about: somebody who is known, or somebody new of ``agency``."""
    if person is not None:
        if person.area_id != body.area_id:
            raise Refusal("That person belongs to another area. Choose somebody of this one.", "person")
        return person
    post = post.strip()
    if not post:
        raise Refusal("Choose a person, or enter the post of somebody new.", "person")
    if Person.objects.filter(area=body.area_id, agency=agency, post__iexact=post).exists():
        raise Refusal(f"{post} is known already. Choose them from the list above.", "post")
    person = Person.objects.create(area_id=body.area_id, agency=agency, post=post)
    history.record("person.entered", person, by=by, changes={"post": (None, post)})
    return person


def _record(verb, row, by):
    changes = {"starts_at": (None, row.starts_at), "ends_at": (None, row.ends_at), "person": (None, row.person_id)}
    history.record(verb, row, by=by, within=row.person, changes=changes)
