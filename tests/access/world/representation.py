"""The addresses of partnership representation, for the walk over all addresses."""

from django.utils import timezone

from meetings import years

ON = "the review group"


def cases(case, of):
    """Made by ``case`` and filled by ``of``, as those of tests/access/world/cases.py are."""
    return [
        case("representation:all"),
        case("representation:all_file", "this year", _file),
        case("representation:board", ON, of("review", "slug")),
        case("representation:board_file", ON, lambda world: {"slug": world.review.slug, **_file(world)}),
    ]


def _file(world):
    """The world's closed meeting lies in the year of today."""
    return {"year": years.short(years.year_of(timezone.now())), "form": "csv"}
