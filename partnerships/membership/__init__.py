"""Changing who sits where: members, deputies, chairs, places of political groups; each told before it is done."""
