"""One item of an agenda for those who see it, who need not see the rest of its meeting."""

from django.utils import timezone

from meetings import dates, interests, reading, roster, rows
from meetings.models import Action, AgendaItem, Decision, Meeting
from partnerships.granting import panel


def find(user, public_id):
    """The item with this address if ``user`` may see it; None otherwise, as if there were none."""
    visible = AgendaItem.objects.visible_to(user).select_related(
        "meeting__body", "meeting__presiding", "meeting__record"
    )
    return visible.filter(public_id=public_id).first()


def page(item, user, now):
    """The context of the page of ``item`` for ``user``. Of its meeting a guest learns the group, day and hours."""
    meeting = item.meeting
    of_meeting = Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    when = f"{meeting.body.name}, {dates.weekday(meeting)}"
    return {
        "item": item,
        "heading": item.title,
        "meeting_words": f"{when}, {dates.hours(meeting)}",
        "meeting_href": meeting.get_absolute_url() if of_meeting else "",
        "meeting_state": rows.state_tag(meeting, now),
        "crumbs": _crumbs(meeting, of_meeting),
        "confidential": reading.CONFIDENTIAL if item.confidential else "",
        "note": item.note if meeting.is_closed else "",
        "decisions": _decisions(item),
        "actions": _actions(item, now),
        "withdrawn": _withdrawn(item, meeting),
        "access": panel.about(item, user, now),
    }


def _crumbs(meeting, of_meeting):
    if not of_meeting:
        return [{"label": meeting.body.name}]
    return [
        {"label": "Meetings", "href": "/meetings/"},
        {"label": rows.heading(meeting), "href": meeting.get_absolute_url()},
    ]


def _decisions(item):
    made = Decision.objects.of(item.meeting).filter(item=item).order_by("at", "id")
    return [reading.decision_row(*row) for row in made.values_list("wording", "outcome", "reason", "ratified_at")]


def _actions(item, now):
    agreed = Action.objects.of(item.meeting).filter(item=item).order_by("id")
    today = timezone.localdate(now)
    found = agreed.values_list("what", "due_on", "done_at", "owner__post")
    return [reading.action_row(*row, today) for row in found]


def _withdrawn(item, meeting):
    """Who withdrew from it: as the record froze it, or as it stands once the meeting has begun."""
    frozen = getattr(meeting, "record", None)
    if frozen is not None:
        found = (row for row in frozen.content["items"] if row["id"] == item.pk)
        return next((row.get("withdrawn", []) for row in found), [])
    if meeting.opened_at is None:
        return []
    return [one.words for one in interests.by_item(meeting, roster.places(meeting)).get(item.pk, ())]
