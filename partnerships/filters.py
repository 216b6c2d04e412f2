"""What the list of people can be narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mktogether.lib.filters import Narrowing
from partnerships.explaining import holdings
from partnerships.explaining.pages import NO_AGENCY
from partnerships.explaining.sight import with_a_part_on
from partnerships.models import Chairing, Grant, Person
from partnerships.models.dated import in_force
from partnerships.roles import ROLES
from partnerships.standing import CHAIRING, GRANT, ROLE_OF

FROM_PLACES = {"member": holdings.APPOINTMENT, "deputy": holdings.DEPUTISING}
ROLE_CHOICES = tuple((key, role.name) for key, role in ROLES.items() if role in ROLE_OF.values())


class PeopleFilter(Narrowing):
    """People by words of their post or organisation, by organisation, by board or group, and by role."""

    NOUNS = {"q": "post or organisation", "agency": "organisation", "board": "board or group"}

    q = django_filters.CharFilter(method="with_words")
    agency = django_filters.ChoiceFilter(method="of_agency")
    board = django_filters.ChoiceFilter(method="on_board")
    role = django_filters.ChoiceFilter(choices=ROLE_CHOICES, method="in_role")

    class Meta:
        model = Person
        fields = []

    def __init__(self, data, *, user, agencies, boards, **kwargs):
        super().__init__(data.dict(), **kwargs)
        self.user = user
        self.boards = {slug: pk for pk, slug, _name in boards}
        self.filters["agency"].extra["choices"] = agencies
        self.filters["board"].extra["choices"] = [(slug, name) for _pk, slug, name in boards]

    def with_words(self, people, _name, text):
        for word in text.split():
            in_agency = Q(agency__short_name__icontains=word) | Q(agency__name__icontains=word)
            people = people.filter(Q(post__icontains=word) | in_agency)
        return people

    def of_agency(self, people, _name, slug):
        return people.filter(agency__isnull=True) if slug == NO_AGENCY else people.filter(agency__slug=slug)

    def on_board(self, people, _name, slug):
        return people.filter(with_a_part_on([self.boards[slug]], timezone.now()))

    def in_role(self, people, _name, key):
        now = timezone.now()
        theirs = [_holders(what, self.user, now) for what, role in ROLE_OF.items() if role.key == key]
        condition = Q(pk__in=[])
        for rows in theirs:
            condition |= Exists(rows)
        return people.filter(condition)


def _holders(what, user, now):
    """The rows that make the person of an outer query ``what``, as a row of a standing calls it."""
    in_force_now = {"person": OuterRef("pk")}
    if what in FROM_PLACES:
        return holdings.MODELS[FROM_PLACES[what]].objects.filter(in_force(now), in_force(now, "seat__"), **in_force_now)
    if what.startswith(CHAIRING):
        part, kind = what.removeprefix(CHAIRING).split(" ", 1)
        return Chairing.objects.filter(in_force(now), part=part, body__kind=kind, **in_force_now)
    if what.startswith(GRANT):
        granted = Grant.objects.visible_to(user).in_force(now)
        return granted.filter(kind=what.removeprefix(GRANT), **in_force_now)
    return holdings.MODELS[holdings.ROLE].objects.filter(in_force(now), kind=what, **in_force_now)
