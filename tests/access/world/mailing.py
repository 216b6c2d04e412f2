"""Mail and reminders of the small partnership in which every address is walked."""

from records.reminders import switch
from tests import factories as make
from tests.access.world.addresses import Case, of, someone


def build(world):
    """A mail to the member, mails that came back, and somebody whom no reminder reached."""
    member, area = world.people["member"], world.review.area
    world.own_mail = make.OutboxMessageFactory(
        area=area,
        to=member.email,
        sent=True,
        html="<p>Your meeting</p>",
        calendar="BEGIN:VCALENDAR",
        calendar_method="REQUEST",
    )
    world.mail_back = make.OutboxMessageFactory(area=area, failed=True)
    world.mail_elsewhere = make.OutboxMessageFactory(area=world.elsewhere.area, failed=True)
    make.ReminderFactory(area=area, recipient_id=member.person.pk, not_reached=True)
    make.ReminderChoiceFactory(area=area, recipient_id=world.people["chair"].person.pk)


def token(name):
    """The address part of the member's switch for reminders of the kind ``name``."""

    def fill(world):
        address = switch.address(world.people["member"].person.pk, name)
        return {"token": address.rstrip("/").rpartition("/")[2]}

    return fill


def came_back(world):
    return {"address": world.own_mail.to, "reason": "Mailbox full"}


CASES = [
    Case("me:reminders", send=lambda world: {"way": "at once"}),
    Case("me:mailbox"),
    Case("me:mail", "to the member", of("own_mail", "pk")),
    Case("me:mail_as_page", "to the member", of("own_mail", "pk")),
    Case("reminders:not_sent"),
    Case("reminders:came_back", send=came_back),
    Case("reminders:send_again", "that came back", of("mail_back", "pk")),
    Case("reminders:send_again", "of the other area", of("mail_elsewhere", "pk")),
    Case("reminders:remind_again", "of the member", someone("member")),
    Case("reminders:off", "the member's switch", token("action.overdue")),
    Case("reminders:off", "of what cannot be switched off", token("meeting.invitation")),
]
