"""
The year 2021-22 as plain values: what was printed of it in 2022, cell for cell, and short texts of these tests.

The figures are those of the printed report's two appendices; what was not printed (sums, shares, balances) was added up
by hand, apart from the portal's own arithmetic.
"""

from decimal import Decimal

from reports import sources
from reports.assembling import assembled

YES, NO, NA = sources.YES, sources.NO, sources.NOT_A_MEMBER
MEETINGS = (
    ("April 2021", "Apr 2021", 14, 17),
    ("July 2021", "Jul 2021", 12, 16),
    ("November 2021", "Nov 2021", 13, 16),
    ("February 2022", "Feb 2022", 12, 17),
)
# partner, post, marks, represented, of
POSTS = (
    ("MK Council", "Chief Executive", (YES, YES, NO, YES), 3, 4),
    ("MK Council", "Director of Adult Services", (YES, YES, YES, YES), 4, 4),
    ("MK Council", "Director of Policy, Insight and Communications", (YES, YES, YES, YES), 4, 4),
    ("CNWL", "Managing Director, Diggory Division", (YES, YES, YES, YES), 4, 4),
    ("MK Council", "Director of Children’s Services", (YES, YES, YES, YES), 4, 4),
    ("MKUHFT", "Head of Quality and Safeguarding", (YES, YES, YES, NO), 3, 4),
    ("CNWL", "Nursing Director, Diggory Division", (YES, YES, YES, YES), 4, 4),
    ("BLMK CCG", "Chief Nurse, BLMK Commissioning Collaborative", (YES, YES, YES, YES), 4, 4),
    ("MK Council", "Director of Public Health, Bedford and Milton Keynes", (YES, YES, YES, YES), 4, 4),
    ("Healthwatch", "Healthwatch MK", (YES, NA, NA, NA), 1, 1),
    ("BFRS", "Bucks Fire and Rescue Service", (YES, YES, YES, YES), 4, 4),
    ("BLMK CCG", "Chief Operating Officer, MK CCG", (NO, NO, NO, NO), 0, 4),
    ("MKUHFT", "Director of Patient Care/Chief Nurse", (YES, NO, NO, YES), 2, 4),
    ("Probation Service", "Senior Operational Support Manager", (NO, NO, YES, NO), 1, 4),
    ("HMP Woodhill", "Governor", (YES, YES, YES, NO), 3, 4),
    ("TVP", "Superintendent", (YES, YES, YES, YES), 4, 4),
    ("TVP", "Detective Chief Inspector", (NO, NO, YES, NO), 1, 4),
    ("Voluntary sector", "Chair of VSA/Community Action MK", (NA, NA, NA, YES), 1, 1),
)
SCRUTINEER = ("", "Independent Scrutineer", (YES, YES, YES, YES), 4, 4)
# slug, partner, children's, adults, total, share
PAID = (
    ("mk-council", "MK Council, with public health", 107504, 41500, 149004, "57.58"),
    ("ccg", "MK Clinical Commissioning Group", 51482, 14300, 65782, "25.42"),
    ("tvp", "Thames Valley Police", 18595, None, 18595, "7.19"),
    ("pcc", "Police and Crime Commissioner (via TVP)", None, 7800, 7800, "3.01"),
    ("mkuhft", "MKUHFT", 1974, 3250, 5224, "2.02"),
    ("cnwl", "CNWL", 1974, 3250, 5224, "2.02"),
    ("crc", "Community Rehabilitation Company", 2673, 975, 3648, "1.41"),
    ("oakhill", "Oakhill operator (G4S)", 1974, None, 1974, "0.76"),
    ("nps", "National Probation Service", 891, None, 891, "0.34"),
    ("bfrs", "Buckinghamshire Fire and Rescue", None, 650, 650, "0.25"),
)
SPENT = (
    ("Employee costs", 185190),
    ("Independent chair and scrutineer", 7537),
    ("Review activity, without domestic homicide reviews", 34484),
    ("Website, policies and procedures", 5298),
    ("Other", 1564),
)
CONTRIBUTIONS_DIFFER = sources.Difference(
    figure="contributions",
    label="Contributions",
    printed=Decimal(257880),
    computed=Decimal(258792),
    amount=Decimal(912),
    explanation="The source gives no cause; accepted by the finance editor.",
    source="Annual report 2021-22, Appendix B",
)
CARRIED_FORWARD_DIFFERS = sources.Difference(
    figure="carried-forward",
    label="Carried forward",
    printed=Decimal(133944),
    computed=Decimal(133945),
    amount=Decimal(1),
    explanation="Probably a rounding of pence; accepted by the finance editor.",
    source="Annual report 2021-22, Appendix B",
)
COUNTS = (
    ("reviews rapid adults", "Rapid reviews about adults", 4),
    ("reviews rapid children", "Rapid reviews about children", 5),
    ("reviews meeting the threshold", "Children’s cases that met the threshold of a review", 1),
    ("reviews published", "Reviews published", 4),
    ("reviews delayed", "Reviews that waited for trials, now under way", 5),
)
BOARDS = (
    ("Management Board", "Statutory partnership", "", "", "Leads the partnership and answers for its priorities.", 0),
    (
        "Assurance Board",
        "Working group",
        "BLMK Clinical Commissioning Group",
        "Management Board",
        "Asks for evidence.",
        1,
    ),
    ("Child Death Board", "Working group", "Milton Keynes Council", "Management Board", "Learns from deaths.", 1),
    (
        "Review Board",
        "Working group",
        "Milton Keynes University Hospital",
        "Management Board",
        "Commissions reviews.",
        1,
    ),
    ("Local Case Review Panel", "Panel", "", "Review Board", "Decides on cases.", 2),
    ("Risk Board", "Working group", "Thames Valley Police", "Management Board", "Looks for new risks.", 1),
    ("Tasking Board", "Working group", "Milton Keynes Council", "Management Board", "Runs joint projects.", 1),
)


