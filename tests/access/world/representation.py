"""A board of the past, and the addresses of partnership representation, for the walk over all addresses."""

import datetime as dt
import json

from django.utils import timezone

from meetings import years
from tests import factories as make
from tests.access.world.addresses import Case, day, of

ON = "the review group"
PAST = "a board of the past"


def build(world):
    """A board of the past with a post, and a meeting that somebody would change."""
    world.past = make.BodyFactory(name="Past board", slug="past", earlier=True, succeeded_by=world.review)
    make.SeatFactory(body=world.past, post_only=True, ends_at=timezone.now())
    world.political = make.SeatFactory(
        body=world.second_partnership, political_group="Largest group", starts_at=timezone.now()
    )
    world.arrangement = make.ArrangementFactory(area=world.review.area, key="handbook")
    _editions_before(world)
    world.past_meeting = make.MeetingFactory(body=world.past)


def _editions_before(world):
    """The edition that names the board of the past is published; the one before it says that it will be."""
    begins, ends = dt.date(2021, 4, 1), dt.date(2024, 3, 31)
    world.published_edition = make.ArrangementFactory(
        area=world.review.area, key="of-2021", first_day=begins, last_day=ends, published="2021-04"
    )
    make.TermsOfReferenceFactory(
        body=world.past, arrangement=world.published_edition, starts_on=begins, ends_on=ends, purpose="To keep safe."
    )
    world.edition_to_come = make.ArrangementFactory(
        area=world.review.area,
        key="of-2018",
        first_day=dt.date(2018, 4, 1),
        last_day=begins - dt.timedelta(days=1),
        published="2999",
    )


def _as_data(name):
    """The area and key of an edition, of which its address is made."""
    return lambda world: {"area": getattr(world, name).area.slug, "key": getattr(world, name).key}


def _file(world):
    """The world's closed meeting lies in the year of today."""
    return {"year": years.short(years.year_of(timezone.now())), "form": "csv"}


def _moved(world):
    day = {"day_0": "12", "day_1": "1", "day_2": "2032"}
    return {"body": world.past.pk, **day, "starts": "10:00", "ends": "12:00", "mode": "virtual"}


def _place(world):
    return {"slug": "review", "pk": world.seat.pk}


def _named(world, **more):
    """Somebody who holds nothing on the review group, from a day to come."""
    return {"act": "confirm", "person": world.nobody.pk, **day("starts_on"), **more}


def _table(world):
    """What the page of a table carries: a new member for the member's place."""
    rows = [[1, ["Place number", "Member", "Deputies"]], [2, [str(world.seat.pk), "Somebody new", ""]]]
    return {"act": "confirm", "rows": json.dumps(rows)}


def _groups():
    return {"act": "confirm", "groups": "Largest group: 2", **day("starts_on")}


CASES = [
    Case("representation:all"),
    Case("representation:all_file", "this year", _file),
    Case("boards:name_member", "of the member", _place, lambda world: _named(world, replaces="on")),
    Case("boards:name_deputy", "of the member", _place, _named),
    Case("boards:hand_over", ON, of("review", "slug"), lambda world: _named(world, part="chair")),
    Case("boards:hand_over", PAST, of("past", "slug"), lambda world: _named(world, part="chair")),
    Case("boards:hand_over", "shared by another area", of("shared_body", "slug"), lambda world: {"act": "confirm"}),
    Case("boards:remake_political", "of a partnership", of("second_partnership", "slug"), lambda _world: _groups()),
    Case("boards:membership_file", ON, lambda world: {"slug": "review", "form": "csv"}),
    Case("boards:bring_in", ON, of("review", "slug"), _table),
    Case("boards:undo_bring_in", ON, of("review", "slug")),
    Case("partners:list"),
    Case("arrangements:list"),
    Case("arrangements:edition", "of the area", of("arrangement", "key")),
    Case("arrangements:compare", "of the area", lambda world: {"older": "handbook", "newer": "handbook"}),
    Case("arrangements:published", "a published edition", _as_data("published_edition")),
    Case("arrangements:published", "of no stated publication", _as_data("arrangement")),
    Case("arrangements:published", "before its publication", _as_data("edition_to_come")),
    Case("partners:partner", "of the member", lambda world: {"slug": world.seat.agency.slug}),
    Case("boards:place", "of the member", lambda world: {"slug": "review", "pk": world.seat.pk}),
    Case("meetings:how_often"),
    Case("meetings:how_often_file", fill=_file),
    Case("representation:board", ON, of("review", "slug")),
    Case("representation:board_file", ON, lambda world: {"slug": world.review.slug, **_file(world)}),
    Case("representation:board", PAST, of("past", "slug")),
    Case("boards:board", PAST, of("past", "slug")),
    Case("boards:new_terms", PAST, of("past", "slug"), lambda world: {"act": "publish"}),
    Case("meetings:change", f"of {PAST}", of("past_meeting"), _moved),
]
