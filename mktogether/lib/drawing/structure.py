"""The boards: the one above, those that report to it side by side, and what reports to these beneath them."""

from mktogether.lib.drawing.shapes import PAPER, PETROL, QUIET, TEXT, TINT, WIDTH, box, drawing, lines_of, path, words

GAP, ROWS = 10, 34
A_LINE = 15
WIDEST, PADDING = 250, 8
IN_A_ROW = 5


def structure(title, boards):
    """
    The drawing of ``boards``: plain values with ``name``, ``sponsor``, ``level``, ``reports_to`` and ``kind``.

    Each stands after the one that it reports to; those of the level 0 begin a tree. Trees stand one below the other,
    and after them, side by side, the boards that nothing reports to.
    """
    if not boards:
        return ""
    parts, y = [], 2
    trees = _trees(boards)
    for tree in [tree for tree in trees if len(tree) > 1] or trees[:1]:
        drawn, y = _tree(tree, y)
        parts += drawn
        y += ROWS
    alone = [tree[0] for tree in trees if len(tree) == 1]
    alone = alone[1:] if len(alone) == len(trees) else alone
    for start in range(0, len(alone), IN_A_ROW):
        drawn, y = _side_by_side(alone[start : start + IN_A_ROW], y)
        parts += drawn
        y += ROWS / 2
    return drawing(y - (ROWS / 2 if alone else ROWS) + 4, title, parts)


def _trees(boards):
    trees = []
    for board in boards:
        if board["level"] == 0 or not trees:
            trees.append([])
        trees[-1].append(board)
    return trees


def _tree(boards, y, *, is_top=True):
    """One board with all that report to it, from ``y`` down; with where its foot is."""
    top = boards[0]
    below = [board for board in boards if board["level"] == 1]
    if len(below) == 1:
        return _above_one(top, boards[1:], y, is_top=is_top)
    beneath = {board["name"]: [] for board in below}
    owner = {}
    for board in boards:
        if board["level"] > 1:
            owner[board["name"]] = owner.get(board["reports_to"], board["reports_to"])
            beneath.setdefault(owner[board["name"]], []).append(board)
    height = _height(top, WIDEST)
    parts = _board(top, (WIDTH - WIDEST) / 2, y, WIDEST, height, is_top=is_top)
    y += height
    for start in range(0, len(below), IN_A_ROW):
        drawn, y = _row(below[start : start + IN_A_ROW], beneath, y, is_first=start == 0)
        parts += drawn
    return parts, y


def _above_one(top, boards, y, *, is_top):
    """A board with one other right below it, which has all the rest below it as a tree of its own."""
    height = _height(top, WIDEST)
    parts = _board(top, (WIDTH - WIDEST) / 2, y, WIDEST, height, is_top=is_top)
    foot = y + height
    parts.append(path((WIDTH / 2, foot), (WIDTH / 2, foot + ROWS / 2)))
    lower = [{**board, "level": board["level"] - 1} for board in boards]
    drawn, y = _tree(lower, foot + ROWS / 2, is_top=False)
    return parts + drawn, y


def _side_by_side(boards, y):
    """Boards that stand by themselves, in a row from ``y`` down."""
    width, left = _columns(boards)
    height = max(_height(board, width) for board in boards)
    parts = []
    for number, board in enumerate(boards):
        parts += _board(board, left + number * (width + GAP), y, width, height)
    return parts, y + height


def _columns(boards):
    """How wide each of ``boards`` is, side by side, and where the first begins."""
    width = min((WIDTH - GAP * (len(boards) - 1)) / len(boards), WIDEST)
    return width, (WIDTH - width * len(boards) - GAP * (len(boards) - 1)) / 2


def _row(boards, beneath, above, *, is_first):
    """Boards side by side with what reports to them beneath, joined to the line that comes from ``above``."""
    width, left = _columns(boards)
    height = max(_height(board, width) for board in boards)
    bar, top = above + ROWS / 2, above + ROWS
    middles = [left + number * (width + GAP) + width / 2 for number in range(len(boards))]
    parts = [path((WIDTH / 2, above), (WIDTH / 2, bar))] if is_first else []
    parts.append(path((min(middles[0], WIDTH / 2), bar), (max(middles[-1], WIDTH / 2), bar)))
    foot = top + height
    for board, middle in zip(boards, middles, strict=True):
        x = middle - width / 2
        parts.append(path((middle, bar), (middle, top)))
        parts += _board(board, x, top, width, height)
        y = top + height
        for other in beneath[board["name"]]:
            tall = _height(other, width)
            parts.append(path((middle, y), (middle, y + ROWS / 2)))
            parts += _board(other, x, y + ROWS / 2, width, tall)
            y += ROWS / 2 + tall
        foot = max(foot, y)
    return parts, foot


def _lines(board, width):
    named = lines_of(board["name"], width - 2 * PADDING)
    sponsored = lines_of(f"Sponsor: {board['sponsor']}", width - 2 * PADDING, 12) if board["sponsor"] else []
    return named, sponsored


def _height(board, width):
    return A_LINE * sum(map(len, _lines(board, width))) + 2 * PADDING


def _board(board, x, y, width, height, *, is_top=False):
    named, sponsored = _lines(board, width)
    fill, ink, quiet = (PETROL, PAPER, PAPER) if is_top else (TINT, TEXT, QUIET)
    parts = [box(x, y, width, height, fill=fill, stroke=PETROL, radius=4)]
    foot = y + PADDING + 11 + (height - _height(board, width)) / 2  # in the middle, where a neighbour has more lines
    for line in named:
        parts.append(words(x + width / 2, foot, line, weight=600, fill=ink, anchor="middle"))
        foot += A_LINE
    for line in sponsored:
        parts.append(words(x + width / 2, foot, line, size=12, fill=quiet, anchor="middle"))
        foot += A_LINE
    return parts
