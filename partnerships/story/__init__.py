"""The history as people read it: on the page of each thing, for each person, and by search."""
