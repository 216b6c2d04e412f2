"""Who is let in to a thing, who is kept out of it, and what somebody may do about that: a part of the thing's page."""

from partnerships.granting import rows, rules, subjects
from partnerships.models import Exclusion, Grant


def about(thing, user, now):
    """What the page of ``thing``, which was found for ``user``, says of access to it, as far as they see access."""
    subject = subjects.of(thing)
    grants = Grant.objects.visible_to(user).about(thing).not_over(now)
    names = subjects.names_on_page_of(thing)
    found = grants.select_related("person__agency").order_by("wanted_from", "pk")
    let_in = [rows.grant(one, names, now) for one in found]
    keeps = bool(rules.may_exclude(user, thing))
    kept_out = Exclusion.objects.visible_to(user).about(thing).in_force(now) if keeps else ()
    return {
        "let_in": let_in,
        "kept_out": rows.exclusions(kept_out.select_related("person__agency")) if keeps else [],
        "shows_let_in": bool(let_in) or rules.keeps(user, thing),
        "shows_kept_out": keeps,
        "acts": list(_acts(subject, thing, user, keeps)),
    }


def _acts(subject, thing, user, keeps):
    if subject.kinds_for(thing) and rules.keeps(user, thing):
        yield {"href": subject.address_for(thing, "let-in"), "label": subject.invitation}
    if keeps:
        yield {
            "href": subject.address_for(thing, "exclude"),
            "label": "Exclude somebody for a conflict of interest",
        }
    if subject.can_exclude:
        yield {"href": subject.address_for(thing, "withdraw"), "label": "Declare an interest and withdraw"}
