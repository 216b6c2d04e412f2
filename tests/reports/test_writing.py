"""Texts of reports: what comes out of Markdown, whatever went in, and how comments find a paragraph again."""

import re
import sys
from html import escape
from urllib.parse import urlsplit

import nh3
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reports import writing
from reports.writing import Figure, Picture
from tests.reports import hostile
from tests.reports.reading import FIGURES, PICTURES, Read, html_of, sentences

TAGS = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "img", "figure"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "class"},
    "span": {"class"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"class", "scope"},
    "td": {"class"},
}
CLASSES = {"figure", "number"}
NO_HTML = "HTML such as “{}” is not used in reports. Write plain words, or Markdown for bold, lists and tables."
NOT_READ = "A picture is named here, but not as Markdown reads one. Copy its line again from the list of pictures."

letters = st.text("abcdefgh", min_size=1, max_size=8)
paragraphs = st.lists(letters, min_size=1, max_size=6).map(" ".join)


def leads_somewhere_allowed(href):
    """Judged anew, and by other means than the portal's own."""
    if href.startswith("/"):
        return re.match(r"/[/\\]|/[\x00-\x20]", href) is None
    parts = urlsplit(href)
    if parts.scheme in {"mailto", "tel"}:
        return True
    last = (parts.hostname or "").rpartition(".")[2]
    return parts.scheme in {"http", "https"} and last.isalnum() and not last[0].isdigit() and parts.username is None


# --- What comes out, whatever went in ---------------------------------------------------------------------------------


@given(hostile.texts)
def test_nothing_but_what_is_on_the_list_ever_comes_out(text):
    html = html_of(text)
    read = Read(html)
    assert read.others == []
    for tag, attributes in read.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        assert attributes.get("class", "figure") in CLASSES
        assert "href" not in attributes or leads_somewhere_allowed(attributes["href"])
        assert tag != "img" or attributes["src"] in {picture.source for picture in PICTURES.values()}


@given(hostile.texts)
def test_what_comes_out_is_read_by_browsers_as_it_is_written(text):
    """Markup that changes its meaning when it is read again carries scripts past a sanitiser."""
    for block in writing.blocks(text, FIGURES, PICTURES):
        again = nh3.clean(
            block.html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel", "data"},
            link_rel=None,
        )
        assert again == block.html


@given(hostile.texts)
def test_the_words_of_a_block_are_plain_and_every_block_has_a_key_of_its_own(text):
    made = writing.blocks(text, FIGURES, PICTURES)
    assert len({block.key for block in made}) == len(made)
    for block in made:
        assert re.fullmatch(r"[0-9a-f]{12}(-\d+)?", block.key)
        assert block.words == " ".join(block.words.split())
    assert writing.words(text) >= 0


@given(hostile.texts)
def test_a_text_without_problems_shows_every_figure_and_picture_it_names(text):
    assume(writing.problems(text, FIGURES, PICTURES) == [])
    html = html_of(text)
    assert "{total}" not in re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL) or "\\{" in text
    assert not any("image:" in str(attributes) for _tag, attributes in Read(html).tags)


@given(hostile.texts)
def test_problems_name_lines_that_are_there_in_their_order_and_each_once(text):
    found = writing.problems(text, FIGURES, PICTURES)
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert all(1 <= problem.line <= len(re.split(r"\r\n|\r|\n", text)) for problem in found)
    assert len(set(found)) == len(found)


@given(words=st.text(), href=st.sampled_from(["", "/money/2021-22/figures/total/"]))
def test_the_words_of_a_figure_are_words_whatever_they_are(words, href):
    (block,) = writing.blocks("a {total} b", {"total": Figure(words, href)}, {})
    assert [tag for tag, _attributes in Read(block.html).tags] == ["p", "a" if href else "span"]


@given(words=st.text())
def test_the_words_of_a_picture_are_words_whatever_they_are(words):
    (block,) = writing.blocks("![a](image:1)", {}, {"1": Picture("/x/", words)})
    ((tag, _none), (picture, attributes)) = Read(block.html).tags
    assert (tag, picture, attributes["src"]) == ("p", "img", "/x/")


@pytest.mark.parametrize("words", ['<img src="image:1" alt="">', '" src="image:1', "image:1"])
def test_what_stands_where_a_picture_goes_is_no_place_for_one_in_words(words):
    """Pictures come to their places after the cleaning, so that nothing in a text may look like one."""
    pictures = {"1": Picture("/one/", words), "2": Picture("/two/", words)}
    html = html_of(f"{words} `{words}` ![{words}](image:2) [{words}](/x/) {{a}}", {"a": Figure(words)}, pictures)
    assert html.count("/two/") == 1
    assert "/one/" not in html


