"""
Log lines: one line each, and nothing in them that somebody typed or that stands in a record.

An exception is told by its kind and by where it came from. Its words are left out: those of the database repeat the row
that it refused, those of a parser what it could not read, and people who read logs are not those who may read cases.
"""

import logging
import traceback
from collections.abc import Mapping

LINE_ENDS = {
    ord(character): escaped
    for character, escaped in (
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\v", "\\v"),
        ("\f", "\\f"),
        ("\x1c", "\\x1c"),
        ("\x1d", "\\x1d"),
        ("\x1e", "\\x1e"),
        ("\x85", "\\x85"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
        ("\x1b", "\\x1b"),  # begins an order to the terminal in which somebody reads the log
    )
}


WORDS_OF_THE_QUEUE = frozenset({"exc", "traceback", "args", "kwargs", "return_value"})


class OneLine(logging.Formatter):
    """Formats every record as one line, exceptions included."""

    def format(self, record):
        """The record in one line; a cached text of its exception, made by another formatter, is left alone."""
        line = self.formatMessage(self._prepared(record))
        if record.exc_info and record.exc_info[1] is not None:
            line += f" | {in_one_line(record.exc_info[1])}"
        return line.translate(LINE_ENDS)

    def _prepared(self, record):
        record.message = str(record.msg) % _without_words(record.args) if record.args else str(record.msg)
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        return record


def _without_words(args):
    """What a message is filled with: of an exception its kind; and no exception or input as the queue writes them."""
    if isinstance(args, Mapping):
        return {name: "…" if name in WORDS_OF_THE_QUEUE else _kind(value) for name, value in args.items()}
    return tuple(map(_kind, args))


def _kind(value):
    return type(value).__qualname__ if isinstance(value, BaseException) else value


def in_one_line(exception):
    """The kind of an exception and where it came from, then that of what caused it, without their words."""
    told = []
    while exception is not None:
        frames = traceback.extract_tb(exception.__traceback__)
        where = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        kind = type(exception)
        told.append(f"{kind.__module__}.{kind.__qualname__} at {where or 'no place known'}")
        exception = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
    return ", after ".join(told)
