"""Pages for what went wrong, in plain words."""

from django.shortcuts import render

from records.access import public


@public
def forbidden(request, exception=None):
    """403, with the sentence that says why where there is one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@public
def csrf_failure(request, reason=""):
    """403 for a form that did not come from our page, or came after the sign-in ended."""
    sentence = "This page was open too long, or cookies are blocked. Go back, reload the page and send the form again."
    return render(request, "403.html", {"reason": sentence}, status=403)


@public
def too_many(request, exception=None):
    """429 after too many attempts."""
    return render(request, "429.html", status=429)