@pytest.mark.parametrize("source", ["//example.org/", "https://example.org/", "javascript:x", "data:text/html,x", ""])
def test_a_picture_is_read_from_nowhere_else(source):
    assert "src" not in html_of("![a](image:1)", {}, {"1": Picture(source, "A tree")})


@given(words=st.text())
@example("Stalls at the fair [left], volunteers ] and 2,000 visitors (2021)")
@example("A poster with <b> and {total}, `code` and **more** of it | here \\")
@example("![a](image:1)")
def test_the_line_of_a_picture_shows_that_picture_whatever_its_words_are(words):
    line = writing.line_of_picture(words, 1)
    for text in (line, f"Before {line} after\n\n- {line}\n", f"| A |\n|---|\n| {line} |\n"):
        assert sentences(text, (), PICTURES) == []
        shown = [attributes["src"] for tag, attributes in Read(html_of(text)).tags if tag == "img"]
        assert shown == ["/reports/images/1/"] * text.count(line)
    assert " ".join(html_of(line, {}, {}).split()) == html_of_words(words)


def html_of_words(words):
    """What stands in a text in place of a picture that is gone."""
    plain = " ".join(words.replace("\x00", "\ufffd").split())
    return f"<p>{escape(plain, quote=False)}</p>" if plain else "<p></p>"


