"""What the history tells of meetings, and the panel of it on the page of a meeting."""

from types import SimpleNamespace

from django.db.models import BigAutoField, BooleanField, OuterRef, Q, Subquery

from meetings.models import Action, AgendaItem, Attendance, CalendarAddress, Correction, Decision, Meeting, Reply
from meetings.subjects import ITEM as ITEM_SUBJECT
from meetings.subjects import named
from mktogether.lib.prepared import Prepared
from partnerships.models import Person
from partnerships.models.people import in_full
from partnerships.story import kinds, reading, telling
from records.history import verbs
from records.models import Event

MEETING, ITEM = Meeting._meta.label, AgendaItem._meta.label


def register():
    """Make the kinds of thing of this app known to the history."""
    kinds.register(
        kinds.Kind(
            model=Meeting,
            noun="meeting",
            visible=lambda user: Meeting.objects.visible_to(user).select_related("body"),
            title=named,
            address=lambda meeting: meeting.get_absolute_url(),
            parts=_of_items,
            key="meeting",
        ),
        kinds.Kind(
            model=AgendaItem,
            noun="item",
            visible=ITEM_SUBJECT.visible_to,
            title=ITEM_SUBJECT.title,
            address=ITEM_SUBJECT.address,
            is_sensitive=lambda item: item.confidential,
            key="item",
        ),
        kinds.Kind(model=Decision, noun="decision"),
        kinds.Kind(model=Action, noun="action"),
        kinds.Kind(model=Attendance, noun="entry of attendance"),
        kinds.Kind(model=Correction, noun="correction"),
        kinds.Kind(model=Reply, noun="reply"),
        kinds.Kind(model=CalendarAddress, noun="calendar address"),
    )


def _of_items(user, meeting):
    """What happened to the items of ``meeting`` that ``user`` sees, and under them."""
    items = AgendaItem.objects.visible_to(user).filter(meeting=meeting).values("pk")
    return Q(target=ITEM, target_id__in=items) | Q(within=ITEM, within_id__in=items)


def panel(user, meeting, sight, agenda):
    """
    Who last did what at ``meeting``, for its page: one query, and one more where somebody acted on behalf of others.
    Whom somebody let in or kept out stands in the whole of its history, since that asks for more.

    ``agenda`` are the items as the page shows them to this reader, by whose titles what happened under them is named.
    """
    if sight.hidden:  # what a prepared query cannot leave out
        return reading.story(user, meeting)
    rows = LATEST(meeting=meeting.pk, confidential=sight.confidential)
    events = [SimpleNamespace(**dict(zip(COLUMNS, row, strict=True))) for row in rows]
    names = telling.named_here(meeting)
    names |= {(ITEM, item["id"]): (f"“{item['title']}”", item["href"]) for item in agenda}
    who = {event.actor_id: in_full(event.post, event.organisation) for event in events}
    return {
        "rows": telling.in_words(events, who, names, {}),
        "href": kinds.of(MEETING).address_of_story(meeting),
    }


OF_EVENT = ("pk", "at", "actor_id", "verb", "target", "target_id", "within", "within_id", "details")
COLUMNS = (*OF_EVENT, "post", "organisation")


def _latest(meeting, confidential):
    items = AgendaItem.objects.of(meeting).filter(Q(confidential=False) | Q(confidential=confidential)).values("pk")
    told_here = Q(target=MEETING, target_id=meeting) | Q(within=MEETING, within_id=meeting)
    told_here |= Q(target=ITEM, target_id__in=items) | Q(within=ITEM, within_id__in=items)
    actor = Person.objects.filter(user=OuterRef("actor_id"))
    events = Event.objects.filter(told_here, verb__in=verbs.named(verbs.Group.CHANGED)).annotate(
        post=Subquery(actor.values("post")[:1]), organisation=Subquery(actor.values("agency__short_name")[:1])
    )
    return events.order_by("-id").values_list(*COLUMNS)[: reading.LAST_FEW]


LATEST = Prepared(_latest, meeting=BigAutoField(), confidential=BooleanField())
