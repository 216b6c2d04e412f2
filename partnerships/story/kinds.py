"""
The kinds of thing that the history tells of: who may see them, how they are called, and what is told on their page.

The app that owns a kind registers it in ``AppConfig.ready()``. What grants can be about is known without that, from
``partnerships.granting.subjects``. A kind without ``visible`` has no name of its own: what happened to such a thing is
named by what it belongs to, as a decision by its item.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from partnerships.granting import subjects
from partnerships.models import (
    AccessReview,
    Appointment,
    Arrangement,
    Body,
    Chairing,
    Exclusion,
    Grant,
    NamedDeputy,
    Person,
    Scenario,
    Seat,
    TermsOfReference,
)
from partnerships.standing import standing_of
from records import files
from records.history.verbs import Group
from records.models import Area, Job, StoredFile, User

ON_A_PAGE = (Group.CHANGED, Group.ACCESS)


def _nowhere(thing):
    return ""


def _never(thing):
    return False


def _none(user, thing_or_field):
    return Q(pk__in=[])


@dataclass(frozen=True)
class Kind:
    """
    A kind of thing, and how it is told of.

    ``parts(user, thing)`` are the events told on its page besides its own, as a condition. ``secret(user, field)`` are
    the events that name such a thing in the column ``field`` and must not be known to ``user`` at all.
    """

    model: type
    noun: str
    visible: Callable | None = None  # visible(user) -> queryset of those that somebody may see
    title: Callable = str  # title(thing) -> its name, for those who may see it
    address: Callable = _nowhere  # address(thing) -> where its page is, if it has one
    is_sensitive: Callable = _never  # is_sensitive(thing) -> whether showing what is in it is written to the history
    parts: Callable = _none
    secret: Callable = _none
    key: str = ""  # names the kind in the address of a thing's whole history, where that has a page
    found_by: str = "public_id"  # the field that names the thing there
    told_to: Callable | None = None  # told_to(user) -> those whose whole history they read, where that is fewer
    groups: tuple = ON_A_PAGE  # the sorts of act that are told on its page

    @property
    def label(self):
        """The kind of thing as events name it."""
        return self.model._meta.label

    @property
    def here(self):
        """What its own page calls it."""
        return f"this {self.noun}"

    def address_of_story(self, thing):
        """Where its whole history is."""
        return f"/history/of/{self.key}/{getattr(thing, self.found_by)}/"


# By label. Filled by the apps in AppConfig.ready().
KINDS: dict[str, Kind] = {}


def register(*kinds):
    """Make ``kinds`` known to the history."""
    for kind in kinds:
        KINDS[kind.label] = kind


def of(label):
    """The kind of thing called ``label``; None where the history knows none."""
    found = KINDS.get(label)
    if found is None and label in subjects.SUBJECTS:
        found = _of_subject(subjects.SUBJECTS[label])
    return found


def every():
    """All kinds, with those that only grants know."""
    labels = [*KINDS, *(label for label in subjects.SUBJECTS if label not in KINDS)]
    return [of(label) for label in labels]


def with_a_name():
    """Those whose things have a name of their own."""
    return [kind for kind in every() if kind.visible is not None]


def called(key):
    """The kind whose whole history has a page under ``key``; None where there is none."""
    return next((kind for kind in every() if kind.key and kind.key == key), None)


def secrets(user, *, but=(), of=None):
    """
    The events that must not even be counted for ``user``: about what they are excluded from, and about things of whose
    being they may not know. The labels in ``but`` are left out; of all others, or of those in ``of``.
    """
    standing = standing_of(user)
    hidden = Q(pk__in=[])
    for kind in every():
        if kind.label in but or (of is not None and kind.label not in of):
            continue
        excluded = standing.excluded(kind.label)
        for column in ("target", "within"):
            about = Q(**{column: kind.label})
            hidden |= about & kind.secret(user, f"{column}_id")
            if excluded:
                hidden |= about & Q(**{f"{column}_id__in": excluded})
    return hidden


def unseen(user, *, but=(), of=None):
    """The events whose object, or what it belongs to, ``user`` may not see; ``but`` and ``of`` as in ``secrets``."""
    condition = Q(pk__in=[])
    for kind in with_a_name():
        if kind.label in but or (of is not None and kind.label not in of):
            continue
        seen = kind.visible(user).values("pk")
        for column in ("target", "within"):
            condition |= Q(**{column: kind.label}) & ~Q(**{f"{column}_id__in": seen})
    return condition


def on_board(body):
    """The events about ``body`` and about what belongs to it."""
    condition = Q(target=Body._meta.label, target_id=body.pk) | Q(within=Body._meta.label, within_id=body.pk)
    for subject in subjects.SUBJECTS.values():
        ids = subject.on_bodies([body.pk]) if subject.model is not Body else []
        for column in ("target", "within") if subject.body and subject.model is not Body else ():
            condition |= Q(**{column: subject.label, f"{column}_id__in": ids})
    return condition


def _of_subject(subject):
    def secret(user, field):
        seen = subject.visible_to(user).values("pk")
        return ~Q(**{f"{field}__in": seen}) if subject.hides_existence else Q(pk__in=[])

    return Kind(
        model=subject.model,
        noun=subject.noun,
        visible=subject.visible_to,
        title=subject.name_outside,
        address=subject.address,
        secret=secret,
    )


# --- Those of this app and of the records below it --------------------------------------------------------------------


def _people(user):
    return Person.objects.filter(area__in=standing_of(user).area_ids).select_related("agency")


def _told_of_themselves_or_seen(user):
    """The people whose places and access ``user`` may see, and themselves, for as long as they hold anything."""
    standing = standing_of(user)
    own = Q(pk=standing.person.pk) if standing.area_ids else Q(pk__in=[])
    return _people(user).filter(own | Q(pk__in=Person.objects.visible_to(user).values("pk")))


def _parts_of_person(user, person):
    """What was done with their account."""
    return Q(target=User._meta.label, target_id=person.user_id) if person.user_id else Q(pk__in=[])


def _accounts(user):
    return User.objects.filter(person__area__in=standing_of(user).area_ids).select_related("person__agency")


def _areas(user):
    return Area.objects.filter(pk__in=standing_of(user).area_ids)


def _secret_file(user, field):
    """Files that belong to nothing that the history knows: only whoever may read them learns that they are there."""
    rows = StoredFile.objects.regardless("ids of those that are left out").exclude(kind__in=files.OWNERS)
    return Q(**{f"{field}__in": rows.exclude(pk__in=StoredFile.objects.visible_to(user).values("pk")).values("pk")})


def _secret_job(user, field):
    rows = Job.objects.regardless("ids of those that are left out").exclude(kind__in=files.OWNERS)
    return Q(**{f"{field}__in": rows.exclude(pk__in=Job.objects.visible_to(user).values("pk")).values("pk")})


def _secret_exclusion(user, field):
    """Nobody learns that they are excluded themselves."""
    person = standing_of(user).person
    rows = Exclusion.objects.regardless("they are what is hidden").filter(person=person)
    return Q(**{f"{field}__in": rows.values("pk")}) if person else Q(pk__in=[])


def _grant(grant):
    return f"{grant.get_kind_display().lower()} for {grant.person.in_full} ({grant})"


PARTS_OF_A_BOARD = ((Seat, "body"), (Appointment, "seat__body"), (NamedDeputy, "seat__body"), (Chairing, "body"))


def _parts_of_board(user, body):
    """Its terms of reference, its places and who held them, by the rows that are there."""
    condition = Q(target=TermsOfReference._meta.label, target_id__in=body.terms.values("pk"))
    for model, path in PARTS_OF_A_BOARD:
        rows = model.objects.filter(**{path: body.pk}).values("pk")
        condition |= Q(target=model._meta.label, target_id__in=rows)
    return condition


def register_all():
    """Make the kinds of this app, and of the records below it, known."""
    register(
        Kind(
            model=Body,
            noun="board or group",
            visible=Body.objects.visible_to,
            title=lambda body: body.name,
            address=lambda body: body.get_absolute_url(),
            parts=_parts_of_board,
            key="board",
            found_by="pk",
        ),
        Kind(
            model=Scenario,
            noun="scenario",
            visible=Scenario.objects.visible_to,
            title=lambda scenario: f"the scenario “{scenario.name}”",
            address=lambda scenario: scenario.get_absolute_url(),
            key="scenario",
        ),
        Kind(
            model=Grant,
            noun="grant of access",
            visible=lambda user: Grant.objects.visible_to(user).select_related("person__agency"),
            title=_grant,
            address=lambda grant: grant.get_absolute_url(),
        ),
        Kind(
            model=Exclusion,
            noun="exclusion",
            visible=lambda user: Exclusion.objects.visible_to(user).select_related("person__agency"),
            title=lambda exclusion: f"the exclusion of {exclusion.person.in_full}",
            secret=_secret_exclusion,
        ),
        Kind(
            model=StoredFile,
            noun="file",
            visible=StoredFile.objects.visible_to,
            title=lambda stored: stored.name,
            secret=_secret_file,
        ),
        Kind(model=Job, noun="document that was asked for", secret=_secret_job),
        Kind(
            model=AccessReview,
            noun="review of access",
            visible=lambda user: AccessReview.objects.visible_to(user).select_related("agency"),
            title=lambda review: f"the {str(review)[:1].lower()}{str(review)[1:]}",
            address=lambda review: review.get_absolute_url(),
            key="access-review",
        ),
        Kind(
            model=Person,
            noun="person",
            visible=_people,
            title=lambda person: person.in_full,
            parts=_parts_of_person,
            key="person",
            told_to=_told_of_themselves_or_seen,
            groups=(Group.ACCESS,),  # that somebody has a calendar is nobody else's business
        ),
        Kind(model=User, noun="account", visible=_accounts, title=lambda user: user.person.in_full),
        Kind(model=Area, noun="area", visible=_areas, title=lambda area: area.name),
        Kind(model=TermsOfReference, noun="terms of reference"),
        Kind(
            model=Arrangement,
            noun="edition of the arrangements",
            visible=Arrangement.objects.visible_to,
            title=lambda edition: edition.name,
            address=lambda edition: edition.get_absolute_url(),
            key="edition",
            found_by="pk",
        ),
    )
