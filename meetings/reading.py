"""A meeting as its readers see it: agenda, what came of it, who came and whether it was quorate."""

from types import SimpleNamespace

from django.db.models import BigAutoField, BooleanField, Q
from django.utils import timezone

from meetings import access, dates, forecast, judging, record, roster, rows, story
from meetings.live.strip import LOOKS, strip
from meetings.models import Action, AgendaItem, Attendance, Correction, Decision, Meeting
from meetings.replying import page as replying
from meetings.replying.access import may_reply
from meetings.sight import sight_of
from mktogether.lib.prepared import Prepared
from mktogether.lib.states import tag, verdict_word
from mktogether.lib.templatetags.wording import clock, day, short_day_year
from partnerships import rules
from partnerships.granting import rules as rules_of_access
from partnerships.standing import standing_of

PURPOSES = dict(AgendaItem.Purpose.choices)
CONFIDENTIAL = tag("hold", "padlock", "Confidential")
OUTCOME_LOOKS = {
    "carried": ("met", "tick"),
    "not carried": ("missed", "cross"),
    "undecided": ("soon", "triangle"),
    "invalid": ("missed", "cross"),
    "not stated": ("neutral", "dash"),
    "recommended": ("soon", "pencil"),
    "noted": ("neutral", "dash"),
}
OUTCOMES = {outcome: tag(*OUTCOME_LOOKS[outcome], words) for outcome, words in Decision.Outcome.choices}
REPLIES = {
    "accept": verdict_word("met", "tick", "Coming"),
    "tentative": verdict_word("soon", "triangle", "Perhaps"),
    "apologies": verdict_word("neutral", "dash", "Apologies"),
    "deputy": verdict_word("met", "deputy", "Sends a deputy"),
    "": verdict_word("neutral", "clock", "No reply yet"),
}
COLLEAGUE = verdict_word("soon", "triangle", "Sends a colleague")
DEPUTY_AWAY = verdict_word("missed", "cross", "Deputy cannot come")
DEPUTY_COMES = verdict_word("met", "deputy", "Deputy comes")
VACANT = verdict_word("missed", "cross", "Vacant")


def find(user, public_id):
    """The meeting with this address if ``user`` may see it; None otherwise, as if there were none."""
    visible = Meeting.objects.visible_to(user).select_related("body", "presiding", "record")
    return visible.filter(public_id=public_id).first()


def page(meeting, user, now):
    """The context of the page of ``meeting`` for ``user``: what they may see of it, and nothing else of it."""
    sight, may = sight_of(user, meeting), _may(meeting, user)
    shown = agenda(meeting, sight)
    return {
        "meeting": meeting,
        "href": meeting.get_absolute_url(),
        "no_agenda": "No items are on the agenda yet." if dates.has_day(meeting) else "The source gives no agenda.",
        "heading": f"{meeting.body.name}, {dates.weekday(meeting)}",
        "subtitle": " · ".join(_subtitle(meeting)),
        "state_tag": rows.state_tag(meeting, now),
        "agenda": shown,
        "story": story.panel(user, meeting, sight, shown),
        "corrections": _corrections(meeting),
        "may": may,
        **_who_and_whether(meeting, now, standing_of(user).person, may),
    }


def _subtitle(meeting):
    yield dates.hours(meeting)
    yield meeting.get_mode_display() or "How it met is not given"
    if meeting.place:
        yield meeting.place
    if meeting.kind != Meeting.Kind.ORDINARY:
        yield f"{meeting.get_kind_display()} meeting"
    if meeting.presiding:
        yield f"Presiding: {meeting.presiding.post}"


def _may(meeting, user):
    return {
        "record": bool(access.may_change(user, meeting)),
        "plan": bool(access.may_plan(user, meeting.body)),
        "rearrange": bool(access.may_rearrange(user, meeting)),
        "correct": bool(access.may_correct(user, meeting)),
        "ask_for_emergency": bool(rules_of_access.may_ask_for_emergency(user))
        and not access.may_read_confidential(user, meeting),
    }


