"""The address of an account that is about to be given: that it is one, and nobody's yet."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mktogether.lib.verdict import Refusal
from records.models import User

NO_ADDRESS = "Enter their e-mail address, such as name@example.org."
TAKEN = "There is an account with this address already. An account belongs to one person of one area."


def free(email, *, taken=TAKEN, no_address=NO_ADDRESS, but=None):
    """
    ``email`` as accounts keep it. ``but`` is the account that may have it.

    Raises Refusal, at the field ``email``, for what is no address, and for one that another account has.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal(no_address, "email") from None
    if User.objects.filter(email__iexact=email).exclude(pk=but.pk if but else None).exists():
        raise Refusal(taken.format(email=email), "email")
    return email
