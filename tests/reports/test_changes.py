"""What changed between two texts, in words."""

from hypothesis import given
from hypothesis import strategies as st

from reports.writing import Picture, What, blocks, changes, has_changed

BEFORE = "The board met four times.\n\nIt heard from children.\n\nIt closed two reviews."


def of(before, after):
    return changes(blocks(before, {}, {}), blocks(after, {}, {}))


def kinds(before, after):
    return [change.what.value for change in of(before, after)]


def pieces(change):
    return [(piece.what.value, piece.words) for piece in change.pieces]


def test_nothing_changed():
    assert kinds(BEFORE, BEFORE) == ["unchanged"] * 3
    assert not has_changed(of(BEFORE, BEFORE))


def test_a_word_in_a_paragraph_changed():
    after = BEFORE.replace("four", "five")
    first, *others = of(BEFORE, after)
    assert pieces(first) == [
        ("unchanged", "The board met"),
        ("gone", "four"),
        ("new", "five"),
        ("unchanged", "times."),
    ]
    assert [change.what for change in others] == [What.SAME, What.SAME]


def test_a_paragraph_is_new_and_another_is_gone_in_its_place():
    after = BEFORE.replace("It heard from children.", "Nothing like that was said before by anybody.")
    assert kinds(BEFORE, after) == ["unchanged", "new", "gone", "unchanged"]


def test_a_paragraph_put_between_two_leaves_both_as_they_are():
    after = BEFORE.replace("\n\nIt heard", "\n\nSomething entirely else.\n\nIt heard")
    assert kinds(BEFORE, after) == ["unchanged", "new", "unchanged", "unchanged"]


def test_everything_gone_and_everything_new():
    assert kinds(BEFORE, "") == ["gone"] * 3
    assert kinds("", BEFORE) == ["new"] * 3


def test_a_picture_that_is_gone_is_named_by_what_it_shows():
    known = {"1": Picture("/one/", "A tall poster"), "2": Picture("/two/", "A <bench> & a tree")}
    before = blocks("The fair.\n\n![x](image:1)\n\n![y](image:2)", {}, known)
    found = changes(before, blocks("The fair.", {}, known))
    assert [pieces(change) for change in found] == [
        [("unchanged", "The fair.")],
        [("gone", "Picture: A tall poster")],
        [("gone", "Picture: A <bench> & a tree")],
    ]


def test_a_picture_put_into_a_paragraph_is_new_in_it():
    known = {"1": Picture("/one/", "A tall poster"), "2": Picture("/two/", "A bench")}
    (change,) = changes(
        blocks("The fair in May.", {}, known), blocks("The fair![](image:1)![](image:2) in May.", {}, known)
    )
    assert pieces(change) == [
        ("unchanged", "The fair"),
        ("new", "Picture: A tall poster Picture: A bench"),
        ("unchanged", "in May."),
    ]


TEXTS = st.lists(st.text(alphabet="ab ", min_size=1, max_size=12).map(str.strip).filter(bool), max_size=6).map(
    "\n\n".join
)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_out_of_the_change(before, after):
    """Nothing is lost and nothing is added: the words that are not new are the text before, and the other way round."""
    found = of(before, after)

    def read(*but):
        kept = [piece.words for change in found for piece in change.pieces if piece.what not in but]
        return " ".join(" ".join(kept).split())

    assert read(What.GONE) == " ".join(block.words for block in blocks(after, {}, {}))
    assert sorted(read(What.NEW).split()) == sorted(" ".join(block.words for block in blocks(before, {}, {})).split())
