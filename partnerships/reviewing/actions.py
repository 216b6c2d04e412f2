"""Beginning, answering and closing reviews of access. Each act is signed and in history."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.explaining import words
from partnerships.explaining.holdings import MODELS, by_person, load
from partnerships.leaving.actions import end_holding
from partnerships.models import AccessReview, AccessReviewLine, Person
from partnerships.reviewing import quarters, rules
from records import history

Answer = AccessReviewLine.Answer


@transaction.atomic
def begin_reviews(area, quarter, *, by):
    """
    Begin the review of ``quarter`` for every organisation of ``area`` whose people hold something, and for the people
    who belong to none. Returns those that were begun: an organisation whose review there is already keeps it.

    Raises Refusal for who may not begin reviews, and for a quarter that has not begun.
    """
    verdict = rules.may_begin(by)
    if not verdict:
        raise Refusal(verdict.reason)
    now = timezone.now()
    today = timezone.localdate(now)
    if quarter > quarters.of(today):
        raise Refusal("That quarter has not begun. Choose one that has.", "quarter")
    type(area).objects.select_for_update(of=("self",)).get(pk=area.pk)  # two who begin at once take turns
    held = by_person(load(Person.objects.filter(area=area).values("pk"), at=now))
    people = Person.objects.filter(pk__in=held.keys()).order_by("post", "id")
    rows = AccessReview.objects.regardless("one review of a quarter, whoever sees it")
    there = set(rows.filter(area=area, year=quarter.year, quarter=quarter.number).values_list("agency", flat=True))
    by_agency = {}
    for person in people:
        by_agency.setdefault(person.agency_id, []).append(person)
    return [
        _begin(area, agency, quarter, [(person, held[person.pk]) for person in of_agency], now, by)
        for agency, of_agency in by_agency.items()
        if agency not in there
    ]


def _begin(area, agency_id, quarter, people, now, by):
    review = AccessReview.objects.create(
        area=area,
        agency_id=agency_id,
        year=quarter.year,
        quarter=quarter.number,
        due_on=quarters.due(timezone.localdate(now)),
        begun_at=now,
        begun_by=by,
    )
    AccessReviewLine.objects.bulk_create(lines_of(review, people, now))
    history.record("access_review.begun", review, by=by, changes={"quarter": (None, quarter.key)})
    return review


def lines_of(review, people, now):
    """The lines of a new review, not kept yet; ``people`` are (person, what they hold)."""
    return [
        AccessReviewLine(review=review, person=person, kind=holding.kind, row=holding.pk, what=_told(holding, now))
        for person, holdings in people
        for holding in holdings
    ]


def _told(holding, now):
    title = f" ({holding.title})" if holding.seat else ""
    return f"{words.capitalised(words.what(holding))}{title}, {words.when(holding, now)}"


@transaction.atomic
def keep(line, *, by):
    """Say that what somebody holds is still right. Saying so twice changes nothing."""
    review, line = _held(line, by)
    if line.answer == Answer.KEEP:
        return line
    _refuse_ended(line)
    return _answer(line, review, Answer.KEEP, "", by)


@transaction.atomic
def take_back(line, *, by):
    """
    Take back that something is still right, as whoever said so: the line is open again, and history keeps both.

    Raises Refusal for anybody else, for a line that is open, and where what it is about has ended since.
    """
    review, line = _held(line, by)
    _refuse_ended(line)
    if line.answer != Answer.KEEP:
        raise Refusal("This line is open. There is nothing to take back.")
    verdict = rules.may_take_back(by, line)
    if not verdict:
        raise Refusal(verdict.reason)
    changes = history.changed(line, answer="", answered_at=None, answered_by_id=None)
    line.save(update_fields=["answer", "answered_at", "answered_by"])
    history.record("access_review.taken_back", line, by=by, within=review, changes={"answer": changes["answer"]})
    return line


@transaction.atomic
def end(line, reason, *, by):
    """
    End, now, what somebody holds, because it is not right any more, and answer its line so.

    Whoever goes through a review may end what stands in it. Raises Refusal without a reason, where it has ended since
    the review began, and as :func:`partnerships.leaving.actions.end_holding` does.
    """
    review, line = _held(line, by)
    _refuse_ended(line)
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("agency", "user")
    person = rows.get(pk=line.person_id)
    end_holding(person, line.kind, line.row, at=timezone.now(), reason=reason, by=by)
    return _answer(line, review, Answer.END, reason.strip(), by)


@transaction.atomic
def close_review(review, *, by):
    """Close a review that has no open line. Raises Refusal while it has one, and where it is closed already."""
    rows = AccessReview.objects.regardless("held while it is closed; who may is asked below")
    review = rows.select_for_update(of=("self",)).select_related("agency").get(pk=review.pk)
    verdict = rules.may_answer(by, review)
    if not verdict:
        raise Refusal(verdict.reason)
    left = len(open_lines(review, timezone.now()))
    if left:
        raise Refusal(f"{'1 line is' if left == 1 else f'{left} lines are'} open. Say of each whether it is right.")
    changes = history.changed(review, closed_at=timezone.now(), closed_by=by)
    review.save(update_fields=["closed_at", "closed_by"])
    history.record("access_review.closed", review, by=by, changes={"closed_at": changes["closed_at"]})
    return review


def open_lines(review, now):
    """The lines without an answer whose place or role is still in force; in at most five queries."""
    lines = AccessReviewLine.objects.of(review).filter(answer="")
    there = still_there(lines, now)
    return [line for line in lines if (line.kind, line.row) in there]


def still_there(lines, now):
    """What of ``lines`` is not over, as {(kind, id of the row): None or when it will end}."""
    wanted = {}
    for line in lines:
        wanted.setdefault(line.kind, set()).add(line.row)
    return {
        (kind, pk): ends_at
        for kind, rows in wanted.items()
        for pk, ends_at in MODELS[kind].objects.filter(pk__in=rows).values_list("pk", "ends_at")
        if ends_at is None or ends_at > now
    }


def _held(line, by):
    """The line and its review, held until the transaction ends, for somebody who goes through it."""
    rows = AccessReview.objects.regardless("held while a line is answered; who may is asked below")
    review = rows.select_for_update(of=("self",)).select_related("agency").get(pk=line.review_id)
    verdict = rules.may_answer(by, review)
    if not verdict:
        raise Refusal(verdict.reason)
    return review, AccessReviewLine.objects.of(review).get(pk=line.pk)


def _refuse_ended(line):
    if line.answer == Answer.END or (line.kind, line.row) not in still_there([line], timezone.now()):
        raise Refusal("This has ended. There is nothing to say of it any more.")


def _answer(line, review, answer, note, by):
    changes = history.changed(line, answer=answer, note=note)
    line.answered_at, line.answered_by = timezone.now(), by
    line.save(update_fields=["answer", "note", "answered_at", "answered_by"])
    history.record("access_review.answered", line, by=by, within=review, changes=changes)
    return line
