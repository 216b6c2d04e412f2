"""
Signing in and out, in the history.

The one place where signals are heard: the library that signs people in offers nothing else to hold on to.
"""

from allauth.account import signals as account
from django.contrib.auth import signals as auth
from django.db import transaction

from partnerships.models import Person
from records import history
from records.models import User


def connect():
    """Hear of what happens to accounts."""
    account.user_logged_in.connect(_signed_in)
    account.password_changed.connect(_password_changed)
    account.password_reset.connect(_password_reset)
    auth.user_logged_out.connect(_signed_out)
    auth.user_login_failed.connect(_failed)


@transaction.atomic
def _signed_in(user, **_more):
    history.record("account.signed_in", user, by=user, area_id=_area(user))


@transaction.atomic
def _signed_out(user, **_more):
    if user is not None:  # a session that had ended already
        history.record("account.signed_out", user, by=user, area_id=_area(user))


@transaction.atomic
def _password_changed(user, **_more):
    history.record("account.password_changed", user, by=user, area_id=_area(user))


@transaction.atomic
def _password_reset(user, **_more):
    history.record("account.password_reset", user, by=user, area_id=_area(user))


@transaction.atomic
def _failed(credentials, **_more):
    """
    A sign-in that was refused: the same look-up and the same write whether there is such an account or not.

    Of an address that nobody has, its keyed hash is kept and nothing else. Attempts beyond the limit of the door are
    answered before they come here.
    """
    address = credentials.get("email") or credentials.get("username") or ""
    accounts = User.objects.filter(email__iexact=address).values_list("pk", "person__area_id")
    pk, area_id = accounts.first() or (None, None)
    verb, target = ("account.sign_in_failed", (User._meta.label, pk)) if pk else ("account.sign_in_unknown", None)
    history.record(verb, target, by=None, area_id=area_id, changes={"email": (None, address.lower())})


def _area(user):
    return Person.objects.filter(user=user).values_list("area_id", flat=True).first()
