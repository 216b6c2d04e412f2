"""A document like the portal's minutes: headings, tables with heads of rows and columns, lists, a drawing."""

from pathlib import Path

from django.template import Context, Engine

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[2] / "templates"

NOTICE = "Sample: made from example records. It is not a record of the partnership."
PARTNERS = ("MK Council", "BLMK ICB", "Thames Valley Police", "MKUHFT", "CNWL", "Fire and Rescue", "Probation Service")
PLACES = [(partner, f"Place {number}", "Principal", "in the room") for number, partner in enumerate(PARTNERS * 4, 1)]
MONEY = [
    ("MK Council, with public health", "107,504", "41,500", "149,004"),
    ("MK Clinical Commissioning Group", "51,482", "14,300", "65,782"),
    ("Thames Valley Police", "18,595", "none", "18,595"),
]
ACTIONS = [("Send the agreed budget to the three partners", "Partnership manager", "28 January 2025")] * 5


def html_of(template, context):
    """The text of a template of the portal's or of these tests."""
    return Engine(dirs=[TEMPLATES, HERE / "documents"]).get_template(template).render(Context(context))


def minutes_like():
    """The HTML of the example, long enough that its attendance table runs over a page."""
    places = [*PLACES, ("SCAS", "Head of Safeguarding", "nobody", "not there")]
    context = {"title": "Minutes", "sample_notice": NOTICE, "places": places, "money": MONEY, "actions": ACTIONS}
    return html_of("minutes_like.html", context)
