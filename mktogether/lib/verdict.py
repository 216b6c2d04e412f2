"""The answer to "may this person do that?": yes, or no with the sentence to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed, and the sentence that a person reads when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: str) -> Verdict:
    """A verdict that says no; ``reason`` is a whole sentence for the person who asked."""
    return Verdict(False, reason)


class Refusal(Exception):
    """An act that the rules do not allow: a sentence for the person who asked, and the field it belongs to."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