def money(differences=(CONTRIBUTIONS_DIFFER, CARRIED_FORWARD_DIFFERS)):
    """The year's money, as people read it."""
    return sources.Money(
        href="/money/2021-22/",
        contributions=tuple(
            sources.Contribution(
                slug,
                partner,
                _amount(children),
                _amount(adults),
                Decimal(total),
                Decimal(share),
                is_council=slug == "mk-council",
            )
            for slug, partner, children, adults, total, share in PAID
        ),
        children=Decimal(187067),
        adults=Decimal(71725),
        total=Decimal(258792),
        brought_forward=Decimal(110138),
        contributions_used=Decimal(257880),
        income_available=Decimal(368018),
        lines=tuple(sources.Line(name, Decimal(amount)) for name, amount in SPENT),
        expenditure=Decimal(234073),
        surplus=Decimal(23807),
        carried_forward=Decimal(133945),
        differences=tuple(differences),
    )


def representation():
    """Who was represented at the four meetings."""
    return sources.Representation(
        href="/boards/management-board-2021-22/representation/?year=2021-22",
        board="Management Board",
        meetings=tuple(sources.Meeting(*meeting) for meeting in MEETINGS),
        posts=tuple(sources.Post(*post) for post in POSTS),
        outside=(sources.Post(*SCRUTINEER),),
        present=51,
        eligible=66,
        printed_present=55,
        printed_eligible=70,
    )


def found(**changes):
    """The sources of the year; ``changes`` replaces some of them."""
    known = {
        "money": money(),
        "representation": representation(),
        "counts": tuple(sources.Count(*count, "", "/cases/years/2021-22/") for count in COUNTS),
        "boards": tuple(sources.Board(*board, "/boards/") for board in BOARDS),
        "contacts": (
            sources.Contact(
                "Worried about a child",
                "Children’s front door",
                "01632 960 101",
                "front.door@mktogether.example",
                "Monday to Friday, 09:00 to 17:00",
                "2026-11-01",
            ),
        ),
        "partners": ("BLMK ICB", "Milton Keynes City Council", "Thames Valley Police"),
    }
    return sources.Sources(**{**known, **changes})


def _amount(pounds):
    return None if pounds is None else Decimal(pounds)


# --- Texts ------------------------------------------------------------------------------------------------------------

ABBREVIATIONS = """Only those that this report uses are printed.

| Short | What it stands for |
|---|---|
| TVP | Thames Valley Police |
| CNWL | Central and North West London NHS Foundation Trust |
| MKUHFT | Milton Keynes University Hospital NHS Foundation Trust |
| DHR | Domestic homicide review |
| ZZZ | Something that nobody mentions |
"""
FOREWORD = """The partners spent {expenditure} of the {income available} that they had, and met {meetings held} times.
Members’ posts were represented at {representation members} chances, which is {representation percent}.

**What changed.** Two boards ended, and their work went to the others. A yearly listening exercise takes their place.

> We asked for evidence, and where there was none we said so.
"""
GROUP = """# What was done

- Each action from a review was followed until somebody showed that it was done.
- Four subjects were looked at closely.
- A first version of the joint training plan went to all partners.

# How we know that it helped

Evidence was asked for and read at the next meeting. Where it was thin, the action stayed open, and the partner was
asked to come back with more. Staff were asked what they do differently now; most could name one thing.

# What comes next

| By when | What | Who |
|---|---|---|
| Summer | A joint audit of {reviews rapid children} cases | MK Council |
| Autumn | Training for new staff | TVP and CNWL |
"""
LONG = "\n\n".join(
    f"This paragraph is the {word} of several about the year. It says in plain words what partners did together, what "
    "came of it for children and adults, what did not go as they had hoped, and what they will do about that in the "
    "coming year."
    for word in ("first", "second", "third", "fourth", "fifth")
)
# title, part, kind, text
SECTIONS = (
    ("Foreword", "", "text", FOREWORD),
    ("The scrutineer’s statement", "", "text", LONG),
    ("The partnership", "", "structure", "Five boards did the work of the year."),
    ("Assurance Board", "Reports of the boards", "text", GROUP),
    ("Review Board", "Reports of the boards", "text", GROUP + "\n\n" + LONG),
    ("Children’s social care", "Reports of the partners", "text", LONG),
    ("Probation", "Reports of the partners", "text", GROUP),
    ("Reviews of the year", "", "reviews", "Of every review the learning was shared with all partners."),
    ("Partnership representation", "", "attendance", ""),
    ("What each partner paid", "", "contributions", ""),
    ("The year-end position", "", "budget", ""),
    ("Abbreviations", "", "glossary", ABBREVIATIONS),
    ("Contacts", "", "contacts", "In an emergency ring 999."),
)
ABOUT = {
    "slug": "mk-2021-22",
    "title": "Safeguarding annual report 2021-22",
    "year": "2021-22",
    "starts_on": "2021-04-01",
    "ends_on": "2022-03-31",
    "area": "Milton Keynes",
    "sample_notice": "Sample: built again from the printed report of 2021-22",
    "is_draft": True,
    "board": "Management Board",
}


def texts(rows=SECTIONS):
    """The sections as the database would give them."""
    return [
        {"key": f"00000000-0000-4000-8000-{number:012}", "title": title, "part": part, "kind": kind, "text": text}
        for number, (title, part, kind, text) in enumerate(rows, 1)
    ]


def content(sections=None, pictures=None, about=None, **changes):
    """The whole content; ``changes`` replaces some of the sources."""
    return assembled({**ABOUT, **(about or {})}, sections or texts(), pictures or {}, found(**changes))
