"""Drawings: a title that can be read aloud, nothing of a user's that is not escaped, lengths that are true."""

import re
import xml.etree.ElementTree as ET

import pytest

from mktogether.lib.drawing.shapes import lines_of
from reports import drawing

SVG = "{http://www.w3.org/2000/svg}"
BOARDS = [
    {"name": "Board", "sponsor": "", "level": 0, "reports_to": ""},
    {"name": "Assurance <b>", "sponsor": "Police & fire", "level": 1, "reports_to": "Board"},
    {"name": "Panel", "sponsor": "", "level": 2, "reports_to": "Assurance <b>"},
    {"name": "Panel of the panel", "sponsor": "", "level": 3, "reports_to": "Panel"},
]


def opened(text):
    return ET.fromstring(text)


@pytest.mark.parametrize(
    "made",
    [
        drawing.bars("Title & more", [drawing.Bar("A <i>", (1,), "<1>", "& half")]),
        drawing.bars("Title & more", [], legend=("one", "two")),
        drawing.structure("Title & more", BOARDS),
    ],
)
def test_a_drawing_begins_with_its_title_and_escapes_what_people_wrote(made):
    root = opened(made)
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Title & more"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "text",
        "tspan",
        "rect",
        "path",
    }
    assert "style=" not in made, "the portal's policy for styles would not let it"


def test_bars_are_as_long_as_their_numbers():
    rows = [
        drawing.Bar("Whole", (100, 50), "150"),
        drawing.Bar("Half", (75, 0), "75"),
        drawing.Bar("None", (0, 0), "0"),
    ]
    widths = [float(rect.get("width")) for rect in opened(drawing.bars("t", rows)).iter(f"{SVG}rect")]
    assert len(widths) == 3, "what is nothing has no bar"
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    assert widths[2] == pytest.approx(widths[0] * 0.75, rel=0.01)


def test_what_is_more_than_nothing_can_be_seen():
    rows = [drawing.Bar("Much", (1_000_000,), "1,000,000"), drawing.Bar("Little", (1,), "1")]
    assert min(float(rect.get("width")) for rect in opened(drawing.bars("t", rows)).iter(f"{SVG}rect")) >= 1


def test_every_board_stands_in_the_structure_within_its_bounds():
    root = opened(drawing.structure("t", BOARDS))
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert all(board["name"] in said for board in BOARDS)
    height = float(root.get("height"))
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.get("x")) >= 0
        assert float(rect.get("x")) + float(rect.get("width")) <= float(root.get("width"))
        assert float(rect.get("y")) + float(rect.get("height")) <= height


def test_nine_boards_stand_in_two_rows():
    many = [BOARDS[0], *({"name": f"B{n}", "sponsor": "", "level": 1, "reports_to": "Board"} for n in range(9))]
    tops = {rect.get("y") for rect in opened(drawing.structure("t", many)).iter(f"{SVG}rect")}
    assert len(tops) == 3


def test_lines_break_between_words_only():
    broken = lines_of("Director of Policy, Insight and Communications", 120)
    assert " ".join(broken) == "Director of Policy, Insight and Communications"
    assert len(broken) > 1
    assert not re.search(r"\s$", broken[0])


def test_several_trees_and_boards_by_themselves_stand_within_bounds_and_apart():
    more = [
        {"name": f"Tree {n}{part}", "sponsor": "", "level": level, "reports_to": above}
        for n in range(2)
        for level, part, above in ((0, "", ""), (1, " below", f"Tree {n}"))
    ]
    alone = [{"name": f"Alone {n}", "sponsor": "", "level": 0, "reports_to": ""} for n in range(7)]
    root = opened(drawing.structure("t", [*more, *alone]))
    boxes = [tuple(float(rect.get(side)) for side in ("x", "y", "width", "height")) for rect in root.iter(f"{SVG}rect")]
    assert len(boxes) == 11
    assert all(x >= 0 and y + height <= float(root.get("height")) for x, y, _width, height in boxes)
    for number, (x, y, width, height) in enumerate(boxes):
        for left, top, wide, tall in boxes[number + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + tall <= y


def test_only_boards_by_themselves_stand_in_rows():
    alone = [{"name": f"Alone {n}", "sponsor": "", "level": 0, "reports_to": ""} for n in range(3)]
    assert len(list(opened(drawing.structure("t", alone)).iter(f"{SVG}rect"))) == 3
