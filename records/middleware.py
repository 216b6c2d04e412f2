"""What holds for every request."""

import logging

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404
from django.utils.cache import add_never_cache_headers

from mktogether.lib.scoped import on_behalf_of
from records.access import PUBLIC

logger = logging.getLogger(__name__)


class DeclaredAccessMiddleware(LoginRequiredMiddleware):
    """Denied unless declared: a view that says nothing of who may ask for it does not exist."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        declared = getattr(view_func, "declared_access", None)
        if declared is None:
            logger.error("No access is declared for %s", request.resolver_match.route)
            raise Http404
        if declared == PUBLIC:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def no_store(get_response):
    """Nothing that the portal answers stays in a cache, unless a view says otherwise itself."""

    def middleware(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware


def on_behalf_of_whoever_asks(get_response):
    """While a request is answered, every look at rows that not everybody may see says whose eyes they are for."""

    def middleware(request):
        with on_behalf_of(request.user):
            return get_response(request)

    return middleware
