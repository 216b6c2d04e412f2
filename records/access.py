"""
Declaring who may ask for a route. A view without a declaration is answered as if it did not exist.

Declaring is the outer door: it says whether an account is needed at all. Which objects somebody sees is the business
of ``visible_to(user)`` querysets, and what they may do of ``may_...`` verdicts.
"""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied

PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view):
    """Anybody may ask for ``view``."""
    view = login_not_required(view)
    view.declared_access = PUBLIC
    return view


def signed_in(view):
    """Whoever has an account may ask for ``view``, and then sees what is visible to them."""
    view.declared_access = SIGNED_IN
    return view


def fresh_check(view):
    """
    Whoever asks for ``view`` has confirmed within the last ten minutes that it is they, with their password.

    Stands below ``signed_in``. It asks before ``view`` looks anything up, so that it is the same for what is there and
    what is not. A form that comes late waits in the session, takes effect once confirmed, and is not typed again; its
    page names its own address (``posts_to``), since it may be shown again from the page that confirms. Files do not
    wait: a form with a file has to be confirmed when it is opened.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        ask_afresh(request)
        return view(request, *args, **kwargs)

    checked.asks_afresh = True
    return checked


def ask_afresh(request):
    """The same for a view that asks only about some things: it goes on for those alone who have confirmed lately."""
    request.sensitive_post_parameters = "__ALL__"  # what is typed here stands in no report of an error
    if not confirmed_lately(request):
        _refuse_who_cannot(request)
        raise ReauthenticationRequired


def confirmed_lately(request):
    """Whether whoever is signed in has confirmed that it is they, in this session and not too long ago."""
    records = get_authentication_records(request, request.user)
    confirmed = [record["at"] for record in records if record.get("reauthenticated")]
    return bool(confirmed) and 0 <= time.time() - confirmed[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _refuse_who_cannot(request):
    """Without a password there is nothing to confirm with; the library would lead in a circle."""
    if not get_adapter().get_reauthentication_methods(request.user):
        raise PermissionDenied("Your account has no password to confirm with. Ask the support team for one.")
