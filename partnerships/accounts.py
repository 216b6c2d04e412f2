"""Accounts as the portal loads them: with the person behind each, since every page asks what that person holds."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class Backend(AuthenticationBackend):
    """Signs in as the library does; a signed-in request gets account, person, agency and area in one query."""

    def get_user(self, user_id):
        """The account ``user_id``, or None where it is gone or switched off."""
        accounts = get_user_model().objects.select_related("person__agency", "person__area")
        user = accounts.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
