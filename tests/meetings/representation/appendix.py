"""Appendix A of the annual report of 2021-22, typed a second time: what the portal shows is held against this."""

MEETINGS = ("April 2021", "July 2021", "November 2021", "February 2022")
# Post as printed, partner in the portal, marks as printed.
PRINTED = (
    ("Chief Executive, MK Council", "MKCC", "✓ ✓ x ✓"),
    ("Director of Adult Services, MK Council", "MKCC", "✓ ✓ ✓ ✓"),
    ("Director of Policy, Insight and Communications, MKC", "MKCC", "✓ ✓ ✓ ✓"),
    ("Managing Director, Diggory Division, CNWL", "CNWL", "✓ ✓ ✓ ✓"),
    ("Director of Children’s Services, MK Council", "MKCC", "✓ ✓ ✓ ✓"),
    ("Independent Scrutineer", "", "✓ ✓ ✓ ✓"),
    ("Head of Quality and Safeguarding, MKUHFT", "MKUHFT", "✓ ✓ ✓ x"),
    ("Nursing Director, Diggory Division, CNWL", "CNWL", "✓ ✓ ✓ ✓"),
    ("Chief Nurse, BLMK Commissioning Collaborative", "BLMK CCG", "✓ ✓ ✓ ✓"),
    ("Director of Public Health, Bedford and Milton Keynes", "MKCC", "✓ ✓ ✓ ✓"),
    ("Healthwatch MK", "Healthwatch", "✓ NA NA NA"),
    ("Bucks Fire and Rescue Service", "BFRS", "✓ ✓ ✓ ✓"),
    ("Chief Operating Officer, MK CCG", "BLMK CCG", "x x x x"),
    ("Director Of Patient Care/Chief Nurse, MK UHFT", "MKUHFT", "✓ x x ✓"),
    ("Senior Operational Support Manager, Probation Service", "NPS", "x x ✓ x"),
    ("Governor, HMP Woodhill", "HMP Woodhill", "✓ ✓ ✓ x"),
    ("Supt, Thames Valley Police", "TVP", "✓ ✓ ✓ ✓"),
    ("DCI, TVP", "TVP", "x x ✓ x"),
    ("Chair of VSA/Community Action MK", "VSA", "NA NA NA ✓"),
)
MARKS = {"✓": "represented", "x": "unknown", "NA": "not applicable"}
# Each partner with at least one person there, of the meetings at which it was a member.
PARTNERS = {
    "MKCC": (4, 4),
    "CNWL": (4, 4),
    "MKUHFT": (4, 4),
    "BLMK CCG": (4, 4),
    "Healthwatch": (1, 1),
    "BFRS": (4, 4),
    "NPS": (1, 4),
    "HMP Woodhill": (3, 4),
    "TVP": (4, 4),
    "VSA": (1, 1),
}
