"""What the views about access have in common: the thing in the address, the page that confirms, and the way on."""

from django.http import Http404
from django.shortcuts import render

from mktogether.lib.verdict import Refusal
from partnerships.access import may_see_people
from partnerships.granting import subjects
from partnerships.granting.forms import refuse
from partnerships.granting.rehearsing import rehearse
from partnerships.views.people import ACCESS
from records import acting, submissions
from records.access import ask_afresh

WHO_IS_LET_IN = {"label": "Who is let in", "href": "/access/grants/"}


def crumbs_from(user, *further):
    """The way to what lies below the list of who is let in; it begins where ``user`` finds all about access, if so."""
    return [*([ACCESS] if may_see_people(user) else []), WHO_IS_LET_IN, *further]


def thing_at(request, path, key):
    """
    The thing of the address, if whoever asks may see it; otherwise there is no such page.

    Where its kind asks for a fresh check, that comes before anything is looked up: it is the same for what is there
    and what is not.
    """
    if subjects.asks_afresh(path):
        ask_afresh(request)
    thing = subjects.at(request.user, path, key)
    if thing is None:
        raise Http404
    return thing


def _opened(request, thing):
    """
    Note that ``thing`` was opened, where a page that names it is about to be shown.

    Also where that is a form with its mistakes, or what would change: both name it as the form did.
    """
    if thing is not None:
        subjects.of(thing).opened(thing, by=request.user, method=request.method)


def crumbs_of(thing, label):
    """The way back to the page of ``thing``."""
    subject = subjects.of(thing)
    return [{"label": subject.title(thing), "href": subject.address(thing)}, {"label": label}]


def form_page(request, form, heading, crumbs, cancel_href, *, thing=None, **more):
    """One form on one page, which names its own address; ``thing`` is what the page names beside."""
    _opened(request, thing)
    return acting.form_page(
        request, form, heading, crumbs=crumbs, cancel_href=cancel_href, posts_to=request.path, **more
    )


def rehearsed(form, act):
    """What ``act`` would make; None, with the sentence at its field of ``form``, where it would be refused."""
    try:
        return rehearse(act)
    except Refusal as refusal:
        refuse(form, refusal)
        return None


def confirmation(request, heading, sentences, *, button, crumbs, cancel_href, thing=None):
    """What would change of ``thing``, with everything that was typed, to be confirmed or taken back to the form."""
    _opened(request, thing)
    left_out = {"csrfmiddlewaretoken", "act", submissions.FIELD}
    context = {
        "heading": heading,
        "sentences": list(sentences),
        "button": button,
        "crumbs": crumbs,
        "cancel_href": cancel_href,
        "posts_to": request.path,
        "kept": [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values],
        "submission_token": submissions.token_of(request),
    }
    return render(request, "partnerships/access/confirm.html", context)


def done(request, form, act, *, to, said):
    """Do ``act`` and lead on to ``to(what it made)``; None where it was refused and the form has to be shown again."""
    return acting.done(request, act, form=form, said=said, leads_to=to)


def asked(request):
    """Which button of the form was pressed; none for a page that is asked for."""
    return request.POST.get("act", "continue") if request.method == "POST" else ""
