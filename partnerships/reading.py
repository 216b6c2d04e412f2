"""Terms and places as the rule language takes them, and the health of a membership in words."""

from partnerships import rules

HEALTH = {
    rules.Status.QUORATE: ("met", "tick", "Can be quorate"),
    rules.Status.NOT_QUORATE: ("missed", "cross", "Cannot be quorate"),
    rules.Status.NOT_STATED: ("neutral", "dash", "Not stated"),
}


def health(found):
    """
    The health of a membership under a rule, as lines: can it be quorate, and what does that hang on.

    The sentence of the first goes on from its word, which a page shows before it.
    """
    tone, icon, word = HEALTH[found.status]
    goes_on = found.sentence.removeprefix(word).lstrip(", ")
    fragile = [
        {"tone": "soon", "icon": "triangle", "word": "Fragile", "sentence": place.sentence} for place in found.fragile
    ]
    return [{"tone": tone, "icon": icon, "word": word, "sentence": goes_on}, *fragile]


def parsed(terms):
    return rules.parse_terms(terms.rules if terms else "")


def seat(place):
    """A place as the rules know it: its classes and its agency's."""
    return rules.Seat(
        key=str(place["id"]),
        agency=place["counts_as"] or place["agency_short"],
        title=place["title"],
        classes=frozenset([*place["classes"], *place["agency_classes"], *place["in_chair"]]),
        votes=place["votes"],
        counts=place["counts"],
        holder=_holder(place),
        deputies=tuple(str(person) for person, _post in place["deputies"]),
    )


def _holder(place):
    """The member of a place as the rules know them; where the source names only the post, the post itself."""
    if place["holder_id"] is None:
        return f"post {place['id']}" if place["post_only"] else None
    return str(place["holder_id"])
