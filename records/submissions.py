"""A form has one effect, however often it is sent."""

import uuid

from django.db import IntegrityError, transaction

from records.models import Submission

FIELD = "submission"


def new_token():
    """What a form carries in a hidden field, so that its second arrival is known."""
    return str(uuid.uuid4())


def token_of(request):
    """The token for a form on the page that answers ``request``: the one it came with, where it is shown again."""
    return request.POST.get(FIELD) or new_token()


class AlreadySubmitted(Exception):
    """The form took effect before; ``location`` is where its first submission led."""

    def __init__(self, location):
        super().__init__("This form was already sent. What you see is its first result.")
        self.location = location


def claim(post, *, by):
    """
    Take the token of a posted form, in the transaction of its act.

    Raises AlreadySubmitted when the form took effect before. An act that no form asked for (``post`` is None), or a
    form without a token, is let through.
    """
    token = _token(post or {})
    if token is None:
        return None
    try:
        with transaction.atomic():
            return Submission.objects.create(token=token, user=by)
    except IntegrityError:
        first = Submission.objects.filter(token=token, user=by).first()
        raise AlreadySubmitted(first.location if first else "") from None


def earlier(post, *, by):
    """Where a form of ``by`` led that took effect before; empty for one that did not. It claims nothing."""
    token = _token(post or {})
    first = Submission.objects.filter(token=token, user=by).first() if token else None
    return first.location if first else ""


def leads_to(submission, location):
    """Keep where the claimed form led, for whoever sends it again."""
    if submission is not None:
        submission.location = location
        submission.save(update_fields=["location"])


def _token(post):
    try:
        return uuid.UUID(post.get(FIELD, ""))
    except ValueError:
        return None
