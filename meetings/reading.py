"""A meeting as its readers see it: agenda, what came of it, who came and whether it was quorate."""

from types import SimpleNamespace

from django.db.models import F
from django.utils import timezone

from meetings import access, forecast, judging, record, roster, rows
from meetings.live.strip import LOOKS, strip
from meetings.models import Action, AgendaItem, Decision, Meeting
from mktogether.lib.templatetags.icons import HIDDEN as ICONS
from mktogether.lib.templatetags.wording import clock, day, short_day_year, weekday
from partnerships import rules

PURPOSES = dict(AgendaItem.Purpose.choices)
OUTCOME_WORDS = dict(Decision.Outcome.choices)
REPLIES = {
    "accept": ("met", "tick", "Coming"),
    "tentative": ("soon", "triangle", "Perhaps"),
    "apologies": ("neutral", "dash", "Apologies"),
    "deputy": ("met", "deputy", "Sends a deputy"),
    "": ("neutral", "clock", "No reply yet"),
}


def find(user, public_id):
    """The meeting with this address if ``user`` may see it; None otherwise, as if there were none."""
    visible = Meeting.objects.visible_to(user).select_related("body", "presiding", "record")
    return visible.filter(public_id=public_id).first()


def page(meeting, user, now):
    """The context of the page of ``meeting`` for ``user``: what they may see of it, and nothing else of it."""
    starts = timezone.localtime(meeting.starts_at)
    return {
        "meeting": meeting,
        "href": meeting.get_absolute_url(),
        "heading": f"{meeting.body.name}, {weekday(starts)}",
        "subtitle": " · ".join(_subtitle(meeting)),
        "state": _state(meeting, now),
        "agenda": agenda(meeting, user),
        "corrections": _corrections(meeting),
        "may": _may(meeting, user),
        "padlock": ICONS["padlock"],
        **_who_and_whether(meeting, now),
    }


def _subtitle(meeting):
    yield rows.hours(meeting)
    yield meeting.get_mode_display()
    if meeting.place:
        yield meeting.place
    if meeting.kind != Meeting.Kind.ORDINARY:
        yield f"{meeting.get_kind_display()} meeting"
    if meeting.presiding:
        yield f"Presiding: {meeting.presiding.post}"


def _state(meeting, now):
    words = rows.state_of(meeting, now)
    tone, icon = rows.STATES[words]
    return {"words": words, "tone": tone, "icon": icon}


def _may(meeting, user):
    return {
        "record": bool(access.may_change(user, meeting)),
        "rearrange": bool(access.may_rearrange(user, meeting)),
        "correct": bool(access.may_correct(user, meeting)),
    }


# --- Agenda ----------------------------------------------------------------------------------------------------------


def agenda(meeting, user):
    """The items that ``user`` may see, each with its decisions and actions; three queries whatever their number."""
    items = list(
        AgendaItem.objects.visible_to(user)
        .filter(meeting=meeting)
        .order_by("number")
        .values("id", "number", "title", "purpose", "minutes", "lead", "recommendation", "confidential", "done_at")
    )
    ids = [item["id"] for item in items]
    decisions, actions = _decisions(ids), _actions(ids)
    return [
        {
            "number": item["number"],
            "title": item["title"],
            "confidential": item["confidential"],
            "purpose": PURPOSES[item["purpose"]],
            "detail": _detail(item),
            "recommendation": "" if item["id"] in decisions else item["recommendation"],
            "decisions": decisions.get(item["id"], ()),
            "actions": actions.get(item["id"], ()),
        }
        for item in items
    ]


def _detail(item):
    minutes = f"{item['minutes']} minutes" if item["minutes"] else ""
    lead = f"Lead: {item['lead']}" if item["lead"] else ""
    return " · ".join(part for part in (lead, minutes) if part)


def _decisions(item_ids):
    found = {}
    fields = ("item_id", "wording", "outcome", "reason", "is_recommendation", "ratified_at")
    for row in Decision.objects.filter(item__in=item_ids).order_by("at", "id").values(*fields):
        tone, icon = rows.OUTCOMES[row["outcome"]]
        words = OUTCOME_WORDS[row["outcome"]]
        if row["ratified_at"]:
            words, tone, icon = _ratified(row["ratified_at"])
        found.setdefault(row["item_id"], []).append(
            {"wording": row["wording"], "outcome": words, "tone": tone, "icon": icon, "reason": row["reason"]}
        )
    return found