# --- Agenda ----------------------------------------------------------------------------------------------------------


def _items(meeting, confidential):
    items = AgendaItem.objects.of(meeting).filter(Q(confidential=False) | Q(confidential=confidential))
    return items.order_by("number").values_list(
        "id", "public_id", "title", "purpose", "minutes", "lead", "recommendation", "confidential"
    )


def _decisions(meeting, confidential):
    of_items = Q(item__confidential=False) | Q(item__confidential=confidential)
    decisions = Decision.objects.of(meeting).filter(of_items).order_by("at", "id")
    return decisions.values_list("item_id", "wording", "outcome", "reason", "ratified_at")


def _actions(meeting, confidential):
    of_items = Q(item__confidential=False) | Q(item__confidential=confidential)
    actions = Action.objects.of(meeting).filter(of_items).order_by("id")
    return actions.values_list("item_id", "what", "due_on", "done_at", "owner__post")


# ``confidential`` is true for readers of the confidential part, and then matches its items too.
ASKED = {"meeting": BigAutoField(), "confidential": BooleanField()}
ITEMS, DECISIONS, ACTIONS = Prepared(_items, **ASKED), Prepared(_decisions, **ASKED), Prepared(_actions, **ASKED)


def agenda(meeting, sight):
    """The items that ``sight`` shows, each with its decisions and actions; three queries whatever their number."""
    asked = {"meeting": meeting.pk, "confidential": sight.confidential}
    decisions, actions = {}, {}
    for item, *row in DECISIONS(**asked):
        decisions.setdefault(item, []).append(decision_row(*row))
    today = timezone.localdate()
    for item, *row in ACTIONS(**asked):
        actions.setdefault(item, []).append(action_row(*row, today))
    shown = [row for row in ITEMS(**asked) if row[0] not in sight.hidden]
    return [_item(number, row, decisions, actions) for number, row in enumerate(shown, start=1)]


def _item(number, row, decisions, actions):
    """An item; its number counts what this reader sees, so that nothing tells of what they do not."""
    item, public_id, title, purpose, minutes, lead, recommendation, confidential = row
    detail = (f"Lead: {lead}" if lead else "", f"{minutes} minutes" if minutes else "")
    return {
        "id": item,
        "number": number,
        "title": title,
        "href": f"/meetings/items/{public_id}/",
        "confidential": CONFIDENTIAL if confidential else "",
        "purpose": PURPOSES[purpose],
        "detail": " · ".join(part for part in detail if part),
        "recommendation": "" if item in decisions else recommendation,
        "decisions": decisions.get(item, ()),
        "actions": actions.get(item, ()),
    }


def decision_row(wording, outcome, reason, ratified_at):
    """A decision with what became of it, as pages of a meeting show it."""
    words = OUTCOMES[outcome]
    if ratified_at:
        words = tag("met", "tick", f"Recommendation, ratified {short_day_year(timezone.localtime(ratified_at))}")
    return {"wording": wording, "outcome": words, "reason": reason}


def action_row(what, due_on, done_at, owner, today):
    """An action with whose it is and how it stands, as pages of a meeting show it."""
    return {
        "what": what,
        "who": f"{owner}, by {short_day_year(due_on)}",
        "state": rows.standing(due_on, done_at, today),
    }


# --- Who came, and whether they were a quorum ------------------------------------------------------------------------


def _who_and_whether(meeting, now, person, may):
    """The strip and the attendance: from the frozen record once closed, from the replies until somebody opens it."""
    if meeting.is_cancelled:
        return {"strip": None, "attendance": []}
    frozen = getattr(meeting, "record", None)
    if frozen is not None:
        return _frozen(meeting, frozen.content)
    places = roster.places(meeting)
    if meeting.opened_at is None:
        enters = may["plan"] and may_reply(meeting, now)
        return {**_announced(meeting, places, enters=enters), "own": replying.own(meeting, places, person, now)}
    verdict = judging.judge(meeting, places, judging.terms_of(meeting), at=now)
    return {
        "strip": strip(meeting, verdict, places),
        "attendance": [_came(record.group_of(group)) for group in roster.grouped(places)],
        **CAME,
        "attendance_in_words": _counted(*roster.filled(places)),
    }


