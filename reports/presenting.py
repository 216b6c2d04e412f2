"""
From the content of a report to what its templates show: the same for the page and for paper.

Figures and tables get their numbers here, amounts their commas, and numbers become drawings.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from django.utils.safestring import mark_safe

from reports import drawing
from reports.assembling import blocks_of
from reports.models import Section

KIND = Section.Kind
NOT_ENTERED = "none"
TENTH = Decimal("0.1")
MOST_BARS = 16
OWN_PAGE = (KIND.ATTENDANCE, KIND.GLOSSARY)


def context_of(content, *, on_paper, follow=None, told=None):
    """
    What the templates of a report show. ``told(number, of, title)`` is called before each section is made.

    ``follow`` says whether figures lead to their pages; see ``assembling.blocks_of``.
    """
    numbers = Numbers()
    sections = []
    follow = not on_paper if follow is None else follow
    for number, section in enumerate(content["sections"], 1):
        if told:
            told(number, len(content["sections"]), section["title"])
        sections.append(_section(content, section, numbers, on_paper, follow))
    return {
        "title": content["title"],
        "sample_notice": content["sample_notice"],
        "content": content,
        "starts_on": dt.date.fromisoformat(content["starts_on"]),
        "ends_on": dt.date.fromisoformat(content["ends_on"]),
        # Those that were published before this was kept do not say it.
        "proposed_on": dt.date.fromisoformat(content["proposed_on"]) if content.get("proposed_on") else None,
        "sections": sections,
        "contents": _contents(sections),
        "on_paper": on_paper,
        "follow": follow,
    }


class Numbers:
    """The numbers of figures and tables in their order in the report, and which differences it has told already."""

    def __init__(self):
        self.figures = count(1)
        self.tables = count(1)
        self._told = set()

    def not_shown(self, differences):
        """Those that no section before has told; from now on they are."""
        fresh = [one for one in differences if one["figure"] not in self._told]
        self._told |= {one["figure"] for one in fresh}
        return fresh


def _section(content, section, numbers, on_paper, follow):
    made = {
        "key": section["key"],
        "anchor": section["key"],
        "number": section["number"],
        "title": section["title"],
        "kind": section["kind"],
        "template": f"reports/sections/_{section['kind']}.html",
        "head": section["part"] or section["title"],
        "part": section["part"] if section["number"].endswith(".1") else "",
        "part_number": section["part_number"],
        "opens_page": section["kind"] in OWN_PAGE or section["number"].endswith(".1"),
        "keeps_together": section["kind"] == KIND.CONTACTS,
        "blocks": [
            mark_safe(_movable(block.html, on_paper))  # noqa: S308 - sanitised where it was made
            for block in blocks_of(content, section, on_paper, follow)
            if section["kind"] != KIND.GLOSSARY or "<table" not in block.html
        ],
    }
    data = section["data"]
    return {**made, **BUILT[section["kind"]](data, numbers)} if section["kind"] in BUILT else made


def _movable(html, on_paper):
    """A table of a text can be moved sideways on a small screen, with the keyboard too."""
    if on_paper or not html.startswith("<table"):
        return html
    return f'<div class="scroll" role="group" aria-label="Table" tabindex="0">{html}</div>'


def _contents(sections):
    """The list of contents: chapters, and under each part its sections."""
    entries = []
    for section in sections:
        if section["part"]:
            entries.append({**section, "is_part": True, "title": section["part"], "number": section["part_number"]})
        level = 2 if "." in section["number"] else 1
        entries.append({**section, "is_part": False, "level": level})
    return entries


# --- Built sections ---------------------------------------------------------------------------------------------------


def _structure(data, numbers):
    if not data["boards"]:
        return {"is_empty": True}
    top, *others = data["boards"]
    beneath = f", and beneath it {_listed([board['name'] for board in others])}" if others else ""
    title = f"Boards and groups: {top['name']}{beneath}. The table beneath says the same."
    return {
        "figure": {
            "number": next(numbers.figures),
            "caption": "The boards and who sponsors them",
            "drawing": drawing.structure(title, data["boards"]),
        },
        "table": {"number": next(numbers.tables), "caption": "The same as a table"},
        "rows": data["boards"],
    }


def _reviews(data, numbers):
    counts = data["counts"]
    if not counts:
        return {"is_empty": True}
    return {
        "figure": {
            "number": next(numbers.figures),
            "caption": "Reviews of the year, in numbers",
            "drawing": drawing.bars(
                _spoken("Reviews of the year", [(one["label"], one["number"]) for one in counts]),
                [drawing.Bar(one["label"], (one["number"],), str(one["number"])) for one in counts[:MOST_BARS]],
            ),
        },
        "table": {"number": next(numbers.tables), "caption": "The same figures"},
        "rows": counts,
        "has_notes": any(one["note"] for one in counts),
    }


def _attendance(data, numbers):
    if not data:
        return {"is_empty": True}
    meetings = data["meetings"]
    bars = [
        drawing.Bar(one["label"], (100 * one["present"] / (one["eligible"] or 1),), one["words"], one["percent"])
        for one in meetings
    ]
    return {
        "figure": {
            "number": next(numbers.figures),
            "caption": "Members’ posts that were represented, by meeting",
            "drawing": drawing.bars(
                _spoken("Posts represented", [(one["label"], one["words"]) for one in meetings]),
                bars,
                most=100,
            ),
        },
        "table": {"number": next(numbers.tables), "caption": "Who was represented, post by post"},
        "data": data,
        "rows": data["rows"],
    }


def _contributions(data, numbers):
    if not data:
        return {"is_empty": True}
    rows = data["rows"]
    strands = ("children", "adults", *(["not_divided"] if data["has_not_divided"] else []))
    paid = [(row["partner"], f"£{_commas(row['total'])}") for row in rows]
    return {
        "lead": data["lead"],
        "figure": {
            "number": next(numbers.figures),
            "caption": f"Contributions {data['year']}, in pounds",
            "drawing": drawing.bars(
                _spoken("What each partner contributed", paid),
                [
                    drawing.Bar(
                        row["partner"],
                        (float(row["children"] or 0), float(row["adults"] or 0) + float(row["not_divided"] or 0)),
                        f"£{_commas(row['total'])}",
                        f"{Decimal(row['share']).quantize(TENTH, ROUND_HALF_UP)} %",
                    )
                    for row in rows
                ],
                legend=("children’s", "adults, or not divided" if data["has_not_divided"] else "adults"),
            ),
        },
        "table": {"number": next(numbers.tables), "caption": "The same figures"},
        "has_not_divided": data["has_not_divided"],
        "rows": [{**row, **{key: _commas(row[key]) for key in (*strands, "total")}} for row in rows],
        "total": {key: _commas(value) for key, value in data["total"].items()},
        "differences": numbers.not_shown(one for one in data["differences"] if one["figure"] == "contributions"),
    }


def _budget(data, numbers):
    if not data:
        return {"is_empty": True}
    amounts = ("brought_forward", "contributions", "income_available", "expenditure", "surplus", "carried_forward")
    return {
        "lead": data["lead"],
        "figure": {
            "number": next(numbers.figures),
            "caption": "What the money was spent on, in pounds",
            "drawing": drawing.bars(
                _spoken("Expenditure", [(line["name"], f"£{_commas(line['amount'])}") for line in data["lines"]]),
                [
                    drawing.Bar(line["name"], (float(line["amount"]),), f"£{_commas(line['amount'])}")
                    for line in data["lines"]
                ],
            ),
        },
        "table": {"number": next(numbers.tables), "caption": "The year-end position"},
        "rows": [{**line, "amount": _commas(line["amount"])} for line in data["lines"]],
        **{name: _commas(data[name]) for name in amounts},
        "differences": numbers.not_shown(data["differences"]),
    }


def _glossary(data, numbers):
    if not data["entries"]:
        return {"is_empty": True}
    return {
        "table": {"number": next(numbers.tables), "caption": "Abbreviations used in this report"},
        "rows": data["entries"],
    }


def _contacts(data, numbers):
    rows = [{**row, "checked_on": dt.date.fromisoformat(row["checked_on"])} for row in data["contacts"]]
    return {"rows": rows} if rows else {"is_empty": True}


BUILT = {
    KIND.STRUCTURE: _structure,
    KIND.REVIEWS: _reviews,
    KIND.ATTENDANCE: _attendance,
    KIND.CONTRIBUTIONS: _contributions,
    KIND.BUDGET: _budget,
    KIND.GLOSSARY: _glossary,
    KIND.CONTACTS: _contacts,
}


def _commas(amount):
    """``149,004`` for ``149004``; "none" where there is none."""
    if amount is None:
        return NOT_ENTERED
    whole, dot, pence = amount.partition(".")
    sign = "−" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{dot}{pence}"


def _spoken(what, pairs):
    """The title of a chart: what it shows, and its largest rows, for those who hear it."""
    shown = "; ".join(f"{label} {value}" for label, value in pairs[:4])
    more = ", and more" if len(pairs) > 4 else ""
    return f"{what}: {shown}{more}. The table beneath has the same figures."


def _listed(names):
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[:-1] else names)
