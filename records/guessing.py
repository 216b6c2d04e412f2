"""
Secret addresses that open nothing: answered like any page that does not exist, and counted.

The secrets are far too long to be guessed. The count keeps somebody who tries all the same, or a program that goes on
asking for what is long dead, from being a burden to others. What opens something is never counted.
"""

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import respond_429
from django.core.cache import cache
from django.http import Http404
from django.utils import timezone

A_MINUTE = 60  # tries from one network address


def nothing_there(request):
    """Raise Http404 for a secret address that opens nothing; after too many in a minute, answer 429."""
    minute = timezone.now().replace(second=0, microsecond=0)
    key = f"guesses:{minute:%Y%m%dT%H%M}:{get_adapter().get_client_ip(request)}"
    tried = cache.get_or_set(key, 0, timeout=120)
    if tried >= A_MINUTE:
        return respond_429(request)
    cache.set(key, tried + 1, timeout=120)
    raise Http404