CAME = {"attendance_title": "Attendance", "attendance_column": "How, or why not"}


def _counted(there, held):
    return f"{there} of {held} places filled"


def _frozen(meeting, content):
    verdict = content["verdict"]
    modifier, icon = LOOKS[rules.Status(verdict["status"])]
    headline, dot, rest = verdict["sentence"].partition(". ")
    return {
        "strip": SimpleNamespace(
            modifier=modifier,
            icon=icon,
            headline=f"{headline}." if dot else headline,
            cure=rest,
            detail=f"{_counted(content['there'], content['places'])} · {_closed(meeting)}",
            chips=[forecast.chip(finding) for finding in verdict.get("findings", ())],
        ),
        "attendance": [_came(group) for group in content["roster"]],
        **CAME,
        "attendance_in_words": _counted(content["there"], content["places"]),
        "verdicts": content["verdicts"] if len(content["verdicts"]) > 1 else (),
    }


def _closed(meeting):
    """When it was closed; one whose day is not known was entered from a source instead."""
    words = "closed" if dates.has_day(meeting) else "entered"
    closed = timezone.localtime(meeting.closed_at)
    return f"{words} {day(closed)}, {clock(closed)}"


def _came(group):
    """The places of a partner from a record: who came, or why nobody did."""
    held = sum(1 for place in group["places"] if place["there"] or place.get("held", place["holder"]))
    return {
        "agency": group["agency"],
        "name": group["agency_name"],
        "count": f"{group['there']} of {held}" if held else "vacant",
        "places": [
            {
                "title": place["title"],
                "who": ", ".join(part for part in (_stand_in(place), place["times"]) if part),
                "word": verdict_word(*(("met", "tick") if place["there"] else ("neutral", "dash")), place["word"]),
            }
            for place in group["places"]
        ],
    }


def _stand_in(place):
    """Who came, where that is not the nominated member."""
    if place["filled_by"] == Attendance.FilledBy.REPRESENTED:
        return "Who came, and how, is not known"
    return place["person"] if place["person"] and place["person"] != place["holder"] else ""


def _announced(meeting, places, *, enters):
    """What the replies come to, and each; ``enters`` says that the reader enters those that came otherwise."""
    entering = f"{meeting.get_absolute_url()}replies/" if enters else ""
    _there, held = roster.filled(places)
    return {
        "strip": forecast.strip_of(meeting, places),
        "attendance": [_expected(group, entering) for group in roster.grouped(places)],
        "attendance_title": "Who is coming",
        "attendance_column": "Reply",
        "attendance_in_words": f"{sum(forecast.is_announced(place) for place in places)} of {held}",
    }


def _expected(group, entering):
    return {
        "agency": group.agency,
        "name": group.agency_name,
        "count": f"{sum(map(forecast.is_announced, group.places))} of {len(group.places)}",
        "places": [_reply(place, entering) for place in group.places],
    }


def _reply(place, entering):
    if place.holder_id is None:
        return {"title": place.title, "who": "", "word": VACANT}
    shown = {"title": place.title, "who": place.answer_deputy or "", "word": _said(place)}
    return shown | {"enter": f"{entering}{place.seat_id}/"} if entering else shown


def _said(place):
    if place.sends_colleague:
        return COLLEAGUE
    if place.deputy_answer:
        return DEPUTY_AWAY if place.deputy_stays_away else DEPUTY_COMES
    return REPLIES[place.answer]


def _corrections(meeting):
    if not meeting.is_closed:
        return []
    return [
        {"text": row["text"], "reason": row["reason"], "on": day(timezone.localtime(row["at"]))}
        for row in Correction.objects.of(meeting).order_by("at").values("text", "reason", "at")
    ]
