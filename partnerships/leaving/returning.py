"""Switching an account on again that was switched off, for somebody who comes back."""

from django.db import transaction

from mktogether.lib.verdict import ALLOWED, Refusal, refused
from partnerships.models import Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from records import accounts, history, submissions


def may_switch_on(user, person):
    """The team switches on the account of anybody of the area; what it opens follows from what they hold then."""
    standing = standing_of(user)
    if person.area_id not in standing.area_ids or not standing.reach(Act.SWITCH_ON).area:
        return refused("Only the support team switches an account on again.")
    if person.user is None:
        return refused("They have no account that could be switched on.")
    if person.user.is_active:
        return refused("Their account is switched on already.")
    return ALLOWED


@transaction.atomic
def switch_on(person, reason, *, by, submission=None):
    """
    Switch the account of ``person`` on again.

    Its old password opens nothing any more: they get the mail with which somebody new chooses one. Raises Refusal
    without a reason, and where ``by`` may not.
    """
    claimed = submissions.claim(submission, by=by)
    rows = Person.objects.select_for_update(of=("self",)).select_related("user", "area")
    person = rows.get(pk=person.pk)
    verdict = may_switch_on(by, person)
    if not verdict:
        raise Refusal(verdict.reason)
    if not reason.strip():
        raise Refusal("Enter why, in a sentence.", "because")
    changes = history.changed(person.user, is_active=True) | {"reason": (None, reason.strip())}
    person.user.set_unusable_password()
    person.user.save(update_fields=["is_active", "password"])
    history.record("account.switched_on", person.user, by=by, area_id=person.area_id, changes=changes)
    accounts.invite(person.user, "account/email/member", area=person.area.name, post=person.post)
    submissions.leads_to(claimed, person.get_absolute_url())
    return person
