"""Meetings in people's own calendars: feeds under secret addresses, and invitations that go by mail."""
