"""Accounts as the portal loads them: with the person behind each, since every page asks what that person holds."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.db.models import BigAutoField

from mktogether.lib.prepared import PreparedModels

ACCOUNT = PreparedModels(
    lambda account: (
        get_user_model().objects.select_related("person__agency", "person__area").filter(pk=account).order_by()
    ),
    account=BigAutoField(),
)


class Backend(AuthenticationBackend):
    """Signs in as the library does; a signed-in request gets account, person, agency and area in one query."""

    def get_user(self, user_id):
        """The account ``user_id``, or None where it is gone or switched off."""
        user = next(iter(ACCOUNT(account=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None
