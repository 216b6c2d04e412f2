"""
Shorter ways for what the layout library does tens of thousands of times in a report: a sixth of its time.

Each leaves to the library whatever is not the common case, and gives what the library gives. They reach into it, so
they are taken for one version of it alone; any other goes its own ways, slower and just as right. A test compares the
bytes of both, and fails for a version that nobody has looked at: read what it changed, then renew ``VERSION``.

Imported in the layout program alone.
"""

import struct
from typing import Any

import weasyprint
from weasyprint import css, html
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.draw import text as draw
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import percent
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

VERSION = "70.0"
OLDEST_PANGO = 14802  # older ones say other sizes of fonts, which the library mends
SMALLEST = 1e-6  # sizes of letters below are not drawn


def take() -> bool:
    """Take the shorter ways from now on; False where the library is one for which they were not made."""
    if weasyprint.VERSION != VERSION:
        return False
    Layout.deactivate, Layout.reactivate = _drop_shape, _find_shape
    css.ComputedStyle.__missing__ = _property
    percent.resolve_one_percentage = _resolve
    if pango.pango_version() >= OLDEST_PANGO and ffi.sizeof("PangoGlyphInfo") == LETTER.size:
        draw.draw_first_line = _draw_line
    Box.is_in_normal_flow = _is_in_normal_flow
    _ask_less(html.UA_STYLESHEET.matcher)
    return True


# --- Lines ------------------------------------------------------------------------------------------------------------
# The library forgets the shape of a line once it knows its size, to need less memory for documents of any length, and
# finds it again to draw it. Ours have their bounds. Lines that are drawn twice (heads of tables) or spread are left.

_library_drops, _library_finds = Layout.deactivate, Layout.reactivate


def _drop_shape(line: Any) -> None:
    if line.justification_spacing or getattr(line, "is_drawn", False):
        _library_drops(line)


def _find_shape(line: Any, style: Any) -> None:
    if getattr(line, "style", None) is style:
        line.is_drawn = True
    else:
        _library_finds(line, style)


# --- Letters ----------------------------------------------------------------------------------------------------------
# A letter of one font is written down in the same way wherever it has the same width. Lines with anything else than
# letters from left to right (signs that no font has, pictures, an end that is cut off) are left.

LETTER = struct.Struct("4i4x")  # number, width, and how far it stands off across and up

_library_draws = draw.draw_first_line


def _draw_line(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
    parts = None
    if overflow != "ellipsis" and ellipsis == "none" and box.text.strip() and box.style["font_size"] >= SMALLEST:
        parts = _parts_of_line(stream, box.pango_layout)
    if not parts:
        return _library_draws(stream, box, overflow, ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    for font, size, letters in parts:
        stream.set_font_size(font.hash, size)
        stream.show_text(letters)
    return []


def _parts_of_line(stream: Any, line: Any) -> Any:
    """The parts of a line, each with its font, size and letters; None where it is not for us."""
    pango.pango_layout_set_single_paragraph_mode(line.layout, True)
    run, parts, last = line.get_first_line()[0].runs[0], [], None
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        if pango_font != last:
            last = pango_font
            font, size = stream.add_font(pango_font)
            if font.bitmap or font.svg or font.png or font.colr or item.item.analysis.level % 2:
                return None
            parts.append([font, size, ""])
            known = font.__dict__.setdefault("letters", {}).setdefault(size, {})
        written = _letters(stream, line, item, parts[-1], known)
        if written is None:
            return None
        parts[-1][2] += f"<{written[:-1]}" if written.endswith("<") else f"<{written}>"
    return parts


def _letters(stream: Any, line: Any, item: Any, part: Any, known: Any) -> Any:
    """The letters of ``item`` as they are written down; None where one is not for us."""
    number = item.glyphs.num_glyphs
    found = LETTER.iter_unpack(ffi.buffer(item.glyphs.glyphs, LETTER.size * number))
    written = []
    for place, letter in enumerate(found):
        if letter not in known:
            glyph, width, across, up = letter
            if across or up or not 0 <= glyph < pango.PANGO_GLYPH_EMPTY:
                return None
            font, size, _so_far = part
            _note_meaning(font, glyph, line, item, place)
            kerning = _width(stream, font, size, glyph, item) - width * 1000 * FROM_UNITS / size
            known[letter] = f"{glyph:04x}" + (f">{int(kerning)}<" if kerning else "")
        written.append(known[letter])
    return "".join(written)


def _note_meaning(font: Any, glyph: int, line: Any, item: Any, place: int) -> None:
    """Note what the letter stands for, for whoever searches or copies the text."""
    if glyph not in font.to_unicode:
        ends = [*item.glyphs.log_clusters[0 : item.glyphs.num_glyphs], item.item.length]
        begin, end = (item.item.offset + ends[one] for one in (place, place + 1))
        font.to_unicode[glyph] = line.text.encode()[begin:end].decode()


def _width(stream: Any, font: Any, size: float, glyph: int, item: Any) -> Any:
    if glyph not in font.widths:
        extents = stream.logical_rect
        pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, stream.ink_rect, extents)
        font.widths[glyph] = round(extents.width * 1000 * FROM_UNITS / size)
    return font.widths[glyph]


# --- Properties -------------------------------------------------------------------------------------------------------
# Most properties of an element are set by no rule: they are its parent's, or what they are at first.

DECIDED_BY_OTHERS = {"position", "float", "display", "page"}
DIRECTIONS = ("ltr", "rtl")
INHERITS = object()

# What a property is that no rule sets, and the names by which a rule could have set it in the direction of the text.
_unset = {
    name: (
        INHERITS if name in INHERITED else value,
        {PHYSICAL_FUNCTIONS[name](block="ttb", inline=way) for way in DIRECTIONS}
        if name in PHYSICAL_FUNCTIONS
        else set(),
    )
    for name, value in INITIAL_VALUES.items()
    if name not in DECIDED_BY_OTHERS
    and not name.startswith("text_decoration_")
    and (name in INHERITED or name not in INITIAL_NOT_COMPUTED)
}
_library_computes = css.ComputedStyle.__missing__


def _property(style: Any, name: str) -> Any:
    known = _unset.get(name)
    if known is None or name in style.cascaded or style.parent_style is None:
        return _library_computes(style, name)
    value, others = known
    for other in others:
        if other in style.cascaded:
            return _library_computes(style, name)
    if value is INHERITS:
        value = style.parent_style[name]
    style[name] = value
    return value


# --- Sizes and places -------------------------------------------------------------------------------------------------

_library_resolves, _library_places = percent.resolve_one_percentage, Box.is_in_normal_flow


def _resolve(box: Any, name: str, whole: float) -> None:
    value = box.style[name]
    if type(value) is Dimension:
        setattr(box, name, whole * value.value / 100 if value.unit == "%" else value.value)
    else:
        _library_resolves(box, name, whole)


def _is_in_normal_flow(box: Any) -> bool:
    style = box.style
    return (style["float"] == "none" and style["position"] in {"static", "relative"}) or _library_places(box)


# --- Rules ------------------------------------------------------------------------------------------------------------
# The library's own style sheet gives each element the marks of an item and of five kinds of notes.

NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}


def _ask_less(matcher: Any) -> None:
    """Ask for marks of items alone, and of notes at none: documents of ours have no such notes."""
    of_all = matcher.other_selectors
    matcher.other_selectors = [rule for rule in of_all if rule[3] not in {*NOTES, "marker"}]
    of_items = matcher.lower_local_name_selectors.setdefault("li", [])
    of_items.extend(rule for rule in of_all if rule[3] == "marker")
