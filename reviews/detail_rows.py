"""Who the people in a case are, as their page shows it."""

from mktogether.lib.templatetags.wording import day
from reviews.rules.details import nhs_in_words

FIELDS = ("part", "name", "born", "died", "nhs_number", "other_numbers")


def person(found):
    """Somebody in a case, in words; what is not known stays empty."""
    return {
        "part": found.get_part_display(),
        "name": found.name,
        "born": day(found.born) if found.born else "",
        "died": day(found.died) if found.died else "",
        "nhs_number": nhs_in_words(found.nhs_number),
        "other_numbers": found.other_numbers,
        "change_href": f"/cases/people/{found.public_id}/change/",
        "remove_href": f"/cases/people/{found.public_id}/remove/",
    }


def as_typed(found):
    """What is kept of somebody, for a form."""
    return {name: getattr(found, name) for name in FIELDS}
