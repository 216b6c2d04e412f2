"""What the page of a reply shows, by link or signed in, and one's own reply on the page of a meeting."""

from django.utils import timezone

from meetings import dates
from meetings.models import Reply
from meetings.replying.access import may_reply
from meetings.replying.forms import SOMEBODY_ELSE, ApologiesForm, DeputyForm
from mktogether.lib.templatetags.wording import clock, day

Answer, Came, DeputyAnswer = Reply.Answer, Reply.Came, Reply.DeputyAnswer
BUTTONS = {Answer.ACCEPT: "I am coming", Answer.TENTATIVE: "Perhaps"}
WORDS = {
    Answer.ACCEPT: "You said that you are coming",
    Answer.TENTATIVE: "You said: perhaps",
    Answer.APOLOGIES: "You sent apologies",
}
SAID = {Answer.ACCEPT: "coming", Answer.TENTATIVE: "perhaps", Answer.APOLOGIES: "apologies"}
ENTERED = {
    Came.TELEPHONE: "entered for you, as you said by telephone",
    Came.WORD: "entered for you, as you said by word of mouth",
    Came.MAIL: "entered for you, as you wrote",
}
NO_REPLY = "You have not replied yet"


def context(meeting, place, *, title, chosen="", refused=None):
    """
    The page on which the reply for ``place`` is given or changed.

    ``title`` is what the meeting is called to this reader. ``chosen`` is the answer that a link asked for, which then
    stands first; ``refused`` is the form that was posted and could not be taken, with its errors.
    """
    parts = [
        *({"answer": answer, "button": label} for answer, label in BUTTONS.items()),
        {"answer": Answer.APOLOGIES, "heading": "I cannot come", "form": _apologies(place, refused)},
        {"answer": Answer.DEPUTY, "heading": "Somebody comes in my place", "form": _deputy(place, refused)},
    ]
    first = next((part for part in parts if part["answer"] == chosen), None)
    others = [part for part in parts if part is not first]
    return {
        "heading": f"{title}, {dates.weekday(meeting)}",
        "when": _when(meeting),
        "until": _until(meeting),
        "place": f"{place.title}, {place.agency}",
        "stands": in_words(place),
        "replied": bool(place.answer),
        "form": refused,
        "first": first,
        "buttons": [part for part in others if "button" in part],
        "forms": [part for part in others if "form" in part],
    }


def _when(meeting):
    return " · ".join(part for part in (dates.hours(meeting), meeting.get_mode_display(), meeting.place) if part)


def _until(meeting):
    return f"{clock(dates.starts(meeting))} on {day(dates.starts(meeting))}"


def _apologies(place, refused):
    if isinstance(refused, ApologiesForm):
        return refused
    return ApologiesForm(initial={"reason": place.answer_reason})


def _deputy(place, refused):
    if isinstance(refused, DeputyForm):
        return refused
    sent = {}
    if place.answer == Answer.DEPUTY:
        sent = {"colleague": place.answer_deputy, "deputy": "colleague"}
        if not place.sends_colleague:
            sent = {"deputy": str(place.answer_deputy_id)}
    return DeputyForm(deputies=place.deputies, initial=sent)


def in_words(place):
    """How the reply for ``place`` stands, in a sentence to the member."""
    if not place.answer:
        return f"{NO_REPLY}."
    given = timezone.localtime(place.answered_at)
    said = WORDS.get(place.answer) or f"You said that {place.answer_deputy} comes in your place"
    away = f" {place.answer_deputy} has said that they cannot come." if place.deputy_stays_away else ""
    entered = f" ({ENTERED[place.came]})" if place.came in ENTERED else ""
    return f"{said}{entered}, on {day(given)} at {clock(given)}.{away}"


def of_them(place):
    """How the reply for ``place`` stands, in a sentence to whoever enters another."""
    if not place.answer:
        return f"The {place.holder} has not replied yet. What you enter counts like a reply of their own."
    given = timezone.localtime(place.answered_at)
    said = f"sends {place.answer_deputy}" if place.answer == Answer.DEPUTY else SAID[place.answer]
    came = Came(place.came).label.lower()
    return f"So far: {said}, {came}, on {day(given)} at {clock(given)}. What you enter replaces it."


def as_entered(place):
    """The reply for ``place`` as the form for entering one shows it."""
    if not place.answer:
        return {}
    sent = SOMEBODY_ELSE if place.sends_colleague else str(place.answer_deputy_id or "")
    return {
        "answer": place.answer,
        "reason": place.answer_reason,
        "deputy": sent,
        "colleague": place.answer_deputy if place.sends_colleague else "",
    }


def own(meeting, places, person, now):
    """
    What the page of ``meeting`` says to ``person`` of their own part: their reply for each place, and whom they stand
    in for. None where they have no part, or there is nothing to reply to any more.
    """
    if person is None or not may_reply(meeting, now):
        return None
    rows = [_row(meeting, place) for place in places if place.holder_id == person.pk]
    sent = [_row_of_deputy(meeting, place) for place in places if place.answer_deputy_id == person.pk]
    return {"rows": rows, "sent_for": sent} if rows or sent else None


def _row(meeting, place):
    href = f"{meeting.get_absolute_url()}reply/{place.seat_id}/"
    return {
        "title": place.title,
        "stands": in_words(place),
        "tone": "soon" if place.deputy_stays_away or place.answer in {"", Answer.TENTATIVE} else "met",
        "href": href,
        "buttons": [{"answer": answer, "label": label} for answer, label in BUTTONS.items() if answer != place.answer],
        "others": [
            {"href": f"{href}?answer={Answer.APOLOGIES}", "label": "Send apologies"},
            {"href": f"{href}?answer={Answer.DEPUTY}", "label": "Send my deputy"},
        ],
    }


# --- Of a deputy who is sent ------------------------------------------------------------------------------------------

DEPUTY_BUTTONS = {DeputyAnswer.ACCEPT: "I am coming", DeputyAnswer.APOLOGIES: "I cannot come"}
DEPUTY_WORDS = {
    DeputyAnswer.ACCEPT: "You said that you are coming",
    DeputyAnswer.APOLOGIES: "You said that you cannot come",
}


def context_for_deputy(meeting, place, *, title, chosen="", refused=None):
    """The same page for the deputy who is sent for ``place``, who says whether they come; ``chosen`` stands first."""
    return {
        "heading": f"{title}, {dates.weekday(meeting)}",
        "when": _when(meeting),
        "until": _until(meeting),
        "instead_of": place.holder or place.title,
        "stands": deputy_in_words(place),
        "replied": bool(place.deputy_answer),
        "form": refused,
        "buttons": sorted(_deputy_buttons(), key=lambda button: button["answer"] != chosen),
    }


def deputy_in_words(place):
    """How the reply of the deputy who is sent for ``place`` stands, in a sentence to them."""
    if not place.deputy_answer:
        return "You have not said yet whether you come."
    given = timezone.localtime(place.deputy_answered_at)
    return f"{DEPUTY_WORDS[place.deputy_answer]}, on {day(given)} at {clock(given)}."


def _deputy_buttons(but=""):
    return [{"answer": answer, "label": label} for answer, label in DEPUTY_BUTTONS.items() if answer != but]


def _row_of_deputy(meeting, place):
    return {
        "post": place.holder or place.title,
        "stands": deputy_in_words(place),
        "tone": "soon" if not place.deputy_answer else "met",
        "href": f"{meeting.get_absolute_url()}reply/{place.seat_id}/as-deputy/",
        "buttons": _deputy_buttons(but=place.deputy_answer),
    }
