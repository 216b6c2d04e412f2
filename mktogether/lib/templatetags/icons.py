"""The portal's few icons: ``{% load icons %}`` then ``{% icon "tick" %}``.

An icon stands beside a word that says the same, and is hidden from screen readers. Where it stands alone, give it
that word: ``{% icon "padlock" "Confidential" %}``.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

PATHS = {
    "tick": '<path d="M4 12.5l5 5L20 6.5"/>',
    "cross": '<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>',
    "triangle": '<path d="M12 3.5L2.5 20h19z"/><path d="M12 10v4.5M12 17.2v.3"/>',
    "dash": '<path d="M5 12h14"/>',
    "bars": '<path d="M8 5v14M16 5v14"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "pencil": '<path d="M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "moved": '<path d="M5 4v8.5h14M14 7.5l5 5-5 5"/>',
    "deputy": '<path d="M4 8.5h16M16 4.5l4 4M20 15.5H4M8 19.5l-4-4"/>',
    "padlock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V7.5a4 4 0 018 0v3"/>',
}
FRAME = '<svg class="icon icon--{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>'
# Constant drawings of ours, with nothing of a user's in them.
HIDDEN = {name: mark_safe(FRAME.format(name, path)) for name, path in PATHS.items()}  # noqa: S308 - see the line above


@register.simple_tag
def icon(name, words=""):
    """The drawing ``name``; with ``words``, a screen reader says them. An unknown name raises KeyError."""
    if not words:
        return HIDDEN[name]
    return format_html('{}<span class="govuk-visually-hidden">{}</span>', HIDDEN[name], words)
