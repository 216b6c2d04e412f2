"""What the built sections hold, as plain values: the rows of their tables, the sentence before them, their sources."""

from decimal import ROUND_HALF_UP, Decimal

from mktogether.lib.templatetags.wording import pounds
from reports.figures import percent
from reports.models import Section
from reports.sources import NO, NOT_A_MEMBER, YES

KIND = Section.Kind
WORDS = {YES: "Yes", NO: "No", NOT_A_MEMBER: "n/a"}
PENCE = Decimal(1)


def of(kind, found, year):
    """The data of a section of ``kind`` from the sources ``found``; nothing where the section is text alone."""
    makers = {
        KIND.STRUCTURE: lambda: _structure(found.boards),
        KIND.REVIEWS: lambda: _reviews(found.counts),
        KIND.ATTENDANCE: lambda: _representation(found.representation),
        KIND.CONTRIBUTIONS: lambda: _contributions(found.money, year),
        KIND.BUDGET: lambda: _budget(found.money),
        KIND.CONTACTS: lambda: {"contacts": [vars(contact) for contact in found.contacts]},
    }
    return makers[kind]() if kind in makers else {}


def _structure(boards):
    return {"boards": [vars(board) for board in boards]}


def _reviews(counts):
    return {"counts": [vars(count) for count in counts]}


# --- Representation ---------------------------------------------------------------------------------------------------


def _representation(found):
    if found is None:
        return {}
    return {
        "href": found.href,
        "board": found.board,
        "meetings": [_meeting(meeting) for meeting in found.meetings],
        "rows": [_post(post) for post in _by_partner(found.posts)],
        "outside": [_post(post) for post in found.outside],
        "count": len(found.posts),
        "total": {
            "words": f"{found.present} of {found.eligible}",
            "percent": percent(found.present, found.eligible),
        },
        "with_every_row": {
            "words": f"{found.printed_present} of {found.printed_eligible}",
            "percent": percent(found.printed_present, found.printed_eligible),
        },
        "lowest": [
            f"{post.post} ({post.present} of {post.eligible})"
            for post in sorted(found.posts, key=lambda post: post.present / post.eligible if post.eligible else 1)
            if 2 * post.present < post.eligible
        ],
    }


def _by_partner(posts):
    """The posts of a partner together, partners in the order of their first post."""
    first = {}
    for post in posts:
        first.setdefault(post.partner, len(first))
    return sorted(posts, key=lambda post: first[post.partner])


def _meeting(found):
    return {
        "label": found.label,
        "short": found.short,
        "present": found.present,
        "eligible": found.eligible,
        "words": f"{found.present} of {found.eligible}",
        "percent": percent(found.present, found.eligible),
    }


def _post(post):
    return {
        "partner": post.partner,
        "post": post.post,
        "marks": [{"state": mark.replace(" ", "-"), "words": WORDS[mark]} for mark in post.marks],
        "words": f"{post.present} of {post.eligible}",
        "percent": percent(post.present, post.eligible),
    }


# --- Money ------------------------------------------------------------------------------------------------------------


def _contributions(money, year):
    if money is None:
        return {}
    return {
        "href": money.href,
        "year": year,
        "lead": _who_paid(money),
        "has_not_divided": any(row.not_divided for row in money.contributions),
        "rows": [
            {
                "partner": row.partner,
                "children": _plain(row.children),
                "adults": _plain(row.adults),
                "not_divided": _plain(row.not_divided),
                "total": _plain(row.total),
                "share": f"{row.share:.2f}",
            }
            for row in money.contributions
        ],
        "total": {
            "children": _plain(money.children),
            "adults": _plain(money.adults),
            "not_divided": _plain(money.not_divided),
            "total": _plain(money.total),
        },
        "differences": [_difference(one) for one in money.differences],
    }


def _who_paid(money):
    """The answer first, as a sentence: in all, and who paid most of it."""
    sentence = f"Partners contributed {pounds(money.total)}."
    largest = [(row.partner, int(row.share.quantize(PENCE, ROUND_HALF_UP))) for row in money.contributions[:2]]
    if len(largest) < 2 or not largest[1][1]:
        return sentence
    (first, most), (second, more) = largest
    return f"{sentence} Of every pound, {most} pence came from {first} and {more} from {second}."


def _budget(money):
    if money is None:
        return {}
    return {
        "href": money.href,
        "lead": (
            f"{pounds(money.income_available)} was available and {pounds(money.expenditure)} was spent. "
            f"{pounds(money.carried_forward)} is carried forward."
        ),
        "brought_forward": _plain(money.brought_forward),
        "contributions": _plain(money.contributions_used),
        "income_available": _plain(money.income_available),
        "lines": [{"name": line.name, "amount": _plain(line.amount)} for line in money.lines],
        "expenditure": _plain(money.expenditure),
        "surplus": _plain(money.surplus),
        "carried_forward": _plain(money.carried_forward),
        "differences": [_difference(one) for one in money.differences],
    }


def _difference(one):
    """Where print and records say two things, both of them; and why, or that nobody has said so yet."""
    return {
        "figure": one.figure,
        "label": one.label,
        "printed": pounds(one.printed),
        "computed": pounds(one.computed),
        "amount": pounds(abs(one.amount)),
        "explanation": one.explanation or "",
        "source": one.source,
    }


def _plain(amount):
    """An amount as text: ``107504``, or ``107504.50`` with pence; None where there is none."""
    return None if amount is None else f"{amount:.2f}".removesuffix(".00")