def _ratified(moment):
    return f"Recommendation, ratified {short_day_year(timezone.localtime(moment))}", "met", ICONS["tick"]


def _actions(item_ids):
    found = {}
    today = timezone.localdate()
    values = Action.objects.filter(item__in=item_ids).order_by("id")
    for row in values.values("item_id", "what", "due_on", "done_at", owner_post=F("owner__post")):
        standing = rows.standing(row["due_on"], row["done_at"], today)
        found.setdefault(row["item_id"], []).append(
            {"what": row["what"], "owner": row["owner_post"], "due": short_day_year(row["due_on"]), **standing}
        )
    return found


# --- Who came, and whether they were a quorum ------------------------------------------------------------------------


def _who_and_whether(meeting, now):
    """The strip and the attendance: from the frozen record once closed, from the replies until somebody opens it."""
    if meeting.is_cancelled:
        return {"strip": None, "attendance": []}
    frozen = getattr(meeting, "record", None)
    if frozen is not None:
        return _frozen(meeting, frozen.content)
    places = roster.places(meeting)
    if meeting.opened_at is None:
        return _announced(meeting, places)
    verdict = judging.judge(meeting, places, judging.terms_of(meeting), at=now)
    return {
        "strip": strip(meeting, verdict, places),
        "attendance": [_came(record.group_of(group)) for group in roster.grouped(places)],
        **CAME,
        "attendance_in_words": _counted(
            sum(place.is_there for place in places), sum(place.holder_id is not None for place in places)
        ),
    }


CAME = {"attendance_title": "Attendance", "attendance_column": "How, or why not"}


def _counted(there, held):
    return f"{there} of {held} places filled"


def _frozen(meeting, content):
    verdict = content["verdict"]
    modifier, icon = LOOKS[rules.Status(verdict["status"])]
    headline, dot, rest = verdict["sentence"].partition(". ")
    closed = timezone.localtime(meeting.closed_at)
    return {
        "strip": SimpleNamespace(
            modifier=modifier,
            icon=icon,
            headline=f"{headline}." if dot else headline,
            cure=rest,
            detail=f"{_counted(content['there'], content['places'])} · closed {day(closed)}, {clock(closed)}",
            chips=[forecast.chip(finding) for finding in verdict.get("findings", ())],
        ),
        "attendance": [_came(group) for group in content["roster"]],
        **CAME,
        "attendance_in_words": _counted(content["there"], content["places"]),
        "verdicts": content["verdicts"] if len(content["verdicts"]) > 1 else (),
    }


def _came(group):
    """The places of a partner from a record: who came, or why nobody did."""
    held = sum(1 for place in group["places"] if place["holder"] or place["there"])
    return {
        "agency": group["agency"],
        "name": group["agency_name"],
        "count": f"{group['there']} of {held}" if held else "vacant",
        "places": [
            {
                "title": place["title"],
                "who": ", ".join(part for part in (_stand_in(place), place["times"]) if part),
                "word": place["word"],
                "tone": "met" if place["there"] else "neutral",
                "icon": ICONS["tick" if place["there"] else "dash"],
            }
            for place in group["places"]
        ],
    }


def _stand_in(place):
    """Who came, where that is not the nominated member."""
    return place["person"] if place["person"] and place["person"] != place["holder"] else ""


def _announced(meeting, places):
    held = sum(place.holder_id is not None for place in places)
    return {
        "strip": forecast.strip_of(meeting, places),
        "attendance": [_expected(group) for group in roster.grouped(places)],
        "attendance_title": "Who is coming",
        "attendance_column": "Reply",
        "attendance_in_words": f"{sum(forecast.is_announced(place) for place in places)} of {held}",
    }


def _expected(group):
    return {
        "agency": group.agency,
        "name": group.agency_name,
        "count": f"{sum(map(forecast.is_announced, group.places))} of {len(group.places)}",
        "places": [_reply(place) for place in group.places],
    }


def _reply(place):
    if place.holder_id is None:
        return {"title": place.title, "who": "", "word": "Vacant", "tone": "missed", "icon": ICONS["cross"]}
    tone, icon, word = REPLIES[place.answer]
    return {
        "title": place.title,
        "who": place.answer_deputy or "",
        "word": word,
        "tone": tone,
        "icon": ICONS[icon],
    }


def _corrections(meeting):
    if not meeting.is_closed:
        return []
    return [
        {"text": row["text"], "reason": row["reason"], "on": day(timezone.localtime(row["at"]))}
        for row in meeting.corrections.order_by("at").values("text", "reason", "at")
    ]
