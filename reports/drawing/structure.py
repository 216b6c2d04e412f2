"""The boards: the one above, those that report to it side by side, and what reports to these beneath them."""

from reports.drawing.shapes import PAPER, PETROL, QUIET, TEXT, TINT, WIDTH, box, drawing, lines_of, path, words

GAP, ROWS = 10, 34
A_LINE = 15
WIDEST, PADDING = 250, 8
IN_A_ROW = 5


def structure(title, boards):
    """The drawing of ``boards``: plain values with ``name``, ``sponsor``, ``level``, ``reports_to`` and ``kind``."""
    if not boards:
        return ""
    top = boards[0]
    below = [board for board in boards if board["level"] == 1]
    beneath = {board["name"]: [] for board in below}
    owner = {}
    for board in boards:
        if board["level"] > 1:
            owner[board["name"]] = owner.get(board["reports_to"], board["reports_to"])
            beneath.setdefault(owner[board["name"]], []).append(board)
    height = _height(top, WIDEST)
    parts = _board(top, (WIDTH - WIDEST) / 2, 2, WIDEST, height, is_top=True)
    y = height + 2
    for start in range(0, len(below), IN_A_ROW):
        drawn, y = _row(below[start : start + IN_A_ROW], beneath, y, is_first=start == 0)
        parts += drawn
    return drawing(y + 4, title, parts)


def _row(boards, beneath, above, *, is_first):
    """Boards side by side with what reports to them beneath, joined to the line that comes from ``above``."""
    width = min((WIDTH - GAP * (len(boards) - 1)) / len(boards), WIDEST)
    left = (WIDTH - width * len(boards) - GAP * (len(boards) - 1)) / 2
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
    foot = y + PADDING + 11
    for line in named:
        parts.append(words(x + width / 2, foot, line, weight=600, fill=ink, anchor="middle"))
        foot += A_LINE
    for line in sponsored:
        parts.append(words(x + width / 2, foot, line, size=12, fill=quiet, anchor="middle"))
        foot += A_LINE
    return parts
