"""
Pages that somebody asked for in vain, as the history tells of them: in words, and by their address.

What is kept is the name of the route and what stood in the address (see ``records/history/denials.py``). The words
stand beside the routes: ``told_as`` in the ``urls`` of each part of the portal, as in "a page about reports".
"""

from django.urls import NoReverseMatch, get_resolver, reverse

HASH = "#"  # before what the history keeps of words that somebody typed
WITHHELD = "…"  # what stands in an address in their place


def page(details):
    """The page in words: by the part of the portal that it is in; where that has none any more, as a page."""
    words = words_of(details["route"].rpartition(":")[0])
    return f"a page about {words}" if words else "a page"


def words_of(namespace):
    """What the pages of a part of the portal are about; empty for those that belong to none."""
    _prefix, part = get_resolver().namespace_dict.get(namespace, ("", None))
    return getattr(part.urlconf_module, "told_as", "") if part else ""


def address(details):
    """The address that was asked for, without the words that somebody typed; empty where there is none any more."""
    asked = details.get("asked", {})
    hashes = [value.removeprefix(HASH) for value in asked.values() if value.startswith(HASH)]
    try:
        found = reverse(details["route"], kwargs={name: value.removeprefix(HASH) for name, value in asked.items()})
    except NoReverseMatch:
        return ""
    for value in hashes:
        found = found.replace(value, WITHHELD)
    return found


def exactly(details):
    """The route by the name that the program has for it, with what was kept of the address: for investigations."""
    asked = [f"{name}={value}" for name, value in details.get("asked", {}).items()]
    return " ".join([details["route"], *asked])
