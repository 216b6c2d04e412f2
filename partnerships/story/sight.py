"""Which events somebody may read, and which of them stand where."""

from django.db.models import Q

from mktogether.lib.verdict import ALLOWED, refused
from partnerships.models import Person
from partnerships.roles import Act
from partnerships.standing import standing_of
from partnerships.story import kinds
from records.history.verbs import Group, named
from records.models import Event


def may_search(user):
    """The information governance lead searches the history of their area."""
    if standing_of(user).reach(Act.READ_HISTORY).area:
        return ALLOWED
    return refused("The history is searched by the information governance lead.")


def may_read_of(user, person):
    """Whoever holds anything reads their own history; the information governance lead that of all in the area."""
    standing = standing_of(user)
    in_area = person.area_id in standing.area_ids
    if in_area and (standing.person.pk == person.pk or may_search(user)):
        return ALLOWED
    return refused("Only the person themselves and the information governance lead read this.")


def searched(user):
    """
    What the search finds for ``user``: the events of their area, newest first, and those of no area, such as a sign-in
    with an address that nobody has. What must not be known is left out, and so it is neither counted nor paged.
    """
    areas = standing_of(user).area_ids
    return Event.objects.filter(Q(area_id__in=areas) | Q(area_id=None)).exclude(kinds.secrets(user)).order_by("-id")


def of_thing(user, thing):
    """What is told on the page of ``thing``, which was found for ``user``, newest first: of what they may see alone."""
    kind = kinds.of(thing._meta.label)
    own = Q(target=kind.label, target_id=thing.pk) | Q(within=kind.label, within_id=thing.pk)
    found = Event.objects.filter(own | kind.parts(user, thing), verb__in=named(*kind.groups))
    here = (kind.label,)  # it was found for them, so that it is neither secret nor unseen on its own page
    return _without_the_hidden(user, found, here).order_by("-id")


def _without_the_hidden(user, found, here):
    """
    Of the events ``found`` those that ``user`` may read; one query, to ask only of the kinds that are told of here.

    To ask of all kinds costs more than the rest of a board's page. An event of another kind that is written meanwhile
    is left out, as nothing was asked of it.
    """
    labels = {label for pair in found.order_by().values_list("target", "within").distinct() for label in pair}
    told = found.filter(target__in=labels, within__in=labels)
    return told.exclude(kinds.secrets(user, but=here, of=labels)).exclude(kinds.unseen(user, but=here, of=labels))


def of_kept(thing):
    """
    The same for somebody who keeps ``thing``, a case: of what is told of a case they may see all.

    A case has no parts told elsewhere, and whoever is kept from one of its grants or referrals does not keep it. So
    nothing is asked of each event, which on this page would cost more than the rest of it.
    """
    label = thing._meta.label
    own = Q(target=label, target_id=thing.pk) | Q(within=label, within_id=thing.pk)
    return Event.objects.filter(own, verb__in=named(*kinds.ON_A_PAGE)).order_by("-id")


def done_by(user, person):
    """What ``person`` did, newest first, as ``user`` may read it."""
    if person.user_id is None or not may_read_of(user, person):
        return Event.objects.none()
    return Event.objects.filter(actor_id=person.user_id).exclude(kinds.secrets(user)).order_by("-id")


def read_of(user, person):
    """What was read of ``person`` by others, newest first, as ``user`` may read it."""
    if not may_read_of(user, person):
        return Event.objects.none()
    label = Person._meta.label
    about = Q(target=label, target_id=person.pk) | Q(within=label, within_id=person.pk)
    found = Event.objects.filter(about, verb__in=named(Group.READ)).exclude(kinds.secrets(user)).order_by("-id")
    return found.exclude(actor_id=person.user_id) if person.user_id else found