# --- What texts may hold ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A", "<h3>A</h3>"),
        ("###### A", "<h6>A</h6>"),
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("{total}", '<p><a class="figure" href="/reports/mk/figures/total/">£258,792</a></p>'),
        ("{share}", '<p><span class="figure">57 % &lt;b&gt; &amp; "more"</span></p>'),
        ("{not  known}", '<p><span class="figure">{not known}</span></p>'),
        ("`{total}` \\{total} {Total} { total}", "<p><code>{total}</code> {total} {Total} { total}</p>"),
        ("![a](image:1)", '<p><img src="/reports/images/1/" alt="A &quot;bench&quot; &lt;script&gt;"></p>'),
        ("![gone](image:9)", "<p>gone</p>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("```js\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("", ""),
        ("[a]: https://www.gov.uk", ""),
    ],
)
def test_markdown_becomes(text, html):
    assert html_of(text) == html


def test_a_table_has_heads_for_its_columns_and_numbers_to_the_right():
    html = html_of("| A | N |\n|---|--:|\n| a | {total} |\n")
    assert '<th scope="col">A</th>\n<th class="number" scope="col">N</th>' in re.sub(
        r'scope="col" (class="number")', r'\1 scope="col"', html
    )
    assert '<td class="number"><a class="figure"' in html
    assert "style" not in html


def test_words_are_counted_as_people_count_them():
    assert writing.words("**One**, *two*: `three` and [four](https://www.gov.uk).") == 5
    assert writing.words("It was {contributions total} in all.") == 5
    assert writing.words("- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n") == 6
    assert writing.words("first  \nsecond") == 2
    assert writing.words("first ![A tall poster](image:1) second") == 5


def test_the_words_of_a_block_keep_together_what_marks_part():
    (block,) = writing.blocks("The **DHR**s, *none*, and <b>.", {}, {})
    assert block.words == "The DHRs, none, and <b>."


# --- Paragraphs that comments find again ------------------------------------------------------------------------------


@given(st.lists(paragraphs, min_size=1, max_size=6, unique=True), st.lists(paragraphs, max_size=3), st.data())
def test_a_paragraph_keeps_its_key_whatever_happens_around_it(before, others, data):
    assume(not set(before) & set(others))
    keys = dict(zip(before, (block.key for block in writing.blocks("\n\n".join(before), {}, {})), strict=True))
    after = data.draw(st.permutations([*before, *others]))
    assert {
        text: block.key
        for text, block in zip(after, writing.blocks("\n\n".join(after), {}, {}), strict=True)
        if text in keys
    } == keys


def test_a_key_survives_new_figures_and_line_breaks_and_changes_with_the_words():
    def key(text, figures=None):
        return writing.blocks(text, figures or {}, {})[0].key

    assert key("It was {total}.") == key("It was {total}.", FIGURES) == key("It was\n{total}.")
    assert key("It was {total}.") != key("It was {share}.")
    assert key("It was **so**.") != key("It was so.")


def test_the_same_words_twice_have_two_keys():
    first, second, third = writing.blocks("Same.\n\nOther.\n\nSame.", {}, {})
    assert third.key == f"{first.key}-2"
    assert second.key not in third.key


# --- Problems ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All is well: {total}, ![a](image:1).", []),
        ("one\ntwo {bad}\nthree", ["Line 2: There is no figure called “bad”. The list of figures has their names."]),
        ("a\n\n- b\n- c\n  d {bad}", ["Line 5: There is no figure called “bad”. The list of figures has their names."]),
        (
            "a  \nb <br> c",
            ["Line 2: " + NO_HTML.format("<br>")],
        ),
        (
            "a\n\n<div>\nx\n</div>",
            ["Line 3: " + NO_HTML.format("<div> x </div>")],
        ),
        ("![a](image:9)", ["Line 1: This picture does not belong to the report, or was removed from it."]),
        (
            "![a](/x.png)",
            ["Line 1: Pictures are uploaded to the report first; one cannot be taken from another address."],
        ),
        ("![{bad}](image:1)", ["Line 1: There is no figure called “bad”. The list of figures has their names."]),
        ("one\n![a ] b](image:1) c\nthree", ["Line 2: " + NOT_READ]),
        ("![a\nb](image:1)\n![c [d](image:1)\n", ["Line 3: " + NOT_READ]),
        ("![a\nb](image:1)\nand ![c ] d](image:1)", ["Line 3: " + NOT_READ]),
        ("a\n\n    ![a](image:1)", ["Line 3: " + NOT_READ]),
        ("```\na\n![a](image:1)\n```", ["Line 3: " + NOT_READ]),
        ("`![a](image:1)`", ["Line 1: " + NOT_READ]),
        ("![a](image:1", ["Line 1: " + NOT_READ]),
        ("x" * 60_001, ["Line 1: This text has 60,001 characters. A section has at most 60,000."]),
        ("> > > > > a", []),
        ("a\n\n> > > > > > a", ["Line 3: Lists and quotations stand at most 5 deep within each other."]),
        ("> " * 25 + "a", ["Line 1: Lists and quotations stand at most 5 deep within each other."]),
        ("**a " * 6 + "x" + "**" * 6, ["Line 1: Bold, italics and links stand at most 5 deep within each other."]),
        ("a\n\n" + "|a" * 12 + "|\n" + "|-" * 12 + "|\n", []),
        (
            "a\n\n" + "|a" * 13 + "|\n" + "|-" * 13 + "|\n",
            ["Line 3: This table has 13 columns. A page has room for 12 at most."],
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_line(text, expected):
    assert sentences(text, FIGURES, PICTURES) == expected


@given(depth=st.integers(1, 40), data=st.data())
def test_no_word_of_a_text_without_problems_is_lost_however_deep_it_stands(depth, data):
    marks = data.draw(st.lists(st.sampled_from(["> ", "- ", "1. "]), min_size=depth, max_size=depth))
    text = "".join(marks) + "inside"
    assert "inside" in html_of(text) or sentences(text)


# --- Long and deep texts ----------------------------------------------------------------------------------------------

LONGEST = 60_000
HARD = {
    "brackets": "[",
    "pictures begun": "![",
    "links begun": "[a](b ",
    "quotations": "> ",
    "lists": "- ",
    "bold begun": "**a ",
    "marks mixed": "*a **b _c ",
    "ticks": "` `` ",
    "braces": "{a",
    "entities": "&#x",
    "comments begun": "<!--",
    "tags": "<b>",
    "lines": "a\n",
    "paragraphs": "a\n\n",
    "definitions": "[a]: b\n",
    "backslashes": "\\",
}


def steps(text):
    """How many calls it takes to read ``text``: the same on every machine."""
    count = 0

    def called(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        writing.problems(text, (), ())
        writing.blocks(text, {}, {})
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", HARD.values(), ids=HARD)
def test_twice_the_text_takes_about_twice_the_steps(unit):
    half, whole = (unit * (length // len(unit)) for length in (4_000, 8_000))
    assert steps(whole) <= 2.3 * steps(half) + 1_000


@pytest.mark.parametrize(
    "text",
    [
        "![" * 10_000 + "a" + "](image:1)" * 4_000,
        "> " * 29_999 + "a",
        "".join(" " * (2 * depth) + "- a\n" for depth in range(240)),
        "**a " * 9_900 + "x" + "**" * 9_900,
        "[" * 30_000 + "]" * 30_000,
    ],
    ids=["pictures", "quotations", "lists", "bold", "brackets"],
)
def test_the_longest_and_deepest_texts_are_read_to_their_end(text):
    assert len(text) > 55_000
    writing.blocks(text[:LONGEST], {}, {})
    writing.problems(text[:LONGEST], (), ())
