"""The terms of reference of the boards of a file, a version for each edition."""

from mktogether.lib.templatetags.wording import day as in_words
from partnerships.arrangements import moments
from partnerships.models import TermsOfReference

OF_TERMS = {
    "arrangement_id": "the edition they belong to",
    "edition": "the edition",
    "order": "the place in the edition",
    "ends_on": "the last day",
    "approved": "the day of approval",
    "approved_by": "who approved them",
    "rules": "the rules",
    "sponsor_id": "the sponsor",
    "purpose": "the purpose",
    "functions": "the list of functions",
    "meetings_a_year": "the number of meetings a year",
    "at_least": "“at least”",
    "frequency": "the frequency",
    "months": "the list of months",
    "months_are_usual": "“months are usual”",
    "mode": "the way of meeting",
    "in_person_a_year": "the number of meetings in person",
    "is_public": "whether meetings are public",
    "public_note": "the note on the public",
    "papers_working_days": "the working days for papers",
    "minutes_working_days": "the working days for minutes",
    "papers_note": "the note on papers",
    "deputies": "what is said of deputies",
    "member_level": "the level of members",
    "eligibility": "who may be a member",
    "barred_offices": "the list of barred roles",
    "standing_items": "the list of standing items",
    "agenda_cycle": "the agenda by month",
    "chair_by": "how the chair is chosen",
    "chair_words": "who is the chair",
    "chair_agency_id": "the agency of the chair",
    "chair_among": "the list of those among whom the chair turns",
    "chair_months": "the term of the chair in months",
    "vice_by": "how the vice-chair is chosen",
    "vice_words": "who is the vice-chair",
    "vice_agency_id": "the agency of the vice-chair",
    "vice_among": "the list of those among whom the vice-chair turns",
    "vice_months": "the term of the vice-chair in months",
    "attending": "the list of those in attendance",
    "expectations": "what is expected of members",
    "expectations_of_agencies": "what is expected of agencies",
    "summary": "the summary",
    "notes": "the notes",
}


def settle(loading):
    """A version of terms for each board of the edition, also where nothing is stated; the one before it ends."""
    rows = TermsOfReference.objects.filter(body__in=loading.bodies.values()).select_related("body")
    existing = {(terms.body_id, terms.starts_on): terms for terms in rows}
    wanted = {}
    for order, entry in enumerate(loading.document.boards, start=1):
        body = loading.bodies[entry["key"]]
        for version in entry.entries("terms") or [None]:
            row = _version(loading, body, version)
            row.order = order
            wanted[body.pk, row.starts_on] = row
    for terms in existing.values():
        _fit(loading, terms, existing, wanted)
    loading.settle(
        existing,
        wanted,
        OF_TERMS,
        name=lambda terms: f"Terms of “{terms.body.name}” from {in_words(terms.starts_on)}",
        added=lambda terms: f"Terms of “{terms.body.name}” are added, from {in_words(terms.starts_on)}.",
    )


def _fit(loading, terms, existing, wanted):
    """End a version that the file's begins within; let the file's end before one that was published since."""
    of_body = [row for (body, _day), row in wanted.items() if body == terms.body_id]
    if (terms.body_id, terms.starts_on) in wanted:
        return
    for row in of_body:
        if terms.starts_on < row.starts_on and (terms.ends_on is None or terms.ends_on >= row.starts_on):
            terms.ends_on = row.starts_on - moments.ONE_DAY
            terms.save(update_fields=["ends_on"])
            loading.say(f"Terms of “{terms.body.name}” from {in_words(terms.starts_on)} end {in_words(terms.ends_on)}.")
        elif terms.starts_on > row.starts_on and (row.ends_on is None or row.ends_on >= terms.starts_on):
            row.ends_on = terms.starts_on - moments.ONE_DAY


def _version(loading, body, entry):
    stated = entry.values if entry is not None else {}
    lists = entry.texts if entry is not None else lambda _key: []
    starts_on, ends_on = stated.get("from"), stated.get("until")
    values = {
        "starts_on": starts_on or loading.document.first_day,
        "ends_on": ends_on or loading.document.last_day,
        "edition": stated.get("edition", loading.document.arrangement["name"]),
        "rules": f"{stated['rules']}\n" if "rules" in stated else "",
        "sponsor": loading.agencies.get(stated.get("sponsor")),
        "functions": lists("functions"),
        "meetings_a_year": stated.get("meetings a year"),
        "at_least": stated.get("at least", False),
        "months": stated.get("months", []),
        "months_are_usual": stated.get("months are usual", False),
        "in_person_a_year": stated.get("in person a year"),
        "is_public": stated.get("public"),
        "papers_working_days": stated.get("papers"),
        "minutes_working_days": stated.get("minutes"),
        "eligibility": lists("eligibility"),
        "barred_offices": lists("barred"),
        "standing_items": lists("standing items"),
        "agenda_cycle": stated.get("agenda by month", {}),
        "attending": lists("in attendance"),
        "expectations": lists("expectations of members"),
        "expectations_of_agencies": lists("expectations of agencies"),
        "notes": lists("notes"),
        **_chair_by_terms(loading, "chair", stated.get("chair")),
        **_chair_by_terms(loading, "vice", stated.get("vice-chair")),
    }
    for key in ("approved", "approved by", "purpose", "frequency", "mode", "public note", "papers note", "deputies",
                "member level", "summary"):  # fmt: skip
        values[key.replace(" ", "_")] = stated.get(key, "")
    return TermsOfReference(body=body, arrangement=loading.arrangement, **values)


def _chair_by_terms(loading, part, entry):
    if entry is None:
        return {}
    return {
        f"{part}_by": entry["by"],
        f"{part}_words": entry.get("post", ""),
        f"{part}_agency": loading.agencies.get(entry["agency"]),
        f"{part}_among": entry.texts("among"),
        f"{part}_months": entry["months"],
    }
