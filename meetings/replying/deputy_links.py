"""
The links by which a deputy who is sent says, without signing in, whether they come.

Like the links of members (``links``) they are signed texts: for one meeting and one deputyship, sent to one address.
They die besides with the member's reply: once somebody else is sent, or nobody, they lead nowhere.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from meetings import roster
from meetings.models import Reply
from meetings.replying import links
from meetings.replying.access import may_reply
from partnerships.models import NamedDeputy
from partnerships.models.dated import in_force

SALT = "meetings.replying.deputy_links"
LABELS = {Reply.DeputyAnswer.ACCEPT: "I am coming", Reply.DeputyAnswer.APOLOGIES: "I cannot come"}


def links_for(meeting, person):
    """
    The links of ``person`` for the mail that says they are sent to ``meeting``: (label, absolute address).

    None where they are not sent, have no account, or it has begun or was cancelled.
    """
    now = timezone.now()
    if not may_reply(meeting, now) or not links.can_sign_in(person):
        return []
    for place in roster.places(meeting):
        deputyship = _deputyships(meeting, now).filter(seat=place.seat_id, person=person).order_by("pk").first()
        if place.answer_deputy_id == person.pk and deputyship is not None:
            path = reverse("replies:reply_as_deputy", args=[token(meeting, deputyship, person.user.email)])
            return [(label, f"{settings.SITE_ORIGIN}{path}?answer={answer}") for answer, label in LABELS.items()]
    return []


def token(meeting, deputyship, email):
    """What a link to answer as a deputy holds: ids, what it was sent to, and our signature."""
    return links.sign(SALT, meeting.pk, deputyship.pk, email)


def find(text):
    """For whom the link with the token ``text`` speaks at this moment; None once it is dead, whatever it died of."""
    named = links.read(SALT, text)
    if named is None:
        return None
    meeting, now = links.meeting_of(named), timezone.now()
    if meeting is None or not may_reply(meeting, now):
        return None
    deputyship = _deputyships(meeting, now).filter(pk=named.pk).select_related("person__user").first()
    if deputyship is None or not links.may_speak(deputyship.person, meeting, named.sent_to):
        return None
    for place in roster.places(meeting):
        if place.seat_id == deputyship.seat_id and place.answer_deputy_id == deputyship.person_id:
            return links.Invited(meeting, place, deputyship.person)
    return None


def _deputyships(meeting, now):
    """The deputyships for places of the group that are in force now and when the meeting begins."""
    of_group = NamedDeputy.objects.filter(in_force(now), in_force(now, "seat__"), seat__body=meeting.body_id)
    return of_group.filter(in_force(meeting.starts_at))
