"""Reviews of access as pages and as evidence: what each line says, how far each review is, and what is overdue."""

from django.db.models import Count, Q
from django.utils import timezone

from mktogether.lib.states import tag
from mktogether.lib.templatetags.wording import clock, day, short_day_year
from partnerships.explaining.words import capitalised
from partnerships.models import AccessReview, AccessReviewLine
from partnerships.reviewing import quarters, rules, sight
from partnerships.reviewing.actions import still_there

Answer = AccessReviewLine.Answer
OPEN = ("waiting", "clock", "Open")
KEPT = ("met", "tick", "Still right")
ENDED = ("gone", "dash", "Ended by the review")
ENDED_SINCE = ("neutral", "dash", "Ended since")
HEAD = (
    "Quarter", "Organisation", "Post", "Held when the review began", "Answer", "Answered on", "Answered by", "Own line",
    "Reason", "Review begun on", "Review closed on", "Review closed by",
)  # fmt: skip


def quarter_of(review):
    """The quarter of ``review``."""
    return quarters.Quarter(review.year, review.quarter)


def choices(today):
    """The quarters whose review can be begun: the one before this, which is over, and this one."""
    this = quarters.of(today)
    return [(quarter.key, quarter.words) for quarter in (this.before, this)]


def rows(reviews, now):
    """``reviews`` as rows with their progress and whose turn it is; three queries for any number."""
    found = list(reviews.select_related("agency"))
    lines = AccessReviewLine.objects.regardless("counts for reviews that were found before").filter(review__in=found)
    counts = lines.order_by().values("review").annotate(total=Count("id"), answered=Count("id", filter=~Q(answer="")))
    counted = {row["review"]: (row["answered"], row["total"]) for row in counts}
    kept = set(sight.administered(now).values_list("person__agency", flat=True))
    today = timezone.localdate(now)
    return [_row(review, *counted.get(review.pk, (0, 0)), kept, today) for review in found]


def _row(review, answered, total, kept, today):
    return {
        "href": review.get_absolute_url(),
        "whose": capitalised(review.whose),
        "quarter": quarter_of(review).words,
        "progress": f"{answered} of {total} answered",
        "answered": answered,
        "total": total,
        "by": "Its administrator" if review.agency_id in kept else "Information governance lead",
        "state": state(review, today),
        "due": short_day_year(review.due_on),
    }


def state(review, today):
    """Where a review stands, as a tag: closed and when, or against its last day."""
    if review.is_closed:
        return tag("met", "tick", f"Closed {short_day_year(timezone.localtime(review.closed_at))}")
    return tag(*quarters.how_far(review.due_on, today))


def page(review, user, now):
    """One review with its lines, as its page shows it; at most seven queries."""
    lines = _lines(review)
    there = still_there(lines, now)
    goes_through = user if rules.may_answer(user, review) else None
    shown = [_line(line, there, goes_through, review) for line in lines]
    left = sum(line["is_open"] for line in shown)
    return {
        "review": review,
        "quarter": quarter_of(review).words,
        "whose": capitalised(review.whose),
        "state": state(review, timezone.localdate(now)),
        "people": _by_person(shown),
        "left": left,
        "left_in_words": "No line is open" if not left else f"{left} of {len(shown)} open",
        "has_own": any(line["own"] for line in shown),
        "begun": day(timezone.localtime(review.begun_at)),
        "due": day(review.due_on),
        "closed": day(timezone.localtime(review.closed_at)) if review.closed_at else "",
        "closed_by": _signed(review.closed_by),
    }


def _lines(review):
    lines = AccessReviewLine.objects.of(review).select_related("person__agency", "answered_by__person")
    return list(lines.order_by("person__post", "person_id", "id"))


def _by_person(shown):
    """The lines below the post of each person; two who have the same post stay two."""
    people = {}
    for line in shown:
        people.setdefault(line["person"], []).append(line)
    return [(lines[0]["post"], lines) for lines in people.values()]


def _line(line, there, goes_through, review):
    """A line as a row; ``goes_through`` is the account that looks, if it goes through the review."""
    is_there = (line.kind, line.row) in there
    return {
        "id": str(line.public_id),
        "href": line.get_absolute_url(),
        "person": line.person_id,
        "post": line.person.post,
        "what": line.what,
        "own": _is_own(line, line.answered_by or goes_through),
        "is_open": not line.answer and is_there and not review.is_closed,
        "can_end": line.answer != Answer.END and is_there and not review.is_closed,
        "can_take_back": _can_take_back(line, goes_through) and is_there and not review.is_closed,
        "state": tag(*_state(line, is_there)),
        "answered": _answered(line),
        "note": line.note,
    }


def _can_take_back(line, user):
    return user is not None and line.answer == Answer.KEEP and bool(rules.may_take_back(user, line))


def _is_own(line, user):
    return user is not None and line.person.user_id == user.pk


def _state(line, is_there):
    if line.answer == Answer.END:
        return ENDED
    if not is_there:
        return ENDED_SINCE
    return KEPT if line.answer == Answer.KEEP else OPEN


def _answered(line):
    if not line.answered_at:
        return ""
    at = timezone.localtime(line.answered_at)
    return f"{_signed(line.answered_by)}, {day(at)}, {clock(at)}"


def _signed(user):
    """Who answered, by their post."""
    person = getattr(user, "person", None)
    return person.post if person else ("An account without a post" if user else "")


def evidence(reviews, now):
    """The lines of ``reviews`` as rows of a sheet under HEAD; a constant number of queries."""
    found = list(reviews.select_related("agency"))
    lines = list(
        AccessReviewLine.objects.regardless("of reviews that were found before")
        .filter(review__in=found)
        .select_related("review__agency", "review__closed_by__person", "person", "answered_by__person")
        .order_by("review__agency__short_name", "review_id", "person__post", "person_id", "id")
    )
    there = still_there(lines, now)
    return [_evidence(line, (line.kind, line.row) in there) for line in lines]


def _evidence(line, is_there):
    review = line.review
    return (
        quarter_of(review).words,
        capitalised(review.whose),
        line.person.post,
        line.what,
        _state(line, is_there)[2],
        _at(line.answered_at),
        _signed(line.answered_by),
        "yes" if _is_own(line, line.answered_by) else "",
        line.note,
        _on(review.begun_at),
        _at(review.closed_at),
        _signed(review.closed_by),
    )


def _on(moment):
    return day(timezone.localtime(moment)) if moment else ""


def _at(moment):
    """The day and the time, as the page of the review has them: evidence may have to show what came first."""
    local = timezone.localtime(moment) if moment else None
    return f"{day(local)}, {clock(local)}" if local else ""


def waiting_for(user):
    """The open reviews that ``user`` goes through, the first due first."""
    visible = AccessReview.objects.visible_to(user).open().filter(sight.to_go_through(user))
    return visible.order_by("due_on", "id")


def quarters_of(reviews):
    """(words, address of the evidence) of each quarter among ``reviews``, the latest first."""
    found = sorted({quarter_of(review) for review in reviews}, reverse=True)
    return [(quarter.words, f"/access/reviews/{quarter.key}/evidence") for quarter in found]


def begun_in_words(begun, quarter):
    """What beginning the reviews of ``quarter`` came to, in a sentence."""
    if not begun:
        return f"Every organisation has its review of {quarter.words} already. Nothing was begun anew."
    return f"{'1 review is' if len(begun) == 1 else f'{len(begun)} reviews are'} begun for {quarter.words}."
