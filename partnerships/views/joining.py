"""Giving somebody an account, switching it off, and naming a further member of the team."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.explaining import opening
from partnerships.explaining.holdings import ROLE, load
from partnerships.granting.forms import BecauseForm
from partnerships.granting.rows import who
from partnerships.joining import actions, notices, rules
from partnerships.joining.forms import AccountForm, TeamForm
from partnerships.leaving import actions as leaving
from partnerships.standing import standing_of
from partnerships.views.about_access import asked, confirmation, done, form_page, rehearsed
from partnerships.views.people import ACCESS, PEOPLE, find
from records.access import fresh_check, signed_in
from records.acting import posted

METHODS = require_http_methods(["GET", "HEAD", "POST"])
TEAM = "Name a member of the team"
LINK_LIVES = "The link works once, for 30 minutes; the mail says how they ask for another."


@signed_in
@METHODS
def give_account(request, public_id):
    """The address; then the account is there, and the mail is on its way."""
    person = find(request, public_id)
    verdict = rules.may_give_account(request.user, person)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    again = person.user is not None
    form = AccountForm(posted(request), person=person)
    answer = done(
        request,
        form,
        lambda: actions.give_account(
            person, email=form.cleaned_data["email"], by=request.user, submission=request.POST
        ),
        to=lambda given: given,
        said=lambda given: f"They are sent the mail with which they choose a password, to {given.user.email}.",
    )
    if answer is not None:
        return answer
    heading = "Send the mail of their account again" if again else "Give them an account"
    lead = (
        f"{person.post} has not chosen a password yet. Correct the address where it is wrong. {LINK_LIVES}"
        if again
        else f"{person.post} gets an account, which opens what they hold, as their page shows it. {LINK_LIVES}"
    )
    return _page(request, form, heading, person, lead=lead)


@signed_in
@METHODS
def switch_off(request, public_id):
    """The reason, with what follows; then the account is off."""
    person = find(request, public_id)
    verdict = rules.may_switch_off(request.user, person)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    form = BecauseForm(posted(request), submit_label="Switch it off")
    answer = done(
        request,
        form,
        lambda: leaving.switch_off(person, form.cleaned_data["because"], by=request.user, submission=request.POST),
        to=lambda switched: switched,
        said="Their account is switched off, and they are signed out everywhere.",
    )
    if answer is not None:
        return answer
    lead = f"{person.post} cannot sign in any more, and keeps what they hold. Where they leave, end that too."
    return _page(request, form, "Switch their account off", person, lead=lead)


def _page(request, form, heading, person, *, lead):
    href = person.get_absolute_url()
    crumbs = [ACCESS, PEOPLE, {"label": person.post, "href": href}, {"label": heading}]
    return form_page(request, form, heading, crumbs, href, lead=lead)


@signed_in
@fresh_check
@METHODS
def name_of_team(request):
    """Who, and from when; then what that opens to them; then they are of the team."""
    verdict = rules.may_name_team(request.user)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    area = standing_of(request.user).person.area
    act = asked(request)
    form = TeamForm(request.POST if act else None, area=area)
    crumbs = [ACCESS, PEOPLE, {"label": TEAM}]
    if act in {"continue", "confirm"} and form.is_valid():
        answer = _named(request, form, area) if act == "confirm" else _asked_first(request, form, area, crumbs)
        if answer is not None:
            return answer
    elif act == "back":
        form.errors.clear()
    lead = (
        f"Whoever is of the team reads and records the business of every board and group of {area.name}, and gives "
        "accounts. The chairs of partnerships, the safeguarding partners, the scrutineer, the information governance "
        "lead and the team are told by mail."
    )
    return form_page(request, form, TEAM, crumbs, "/people/", lead=lead)


def _name(request, form, area, submission=None):
    return actions.name_of_team(area=area, by=request.user, submission=submission, **form.cleaned_data)


def _asked_first(request, form, area, crumbs):
    sentences = rehearsed(form, lambda: list(_consequences(_name(request, form, area))))
    if sentences is None:
        return None
    return confirmation(request, TEAM, sentences, button="Name them", crumbs=crumbs, cancel_href="/people/")


def _consequences(office):
    """What a rehearsal of the naming made, as sentences."""
    person = office.person
    first = timezone.localtime(office.starts_at)
    yield f"{who(person)} is of the team from {in_words(first)}, until further notice."
    if not person.user.has_usable_password():
        yield f"They are sent the mail with which they choose a password, to {person.user.email}. {LINK_LIVES}"
    told = notices.told_of_team(office.area_id).exclude(pk=person.pk).count()
    yield f"{told} {'person is' if told == 1 else 'people are'} told by mail: those who answer for access."
    held = [one for one in load([person.pk]) if (one.kind, one.pk) == (ROLE, office.pk)]
    for scope in opening.scopes(person, held):
        acts = "; ".join(act for acts, _because in scope.lines for act in acts)
        yield f"{scope.title}: {acts}."


def _named(request, form, area):
    return done(
        request,
        form,
        lambda: _name(request, form, area, request.POST),
        to=lambda office: office.person,
        said=lambda office: f"{office.person.post} is named as a member of the team.",
    )
