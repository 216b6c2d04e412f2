"""Calendars read back by a parser that did not write them."""

import vobject


def read(text):
    """The calendar in ``text``."""
    return vobject.readOne(text)


def events_of(text):
    """Its events by their identifier."""
    return {event.uid.value: event for event in getattr(read(text), "vevent_list", [])}
