"""The edition itself: its days, the relevant agencies and the specified roles; and the edition that it follows."""

from django.db.models import Q

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import moments
from partnerships.models import Arrangement, RelevantAgency, SpecifiedRole

OF_ARRANGEMENT = {
    "name": "the name",
    "first_day": "the first day",
    "last_day": "the last day",
    "stated_from": "“in force from”",
    "stated_until": "“in force until”",
    "published": "the day of publication",
    "notified": "the day of notification",
    "notified_to": "“notified to”",
    "covers": "the area covered",
    "source": "the source",
    "expectations": "what is expected of relevant agencies",
    "notes": "the notes",
}
OF_RELEVANT = {
    "named": "the name in the document",
    "expectations": "what is expected of it",
    "note": "the note",
    "order": "the order",
    "last_day": "the day until which it is named",
}
OF_ROLE = {"duties": "the duties", "note": "the note", "order": "the order", "last_day": "the last day"}


def find(loading):
    """Whether the edition is there already, and whether it is the newest of its area."""
    editions = dict(Arrangement.objects.filter(area=loading.area).values_list("key", "first_day"))
    loading.is_new = loading.document.arrangement["key"] not in editions
    editions.pop(loading.document.arrangement["key"], None)
    loading.is_newest = not any(day > loading.document.first_day for day in editions.values())


def settle(loading):
    """The edition; one before it that has no last day, or a later one, ends the day before."""
    entry, area = loading.document.arrangement, loading.area
    everything = list(Arrangement.objects.filter(area=area))
    existing = {row.key: row for row in everything}
    others = [row for row in everything if row.key != entry["key"]]
    relevant = loading.document.file["relevant agencies"]
    row = Arrangement(
        area=area,
        key=entry["key"],
        name=entry["name"],
        first_day=entry["applies from"],
        last_day=_last_day(loading, entry, others),
        stated_from=entry.get("in force from", ""),
        stated_until=entry.get("in force until", ""),
        published=entry.get("published", ""),
        notified=entry.get("notified", ""),
        notified_to=entry.texts("notified to"),
        covers=entry.get("covers", ""),
        source=entry.get("source", ""),
        expectations=relevant.texts("expectations") if relevant else [],
        notes=entry.texts("notes"),
    )
    if loading.problems:
        return
    _end_earlier(loading, row, others)
    rows = loading.settle(
        existing,
        {row.key: row},
        OF_ARRANGEMENT,
        name=lambda edition: f"Arrangements “{edition.name}”",
        added=lambda edition: f"Arrangements “{edition.name}” are added, from {in_words(edition.first_day)}.",
    )
    loading.arrangement = rows[row.key]


def _last_day(loading, entry, others):
    """The last day that the file states. One that another edition began after cannot go on into it."""
    first, last = entry["applies from"], entry["applies until"]
    later = min((row for row in others if row.first_day > first), key=lambda row: row.first_day, default=None)
    if later is not None and (last is None or last >= later.first_day):
        before = later.first_day - moments.ONE_DAY
        message = f"“{later.name}” applies from {in_words(later.first_day)}, and this edition would go on into it."
        loading.wrong(entry.at("applies until"), message, f"Write “applies until: {before}”, or an earlier day.")
    for row in others:
        if row.first_day == first:
            message = f"“{row.name}” (key “{row.key}”) applies from the same day."
            loading.wrong(entry.at("key"), message, "Write its key to change it, or another day.")
    return last


def _end_earlier(loading, row, others):
    before = row.first_day - moments.ONE_DAY
    for other in others:
        if other.first_day < row.first_day and (other.last_day is None or other.last_day > before):
            other.last_day = before
            other.save(update_fields=["last_day"])
            loading.ended.append(other)
            loading.say(f"Arrangements “{other.name}” end on {in_words(before)}.")


def settle_relevant(loading):
    """The relevant agencies; one that the file no longer names keeps its row, with the day until which it was."""
    file = loading.document.file["relevant agencies"]
    existing = {row.agency_id: row for row in loading.arrangement.relevant_agencies.select_related("agency")}
    wanted = {}
    for order, entry in enumerate(file.entries("agencies") if file else (), start=1):
        agency = loading.agencies[entry["agency"]]
        wanted[agency.pk] = RelevantAgency(
            arrangement=loading.arrangement,
            agency=agency,
            order=order,
            named=entry.get("named", ""),
            expectations=entry.texts("expectations"),
            note=entry.get("note", ""),
        )
    loading.settle(existing, wanted, OF_RELEVANT, name=lambda row: f"Relevant agency {row.agency}")
    _until_now(loading, existing, wanted, lambda row: f"{row.agency} is no longer a relevant agency.")


def settle_roles(loading):
    """The specified roles, by kind, agency, post and subject."""
    existing = {_same(row): row for row in loading.arrangement.specified_roles.select_related("agency")}
    wanted = {}
    for order, entry in enumerate(loading.document.file.entries("specified roles"), start=1):
        agency = loading.agencies.get(entry["agency"])
        row = SpecifiedRole(
            arrangement=loading.arrangement,
            kind=entry["kind"],
            agency=agency,
            post=entry["post"],
            subject=entry.get("for", ""),
            duties=entry.texts("duties"),
            note=entry.get("note", ""),
            order=order,
        )
        wanted[_same(row)] = row
    loading.settle(existing, wanted, OF_ROLE, name=_role)
    _until_now(loading, existing, wanted, lambda row: f"{_role(row)} ends.")


def _role(row):
    """A role as the file says it, with its agency: two chief executives are two roles."""
    post = f"{row.post}, {row.agency.short_name}" if row.agency else row.post
    return f"Specified role “{row.kind}: {post}”"


def _same(row):
    return row.kind, row.agency_id, row.post, row.subject


def _until_now(loading, existing, wanted, sentence):
    gone = [row for key, row in existing.items() if key not in wanted and row.last_day is None]
    for row in gone:
        row.last_day = loading.turn_day - moments.ONE_DAY
        row.save(update_fields=["last_day"])
        loading.say(sentence(row))


def others_before(loading):
    """The edition that ended because this one begins, or on the day before it; None where there is none."""
    before = loading.document.first_day - moments.ONE_DAY
    found = Arrangement.objects.filter(area=loading.area, first_day__lte=before)
    return found.filter(Q(last_day__isnull=True) | Q(last_day=before)).first()
