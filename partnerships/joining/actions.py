"""Giving accounts, and naming a further member of the team. Each act is signed and in history, whole or not at all."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.explaining.holdings import load
from partnerships.joining import addresses, notices, rules
from partnerships.membership.rules import first_moment
from partnerships.models import Agency, Office, Person
from records import accounts, history, submissions
from records.models import User

HOLDS_NOTHING = (
    "They hold nothing, now or later: an account would open nothing to them. Name them for a place or a role first."
)


@transaction.atomic
def give_account(person, *, email, by, submission=None):
    """
    Give ``person`` the account ``email``, and send them the mail with which they choose a password.

    Where they have one and have never chosen a password, its address is corrected where ``email`` is another, and the
    mail goes out again; a link that went out before to another address opens nothing any more. Raises Refusal, at its
    field, for an address that is none or belongs to another account, for somebody who holds nothing, and where ``by``
    may not.
    """
    claimed = submissions.claim(submission, by=by)
    person = _held(person)
    verdict = rules.may_give_account(by, person)
    if not verdict:
        raise Refusal(verdict.reason)
    if person.user is None:
        _refuse_idle(person)
    _give(person, email, by)
    submissions.leads_to(claimed, person.get_absolute_url())
    return person


def _held(person):
    rows = Person.objects.select_for_update(of=("self",)).select_related("agency", "user", "area")
    return rows.get(pk=person.pk)


def _refuse_idle(person):
    now = timezone.now()
    if all(holding.is_over(now) for holding in load([person.pk])):
        raise Refusal(HOLDS_NOTHING)


def _give(person, email, by):
    email = addresses.free(email, but=person.user)
    try:
        with transaction.atomic():
            before = _kept(person, email)
    except IntegrityError:  # somebody gave this address away in the meantime
        raise Refusal(addresses.TAKEN, "email") from None
    corrected = "account.address_corrected" if before != email else "account.invited"
    verb = "account.given" if before is None else corrected
    changes = {"email": (before, email)} if before != email else {}
    history.record(verb, person.user, by=by, area_id=person.area_id, changes=changes)
    accounts.invite(person.user, "account/email/member", area=person.area.name)


def _kept(person, email):
    """Give the account with that address, or give that address to the account; return the one of before, or None."""
    if person.user is None:
        person.user = User.objects.create_user(email)
        person.save(update_fields=["user"])
        return None
    before, person.user.email = person.user.email, email
    if before != email:
        person.user.save(update_fields=["email"])
    return before


@transaction.atomic
def name_of_team(*, area, starts_on, by, person=None, post="", agency=None, email="", submission=None):
    """
    Name ``person``, or somebody new by their ``post`` and ``agency`` (or None), as a member of the team of ``area``.

    They are of the team from the first day on; without an account they get one, by ``email``. Whoever answers for
    access, and whoever could be a second person, is told by mail. Raises Refusal, at its field, for a day that is over,
    somebody of another area, of the team already or whose account is switched off, a post that is known, an address
    that cannot be given, and where ``by`` may not.
    """
    claimed = submissions.claim(submission, by=by)
    verdict = rules.may_name_team(by)
    if not verdict or area.pk != by.person.area_id:
        raise Refusal(verdict.reason or "The team names members of the team of their own area.")
    now = timezone.now()
    if starts_on < timezone.localdate(now):
        raise Refusal("That day is over. Enter today or a later day.", "starts_on")
    starts_at = first_moment(starts_on, now)
    person = _known(area, person) if person is not None else _entered(area, post, agency, by)
    _refuse_of_team(person, now)
    office = Office.objects.create(area=area, person=person, kind=Office.Kind.TEAM, starts_at=starts_at)
    changes = {"kind": (None, office.kind), "starts_at": (None, starts_at)}
    history.record("role.begun", person, by=by, changes=changes)
    _with_account(person, email, by)
    notices.tell_of_team(office)
    submissions.leads_to(claimed, person.get_absolute_url())
    return office


def _known(area, person):
    if person.area_id != area.pk:
        raise Refusal("That person belongs to another area. Choose somebody of this one.", "person")
    return _held(person)


def _entered(area, post, agency, by):
    post = post.strip()
    if not post:
        raise Refusal("Choose a person, or enter the post of somebody new.", "person")
    if agency is not None and not Agency.objects.filter(pk=agency.pk, area=area).exists():
        raise Refusal("That organisation belongs to another area. Choose one of this one.", "agency")
    if Person.objects.filter(area=area, agency=agency, post__iexact=post).exists():
        raise Refusal(f"{post} is known already. Choose them from the list above.", "post")
    person = Person.objects.create(area=area, agency=agency, post=post)
    history.record("person.entered", person, by=by, changes={"post": (None, post)})
    return person


def _refuse_of_team(person, now):
    held = Office.objects.filter(person=person, kind=Office.Kind.TEAM)
    if any(office.ends_at is None or office.ends_at > now for office in held):
        raise Refusal(f"{person.post} is of the team already.", "person")


def _with_account(person, email, by):
    if person.user is None:
        _give(person, email, by)
    elif email.strip():
        raise Refusal(f"{person.post} has an account. Leave the address empty.", "email")
    elif not person.user.is_active:
        raise Refusal(f"The account of {person.post} is switched off. Switch it on again first.", "person")
