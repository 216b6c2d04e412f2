"""What changed between two texts, in words."""

from hypothesis import given
from hypothesis import strategies as st

from reports.writing import What, blocks, changes, has_changed

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
