"""
Spans of time, each as (begins, ends): what several have in common, what one leaves of others, where a gap is.

A span holds from its first moment on and no longer at its end; without an end (None) it goes on for good.
"""


def overlap(spans, others):
    """What ``spans`` have in common with ``others``."""
    both = [(max(begins, other), _sooner(ends, until)) for begins, ends in spans for other, until in others]
    return [span for span in both if _lasts(span)]


def without(spans, others):
    """What is left of ``spans`` where ``others`` are taken out of them."""
    left = list(spans)
    for begins, ends in others:
        rest = [(start, _sooner(until, begins)) for start, until in left]
        if ends is not None:
            rest += [(max(start, ends), until) for start, until in left]
        left = [span for span in rest if _lasts(span)]
    return left


def first_left_empty(spans, others):
    """The first moment within ``spans`` that none of ``others`` covers, or None."""
    gaps = []
    for begins, ends in spans:
        reached = begins
        for other_begins, other_ends in sorted(others, key=lambda span: span[0]):
            if other_begins <= reached and (other_ends is None or other_ends > reached):
                reached = other_ends
            if reached is None:
                break
        if reached is not None and (ends is None or reached < ends):
            gaps.append(reached)
    return min(gaps, default=None)


def _sooner(one, other):
    """The sooner of two ends."""
    return min((end for end in (one, other) if end is not None), default=None)


def _lasts(span):
    begins, ends = span
    return ends is None or begins < ends
