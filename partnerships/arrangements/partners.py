"""The areas and the agencies of a file, brought into the portal."""

from django.utils.text import slugify

from partnerships.models import Agency, AgencyAlias
from records.models import Area

OF_AGENCY = {
    "name": "the name",
    "classes": "the types",
    "is_crowd": "“crowd”",
    "succeeded": "the day of succession",
    "note": "the note",
}
LINKS = {"part_of_id": "part of", "succeeded_by_id": "succeeded by"}


def settle_areas(loading):
    """The area of the file, and those that share boards with it."""
    entries = [loading.document.file["area"], *loading.document.file.entries("other areas")]
    found = {area.slug: area for area in Area.objects.filter(slug__in=[entry["key"] for entry in entries])}
    for entry in entries:
        area = found.get(entry["key"])
        if area is None:
            _add(loading, entry, found)
        elif (area.name, area.code) != (entry["name"], entry["code"]):
            loading.wrong(
                entry.line,
                f"The area “{entry['key']}” is here as {area.name} with the code {area.code}.",
                "Write the same name and code, or another key for another area.",
            )
    loading.areas = found
    loading.area = found.get(entries[0]["key"])


def _add(loading, entry, found):
    others = Area.objects.filter(name=entry["name"]) | Area.objects.filter(code=entry["code"])
    other = others.first()
    if other is not None:
        message = f"There is an area {other.name} with the code {other.code} and the key “{other.slug}” already."
        loading.wrong(entry.line, message, "Write its key, or another name and code.")
        return
    found[entry["key"]] = Area.objects.create(slug=entry["key"], name=entry["name"], code=entry["code"])
    loading.say(f"Area {entry['name']} ({entry['code']}) is added.")


def settle(loading):
    """Agencies with their links and their other names. Those that a newer edition knows keep what it says of them."""
    area, entries = loading.area, loading.document.agencies
    existing = {agency.short_name: agency for agency in area.agencies.all()}
    slugs = {agency.slug: agency.short_name for agency in existing.values()}
    wanted = {}
    for entry in entries:
        short = entry["short"]
        other = slugs.get(slugify(short), short)
        if other != short:
            loading.wrong(entry.at("short"), f"“{short}” and “{other}”, which is here, are too alike.", "Change it.")
        wanted[short] = Agency(
            area=area,
            short_name=short,
            name=entry["name"],
            slug=slugify(short),
            classes=entry.texts("types"),
            is_crowd=entry.get("crowd", False),
            succeeded=entry.get("succeeded", "") if short not in existing else existing[short].succeeded,
            note=entry.get("note", ""),
        )
    if loading.problems:
        return
    columns = {key: words for key, words in OF_AGENCY.items() if key != "succeeded"} if loading.is_newest else {}
    later = {short: agency.succeeded for short, agency in wanted.items()}
    for agency in wanted.values():  # a day of succession needs its successor, which may be new too
        if agency.short_name not in existing:
            agency.succeeded = ""
    rows = loading.settle(
        existing,
        wanted,
        columns,
        name=lambda agency: f"Agency {agency.short_name}",
        added=lambda agency: f"Agency {agency.short_name} ({agency.name}) is added.",
    )
    loading.agencies = rows
    _links(loading, entries, rows, set(wanted) - set(existing), later)
    _aliases(loading, entries, rows)


def _links(loading, entries, rows, new, later):
    changed = []
    for entry in entries:
        agency = rows[entry["short"]]
        if agency.short_name not in new and not loading.is_newest:
            continue
        row = Agency(
            part_of=rows.get(entry["part of"]),
            succeeded_by=rows.get(entry["succeeded by"]),
            succeeded=later[agency.short_name] if agency.short_name in new else entry.get("succeeded", ""),
        )
        different = [key for key in (*LINKS, "succeeded") if getattr(agency, key) != getattr(row, key)]
        for key in different:
            setattr(agency, key, getattr(row, key))
        if different:
            changed.append(agency)
            if agency.short_name not in new:
                ends = ", ".join(f"{words} {entry[words] or 'not stated'}" for words in LINKS.values())
                loading.say(f"Agency {agency.short_name}: {ends}, {entry.get('succeeded', 'no day stated')}.")
    if changed:
        Agency.objects.bulk_update(changed, ["part_of", "succeeded_by", "succeeded"])


def _aliases(loading, entries, rows):
    existing = {alias.name: alias for alias in AgencyAlias.objects.filter(area=loading.area)}
    wanted = {}
    for entry in entries:
        for line, name in entry.get("also called", ()):
            agency = rows[entry["short"]]
            if name in existing and existing[name].agency_id != agency.pk:
                other = next(short for short, row in rows.items() if row.pk == existing[name].agency_id)
                loading.wrong(line, f"“{name}” means “{other}” here already.", "A name means one agency.")
            wanted[name] = AgencyAlias(area=loading.area, agency=agency, name=name)
    loading.settle(
        existing, wanted, {}, name=str, added=lambda alias: f"Agency {alias.agency} is also called “{alias.name}”."
    )
