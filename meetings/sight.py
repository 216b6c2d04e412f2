"""What of one meeting somebody sees: the one answer for its page, its live page, its minutes and their files."""

import hashlib
from dataclasses import dataclass

from meetings.access import may_read_confidential
from meetings.models import AgendaItem
from partnerships.standing import standing_of

ITEM = AgendaItem._meta.label


@dataclass(frozen=True)
class Sight:
    """Whether the confidential part is among it, and which items are not there (for a conflict of interest)."""

    confidential: bool
    hidden: frozenset[int] = frozenset()  # ids of items

    @property
    def audience(self):
        """Names those who see the same, for files that are made apart for them; empty where nothing is hidden."""
        return audience_of(self.hidden)

    def shows(self, item):
        """Whether ``item`` is there: one of its id and whether it is confidential."""
        return item.pk not in self.hidden and (self.confidential or not item.confidential)


def sight_of(user, meeting):
    """What ``user`` sees of ``meeting``, which was found for them; no query unless they are excluded from something."""
    excluded = standing_of(user).excluded(ITEM)
    hidden = AgendaItem.objects.of(meeting).filter(pk__in=excluded).values_list("pk", flat=True) if excluded else ()
    return Sight(bool(may_read_confidential(user, meeting)), frozenset(hidden))


def hidden_by_meeting(user):
    """The items that are not there for ``user``, by meeting; a query only where they are excluded from something."""
    excluded = standing_of(user).excluded(ITEM)
    found = {}
    if excluded:
        rows = AgendaItem.objects.regardless("they are what is hidden").filter(pk__in=excluded)
        for meeting, item in rows.values_list("meeting_id", "pk"):
            found.setdefault(meeting, set()).add(item)
    return found


def audience_of(hidden):
    """A name for those from whom the items ``hidden`` are kept."""
    text = ",".join(map(str, sorted(hidden)))
    return hashlib.sha256(text.encode()).hexdigest()[:32] if hidden else ""
