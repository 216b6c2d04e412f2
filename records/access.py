"""
Declaring who may ask for a route. A view without a declaration is answered as if it did not exist.

Declaring is the outer door: it says whether an account is needed at all. Which objects somebody sees is the business
of ``visible_to(user)`` querysets, and what they may do of ``may_...`` verdicts.
"""

from django.contrib.auth.decorators import login_not_required

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
