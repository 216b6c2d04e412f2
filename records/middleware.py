"""What holds for every request."""

import logging
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from mktogether.lib.scoped import on_behalf_of
from records.access import PUBLIC
from records.history import denials

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

    def handle_no_permission(self, request, view_func):
        """
        To the page to sign in, and from there to where they wanted to go.

        Whoever sent a form is told that nothing of it was saved, and is led back to the page it stood on: the address
        that takes it may be no page.
        """
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(_page_of_form(request), f"{resolve_url(self.get_login_url(view_func))}?{UNSAVED}=1")


UNSAVED = "unsaved"  # in the address of the page to sign in, which then says so


def _page_of_form(request):
    """The address of the page from which a form was sent, where the browser says one of ours; else its own."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address, such as one with half a bracket
        return request.get_full_path()
    if page.path and page.netloc == request.get_host():
        return urlunsplit(("", "", page.path, page.query, ""))
    return request.get_full_path()


def no_store(get_response):
    """Nothing that the portal answers stays in a cache, unless a view says otherwise itself."""

    def middleware(request):
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware


def note_denials(get_response):
    """Whoever is signed in, asks for a page that there is, and is answered 404 or 403, is in the history with it."""

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if response.status_code in DENIED and match is not None and request.user.is_authenticated:
            denials.note(request.user, match, timezone.now())
        return response

    return middleware


DENIED = frozenset({403, 404})


TOO_EARLY = 425


def no_prefetch(get_response):
    """
    A page is sent when somebody wants to see it, and not before.

    What a browser fetches beforehand would be in the history as read though nobody saw it; and whoever only says that
    they fetch beforehand would read without being in it.
    """

    def middleware(request):
        purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
        if any("prefetch" in purpose or "preview" in purpose for purpose in purposes):
            return HttpResponse(status=TOO_EARLY)
        return get_response(request)

    return middleware


def on_behalf_of_whoever_asks(get_response):
    """While a request is answered, every look at rows that not everybody may see says whose eyes they are for."""

    def middleware(request):
        with on_behalf_of(request.user):
            return get_response(request)

    return middleware
