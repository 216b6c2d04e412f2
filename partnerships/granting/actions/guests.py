"""Guests: people whom the portal does not know yet, entered with an account that opens nothing by itself."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.explaining.holdings import load
from partnerships.joining import addresses
from partnerships.models import Person
from records import accounts, history
from records.models import User

TAKEN = "This address cannot be given to a guest. If they have an account here, choose them from the list."
TAKES_PART = "Somebody with this post takes part already. Ask the support team for their account; then choose them."


@transaction.atomic
def enter_guest(*, post, agency, email, area, by):
    """
    Enter somebody by their ``post``, ``agency`` (or None) and ``email`` in the area with the id ``area``.

    A post that is known, holds nothing and has no account gets the account. Raises Refusal, at the field, without a
    post, for an address that is none or belongs to an account, for a post that has an account, and for one that holds
    something now or later: an account would open all of that, and the team alone gives such.
    """
    post = post.strip()
    if not post:
        raise Refusal("Enter their post, such as Author of the report.", "post")
    email = addresses.free(email, taken=TAKEN)
    known = Person.objects.select_for_update(of=("self",)).filter(area=area, agency=agency, post__iexact=post)
    person = known.order_by("pk").first()
    if person is not None:
        _refuse_known(person)
    else:
        person = Person.objects.create(area_id=area, agency=agency, post=post)
    try:
        with transaction.atomic():
            person.user = User.objects.create_user(email)
            person.save(update_fields=["user"])
    except IntegrityError:  # somebody gave this address away in the meantime
        raise Refusal(TAKEN, "email") from None
    history.record("guest.entered", person, by=by, changes={"post": (None, post), "email": (None, email)})
    return person


def _refuse_known(person):
    if person.user_id is not None:
        raise Refusal("Somebody with this post has an account. Choose them from the list.", "post")
    now = timezone.now()
    if not all(holding.is_over(now) for holding in load([person.pk])):
        raise Refusal(TAKES_PART, "post")


def invite_if_new(person, *, by):
    """Send somebody who has never chosen a password the mail with which they do."""
    user = person.user
    if user is None or not user.is_active or user.has_usable_password():
        return
    accounts.invite(user, area=person.area.name)
    history.record("guest.invited", person, by=by)
