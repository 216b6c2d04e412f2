"""Reads of cases and referrals for their pages, by what they are about."""

from reviews.queries.history import posts_of, readers_of, reads_of
from reviews.queries.panels import corrections_of, decisions_of, panel_of, people_in, places_of, sittings_for
from reviews.queries.people import case_rows, exclusions_from, my_parts, people_on, people_to_come, rest_of_team
from reviews.queries.referrals import agencies_of_area, compared_with, referral_rows, waiting_near
from reviews.queries.time import dates_of, deadline_counts, deadline_rows, deadlines_of, holds_of

__all__ = [
    "agencies_of_area",
    "case_rows",
    "compared_with",
    "corrections_of",
    "dates_of",
    "deadline_counts",
    "deadline_rows",
    "deadlines_of",
    "decisions_of",
    "exclusions_from",
    "holds_of",
    "my_parts",
    "panel_of",
    "people_in",
    "people_on",
    "people_to_come",
    "places_of",
    "posts_of",
    "readers_of",
    "reads_of",
    "referral_rows",
    "rest_of_team",
    "sittings_for",
    "waiting_near",
]
