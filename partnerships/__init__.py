"""Agencies, boards and groups, terms of reference, places and people."""
