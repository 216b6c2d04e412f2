"""How accounts behave: no open sign-up, links to our own address, and mail that goes through the outbox."""

import hashlib
import unicodedata

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.db import transaction
from django.forms import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from records import outbox
from records.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the team; nobody signs up by themselves."""

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Answer 429 to whoever guessed too often, instead of the form with an error that invites another try."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            raise ImmediateHttpResponse(respond_429(request)) from too_many

    def _get_login_attempts_cache_key(self, request, **credentials):
        """
        One counter for an account, however its address is written and by whatever name the portal is called.

        The library's own key holds the Host header, whose port anybody may choose, and tells apart spellings that
        PostgreSQL takes for the same address.
        """
        return one_spelling(credentials.get("email", ""))

    def get_reset_password_from_key_url(self, key):
        """The link in the mail: to the address of the portal, whatever the request called it."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_ORIGIN + path.replace("UID-KEY", key)

    @transaction.atomic
    def send_mail(self, template_prefix, email, context):
        """Write the mail to the outbox; a mail server that is away delays it and loses nothing."""
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context)
        key = f"account:{hashlib.sha256(f'{email} {text}'.encode()).hexdigest()}"
        outbox.post(key, to=email, subject=subject, text=text)


def is_still_wanted(message):
    """Whether the account that ``message`` is about still goes by its address, and is not switched off."""
    return User.objects.filter(email__iexact=message.to, is_active=True).exists()


def register():
    """Have the outbox ask before a mail about an account goes."""
    outbox.before_handing_over("account", is_still_wanted)


def invite(user, mail="account/email/invitation", **said):
    """
    Write to somebody whose account is new how they choose their first password, by the link that chooses a new one.

    ``mail`` names the templates of the mail, and ``said`` is what they say besides. The link lives as long as any such
    link; the mail says how to ask for another.
    """
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    adapter = get_adapter()
    context = {
        "password_reset_url": adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{token}"),
        "ask_again_url": settings.SITE_ORIGIN + reverse("account_reset_password"),
        **said,
    }
    adapter.send_mail(mail, user.email, context)


def one_spelling(address):
    """The address without case, width and marks: databases differ in which of its spellings they tell apart."""
    apart = unicodedata.normalize("NFKD", address.strip().upper().casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
