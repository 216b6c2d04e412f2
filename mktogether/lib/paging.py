"""Pages of a long list, whose links keep the filter that is in the address."""

import re
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


def kept(chosen):
    """What of the filter stays in a link: the names and values of what was chosen, without empty choices."""
    return [(name, value) for name, value in chosen.items() if value]


def page_of(found, number, chosen, *, size=50, total=None):
    """
    Page ``number`` of the queryset ``found``; a number that is no page gives the nearest one.

    ``chosen`` maps the names of the filter to what was chosen; empty choices are left out of the links. ``total`` is
    how many rows there are, where that is known; otherwise they are counted.
    """
    paginator = Paginator(found, size)
    if total is not None:
        paginator.count = total
    page = paginator.get_page(number)

    def link(to):
        return f"?{urlencode([*kept(chosen), ('page', to)])}"

    return Pages(
        rows=list(page.object_list),
        total=paginator.count,
        words=f"Page {page.number} of {paginator.num_pages}" if paginator.num_pages > 1 else "",
        previous=link(page.number - 1) if page.has_previous() else "",
        following=link(page.number + 1) if page.has_next() else "",
    )


@dataclass(frozen=True, slots=True)
class Newest:
    """A stretch of a list that grows at its head: its rows, and the links to what is older and to the newest."""

    rows: list
    older: str
    newest: str


NUMBER = re.compile(r"[0-9]{1,18}")


def newest_of(found, before, chosen, *, size=50, name="before", part=""):
    """
    The first rows of the queryset ``found``, which is ordered by falling id, or those older than the id ``before``.

    What is added at the head moves nothing from one page to the next, and a late page costs what the first does.
    A page of two such lists gives the second a ``name`` of its own in the address, and the ``part`` of the page that
    its links lead to, such as ``#read-head``.
    """
    stays = kept(chosen)
    is_late = bool(NUMBER.fullmatch(before or ""))
    rows = list((found.filter(pk__lt=int(before)) if is_late else found)[: size + 1])
    more = len(rows) > size
    older = f"?{urlencode([*stays, (name, rows[size - 1].pk)])}{part}" if more else ""
    return Newest(rows=rows[:size], older=older, newest=f"?{urlencode(stays)}{part}" if is_late else "")
