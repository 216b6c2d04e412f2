"""Pages of a long list, whose links keep the filter that is in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a list: its rows, how many there are in all, and the links to its neighbours."""

    rows: list
    total: int
    words: str
    previous: str
    following: str


def page_of(found, number, chosen, *, size=50):
    """
    Page ``number`` of the queryset ``found``; a number that is no page gives the nearest one.

    ``chosen`` maps the names of the filter to what was chosen; empty choices are left out of the links.
    """
    paginator = Paginator(found, size)
    page = paginator.get_page(number)
    kept = [(name, value) for name, value in chosen.items() if value]

    def link(to):
        return f"?{urlencode([*kept, ('page', to)])}"

    return Pages(
        rows=list(page.object_list),
        total=paginator.count,
        words=f"Page {page.number} of {paginator.num_pages}" if paginator.num_pages > 1 else "",
        previous=link(page.number - 1) if page.has_previous() else "",
        following=link(page.number + 1) if page.has_next() else "",
    )
