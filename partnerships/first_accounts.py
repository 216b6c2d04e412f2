"""
The first account of an area: for one post of the team that its arrangements name.

Accounts are made by the team, and an area that was just loaded from a file has nobody who could begin. Whoever runs the
portal opens this one account, once, from the command line; it is the only account that nobody signed in gives.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mktogether.lib.templatetags.wording import day as in_words
from mktogether.lib.verdict import Refusal
from partnerships.arrangements import moments
from partnerships.joining import addresses
from partnerships.models import Office, Person, SpecifiedRole
from records import accounts, history
from records.models import Area, User

NO_ADDRESS = "Give their e-mail address, such as name@example.org."
TAKEN = "There is an account {email} already. An account belongs to one person of one area."


@dataclass(frozen=True, slots=True)
class Opened:
    """What was done: whose account it is, since when they are of the team, and whether that was so before."""

    person: Person
    office: Office
    held_it_before: bool


@transaction.atomic
def open_first_account(*, area, post, email, agency="", day=None):
    """
    Open the account ``email`` for the ``post`` of ``agency`` (its short name, where several have such a post) in the
    team of the area with the key ``area``, and send the mail with which they choose their password.

    They are of the team from ``day`` on (today, where None), or since when the file says they are. Raises Refusal for
    an area or post that no arrangements name, a day that is over, an address that is none or belongs to an account, a
    post that has one, and an area where somebody of the team can sign in: they are asked instead.
    """
    today = timezone.localdate()
    day = day or today
    place = _area(area)
    _refuse_second(place)
    person = _person(place, post.strip(), agency.strip(), day)
    email = addresses.free(email, taken=TAKEN, no_address=NO_ADDRESS)
    if person.user is not None:
        raise Refusal(_has_one(person), "post")
    if day < today:
        raise Refusal(f"{in_words(day)} is over. Give today or a later day.", "day")
    is_new = person.pk is None
    person.user = User.objects.create_user(email)
    person.save()
    if is_new:
        history.record("person.entered", person, by=None, changes={"post": (None, person.post)})
    history.record("account.opened", person.user, by=None, area_id=place.pk, changes={"email": (None, email)})
    office = _office(person, day)
    held_it_before = office is not None
    office = office or _begin_office(person, day)
    accounts.invite(person.user, "account/email/first_account", area=place.name, post=person.post)
    return Opened(person, office, held_it_before)


def _area(key):
    """The area, held until the transaction ends, so that two who open its first account come one after the other."""
    named = Area.objects.filter(arrangements__isnull=False)
    found = Area.objects.select_for_update(of=("self",)).filter(slug=key, pk__in=named.values("pk")).first()
    if found is None:
        known = ", ".join(named.order_by("slug").values_list("slug", flat=True).distinct())
        here = f"Areas with arrangements: {known}." if known else "There are none yet."
        raise Refusal(f"There are no arrangements of “{key}”. Load its file first (load_arrangement). {here}", "area")
    return found


def _offices(area, at):
    """Who is of the team at ``at`` or will be later."""
    still = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    return Office.objects.filter(still, area=area, kind=Office.Kind.TEAM).select_related("person__agency")


def _refuse_second(area):
    able = _offices(area, timezone.now()).filter(person__user__is_active=True).order_by("starts_at", "pk")
    if able:
        who = "; ".join(
            f"{_who(office.person)}, {office.person.user.email}" for office in able.select_related("person__user")
        )
        raise Refusal(f"Somebody of the team of {area.name} has an account already. Ask them: {who}.", "area")


def _person(area, post, agency, day):
    """Whoever has the post in the team on ``day``: known already, or new and not kept yet."""
    known = _posts(area, day)
    if not known:
        raise Refusal(
            f"The arrangements of {area.name} name no post of its team. Write one under “specified roles” with "
            "“kind: team”, load the file, and run this again.",
            "post",
        )
    found = [
        (of, name)
        for of, name in known
        if name.casefold() == post.casefold() and (not agency or (of and of.short_name.casefold() == agency.casefold()))
    ]
    if len(found) != 1:
        named = "; ".join(f"{name}, {of}" if of else name for of, name in known)
        if found:
            raise Refusal(f"Several agencies have the post “{post}” in the team. Say which: {named}.", "agency")
        whose = f"“{post}” of {agency}" if agency else f"“{post}”"
        raise Refusal(f"The team of {area.name} has no post {whose}. It has: {named}.", "post")
    of, name = found[0]
    people = Person.objects.select_for_update(of=("self",)).select_related("user", "agency")
    return people.filter(area=area, agency=of, post=name).order_by("pk").first() or Person(
        area=area, agency=of, post=name
    )


def _posts(area, day):
    """The posts of the team as (agency or None, post): by the roles that hold on ``day``, and of who holds one."""
    until = Q(last_day__isnull=True) | Q(last_day__gte=day)
    edition = Q(arrangement__last_day__isnull=True) | Q(arrangement__last_day__gte=day)
    roles = SpecifiedRole.objects.filter(until, edition, arrangement__area=area, kind=Office.Kind.TEAM)
    held = [(office.person.agency, office.person.post) for office in _offices(area, moments.start_of(day))]
    named = [(role.agency, role.post) for role in roles.select_related("agency")]
    return list(dict.fromkeys([*named, *held]))


def _office(person, day):
    """The role that they have in the team on ``day`` or later, by the file; None where nobody said so."""
    return _offices(person.area, moments.start_of(day)).filter(person=person).order_by("starts_at").first()


def _begin_office(person, day):
    office = Office.objects.create(
        area=person.area, person=person, kind=Office.Kind.TEAM, starts_at=moments.start_of(day)
    )
    changes = {"kind": (None, office.kind), "starts_at": (None, office.starts_at)}
    history.record("role.begun", person, by=None, changes=changes)
    return office


def _has_one(person):
    has = f"{_who(person)} has the account {person.user.email} already"
    if not person.user.is_active:
        return f"{has}, which is switched off. Open one for another post of the team."
    return f"{has}, and is not of the team. Name the post under “holders” of its role in the file, and load that."


def _who(person):
    return f"{person.post}, {person.agency}" if person.agency else person.post
