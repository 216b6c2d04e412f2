"""Who sees which grants and exclusions; the querysets of the models ask here."""

from django.db.models import Q

from partnerships.granting import subjects
from partnerships.models import Grant
from partnerships.roles import Act
from partnerships.standing import standing_of


def grants(rows, user):
    """
    One's own, those that wait for one's word, and those about things whose access one sees or keeps.

    One's own stay when nothing else is held any more: they say until when one was let in. An emergency that somebody
    asked for by a reference is not among theirs until it is confirmed, or the list would say whether there is such a
    thing.
    """
    standing = standing_of(user)
    if standing.person is None:
        return rows.none()
    me = standing.person.pk
    seen = Q(person=me, starts_at__isnull=False)
    if standing.area_ids:
        hiding = [subject.label for subject in subjects.SUBJECTS.values() if subject.hides_existence]
        in_secret = Q(kind=Grant.Kind.EMERGENCY, starts_at__isnull=True, subject__in=hiding)
        proposed = Q(proposed_by=me) & ~in_secret
        seen |= proposed | Q(second=me) | _about(user, standing, _grants_of)
    return rows.filter(seen, ~_excluded(standing), area=standing.person.area_id)


def exclusions(rows, user):
    """Those from things on which one may exclude; none against oneself, and none from what is not there for oneself."""
    standing = standing_of(user)
    if not standing.area_ids:
        return rows.none()
    about = _about(user, standing, _exclusions_from)
    return rows.filter(about, ~_excluded(standing), area=standing.person.area_id).exclude(person=standing.person)


def _about(user, standing, which):
    """Rows about the things of every kind that ``which`` says somebody answers for."""
    about = Q(pk__in=[])
    for subject in subjects.SUBJECTS.values():
        of_kind = which(user, standing, subject)
        if of_kind is not None:
            about |= Q(subject=subject.label) & of_kind
    return about


def _grants_of(user, standing, subject):
    if subject.hides_existence:
        return Q(subject_id__in=standing.reach(subject.manage).of(subject.label))
    reach = standing.reach(Act.SEE_ACCESS)
    if reach.area:
        return Q()
    of_agency = Q(person__agency=reach.agency) if reach.agency else Q(pk__in=[])
    return of_agency | Q(subject_id__in=subject.on_bodies(reach.bodies))


def _exclusions_from(user, standing, subject):
    if not subject.can_exclude:
        return None
    if subject.hides_existence:
        return Q(subject_id__in=standing.reach(subject.manage).of(subject.label))
    reach = standing.reach(Act.EXCLUDE)
    if reach.area:
        return Q(subject_id__in=subject.visible_to(user).values("pk"))
    return Q(subject_id__in=subject.on_bodies(reach.bodies))


def _excluded(standing):
    """What there is about things that one is excluded from."""
    hidden = Q(pk__in=[])
    for label in subjects.SUBJECTS:
        if ids := standing.excluded(label):
            hidden |= Q(subject=label, subject_id__in=ids)
    return hidden
