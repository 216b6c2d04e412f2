"""A state as pages show it: icon and words in a tag, or in a word of its own. Made once for each, and escaped."""

from functools import lru_cache

from django.utils.html import format_html

from mktogether.lib.templatetags.icons import HIDDEN


@lru_cache(maxsize=2048)
def tag(tone, icon, words):
    """The tag for ``words``; ``tone`` is a modifier of ``.tag`` and ``icon`` the name of a drawing."""
    return format_html('<span class="tag tag--{}">{}{}</span>', tone, HIDDEN[icon], words)


@lru_cache(maxsize=2048)
def verdict_word(tone, icon, words):
    """A judgement in words beside its icon; ``tone`` is a modifier of ``.verdict-word``."""
    return format_html('<span class="verdict-word verdict-word--{}">{}{}</span>', tone, HIDDEN[icon], words)
