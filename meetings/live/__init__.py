"""The live page of a meeting: what it shows, and the forms on it."""
