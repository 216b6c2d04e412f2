"""The history on pages: a panel for the page of a thing or of a person, and whole."""

from partnerships.panels import Panel, on_own_page
from partnerships.standing import standing_of
from partnerships.story import kinds, sight
from partnerships.story.telling import told

LAST_FEW = 5


def story(user, thing, limit=LAST_FEW):
    """
    Who last did what to ``thing``, which was found for ``user``, with whom they let in and kept out as far as ``user``
    may see that; and where all of it stands. Of a kind whose whole history has no page of its own it is all of it: that
    of a thing with little of it.

    Shown by ``{% include "partnerships/story/_story.html" %}``.
    """
    kind, events = kinds.of(thing._meta.label), sight.of_thing(user, thing)
    if not kind.key:
        return {"rows": told(user, events, here=thing)}
    return {"rows": told(user, events[:limit], here=thing), "href": kind.address_of_story(thing)}


def done_by(user, person, limit=LAST_FEW):
    """What ``person`` last did, for the page of a person; None for those who may not read it."""
    if not sight.may_read_of(user, person):
        return None
    rows = told(user, sight.done_by(user, person)[:limit])
    return {"rows": rows, "href": address_of(person), "of_one": True}  # who did it is said once, above them all


def read_of(user, person, limit=LAST_FEW):
    """What others last read of ``person``, for the page of a person; None for those who may not read it."""
    if not sight.may_read_of(user, person):
        return None
    return {"rows": told(user, sight.read_of(user, person)[:limit]), "href": f"{address_of(person)}#read-head"}


def address_of(person):
    """Where what somebody did, and what was read of them, stands whole."""
    return f"/history/people/{person.public_id}/"


# --- Panels of one's own page ----------------------------------------------------------------------------------------


def register():
    """Put the panels in their place on one's own page."""
    on_own_page(_about, order=75)
    on_own_page(_done, order=80)
    on_own_page(_read, order=90)


def _about(user, _now):
    told = story(user, standing_of(user).person)
    content = {"story": told, "heading": "What was done about you", "head_id": "about-head", "nothing": "Nothing yet."}
    return Panel("partnerships/panels/history.html", content, "left")


def _done(user, _now):
    story = done_by(user, standing_of(user).person)
    content = {"story": story, "heading": "What you did", "head_id": "done-head", "nothing": "Nothing yet."}
    return Panel("partnerships/panels/history.html", content, "left")


def _read(user, _now):
    story = read_of(user, standing_of(user).person)
    nothing = "Nobody read a page about you that only few may see."
    content = {"story": story, "heading": "What others read of you", "head_id": "read-head", "nothing": nothing}
    return Panel("partnerships/panels/history.html", content, "right")
