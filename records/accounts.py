"""How accounts behave: no open sign-up, and mail that goes through the outbox."""

import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.template.loader import render_to_string

from records import outbox


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the team; nobody signs up by themselves."""

    def is_open_for_signup(self, request):
        return False

    @transaction.atomic
    def send_mail(self, template_prefix, email, context):
        """Write the mail to the outbox; a mail server that is away delays it and loses nothing."""
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context)
        key = f"account:{hashlib.sha256(text.encode()).hexdigest()[:32]}:{email}"
        outbox.post(key, to=email, subject=subject, text=text)
