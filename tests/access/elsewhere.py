"""
Holes of which the walk of the addresses cannot tell, because its world has nothing that would show them, and the
ordinary tests that do: those of the place where the check is used.
"""

import os
import subprocess
import sys

from partnerships.standing import CHAIRING
from tests.access.planting import roles_swapped

# Beginnings of a hole's key, and which ordinary tests look at what it is in; the longest one counts.
# Those of the table of roles are looked at by the single checks.
SINGLE = "tests/access/test_single_checks.py"
TESTS = {
    "finance": ("tests/finance",),
    "meetings": (SINGLE, "tests/meetings", "tests/partnerships/granting"),
    "meetings.calendars": (SINGLE, "tests/meetings/calendars"),
    "meetings.replying": ("tests/meetings/replying",),
    "partnerships.explaining": (SINGLE, "tests/partnerships/explaining", "tests/partnerships/pages"),
    "partnerships.granting": ("tests/partnerships/granting", "tests/reviews/test_audit.py"),
    "partnerships.leaving": (SINGLE, "tests/partnerships/leaving"),
    "partnerships.reviewing": (SINGLE, "tests/partnerships/reviewing"),
    "partnerships.standing": (SINGLE,),
    "partnerships.story": ("tests/partnerships/story",),
    "records": (SINGLE, "tests/records"),
    "reports": (SINGLE, "tests/reports/making"),
    "reviews": ("tests/reviews/test_sight.py",),
    "reviews.models.audits": ("tests/reviews/test_audit.py",),
}
# Kinds of body that nobody chairs in the world of the walk.
WITHOUT_CHAIR = ("board", "sub-group", "task-and-finish", "forum", "team", "event", "outside")
_CHAIRS = {
    hole.key
    for hole in roles_swapped()
    for kind in WITHOUT_CHAIR
    if hole.key.startswith((f"{CHAIRING}chair {kind} makes", f"{CHAIRING}vice-chair {kind} makes"))
}
NOTICED_BY_ORDINARY_TESTS = frozenset(
    _CHAIRS
    | {
        "Finance editor: ANSWER_COMMENTS in the whole area",
        "finance.access._reaches 1: part 1 left out",
        "finance.access._reaches 2: NotIn",
        "finance.access.may_enter 1: always False",
        "finance.models.ContributionQuerySet.seen_by 0: left out",
        "finance.models.ContributionQuerySet.seen_by 1: year__area__in left out",
        "finance.models.ContributionQuerySet.seen_by 7: always False",
        "meetings.access.may_complete 8: part 0 left out",
        "meetings.access.may_read_confidential 2: always True",
        "meetings.access.may_read_confidential 8: part 1 left out",
        "meetings.access.may_rearrange 1: always False",
        "meetings.minutes.part 1: part 1 left out",
        "meetings.models.business.ActionQuerySet.seen_by 14: BitAnd",
        "meetings.calendars.feed.has_part 1: always False",
        "meetings.replying.access.may_reply 1: always False",
        "meetings.replying.access.may_reply 4: allowed instead",
        "meetings.replying.access.may_reply 5: part 0 left out",
        "meetings.replying.access.may_reply 7: part 2 left out",
        "meetings.replying.deputy_links._deputyships 0: left out",
        "meetings.replying.deputy_links._deputyships 1: condition 0 left out",
        "meetings.replying.deputy_links._deputyships 4: left out",
        "meetings.replying.deputy_links._deputyships 5: condition 0 left out",
        "meetings.replying.deputy_links.find 10: part 1 left out",
        "meetings.replying.deputy_links.find 15: part 0 left out",
        "meetings.replying.deputy_links.find 19: left out",
        "meetings.replying.deputy_links.find 1: always False",
        "meetings.replying.deputy_links.find 20: pk left out",
        "meetings.replying.deputy_links.find 3: always False",
        "meetings.replying.deputy_links.find 5: always False",
        "meetings.replying.deputy_links.find 7: part 0 left out",
        "meetings.replying.deputy_links.find 8: part 1 left out",
        "meetings.replying.deputy_links.find 9: part 0 left out",
        "meetings.replying.links.find 1: always False",
        "partnerships.reminding.sees 0: always True",
        "records.reminders.kinds.visible 0: BitOr",
        "reviews.access.finds_cases 0: BitAnd",
        "meetings.models.business.ActionQuerySet.seen_by 18: BitAnd",
        "meetings.models.business.ActionQuerySet.seen_by 2: always True",
        "meetings.models.business.DecisionQuerySet.seen_by 0: left out",
        "meetings.models.business.DecisionQuerySet.seen_by 1: item__in left out",
        "meetings.models.meeting.MeetingQuerySet._within 3: always False",
        "meetings.models.meeting.MeetingQuerySet._within 4: left out",
        "meetings.models.meeting.MeetingQuerySet._within 5: area__in left out",
        "meetings.sight.hidden_by_meeting 2: left out",
        "meetings.sight.hidden_by_meeting 3: pk__in left out",
        "partnerships.explaining.sight.people 2: left out",
        "partnerships.explaining.sight.with_a_part_on 15: condition 1 left out",
        "partnerships.explaining.sight.people 3: area__in left out",
        "partnerships.granting.rules.may_open_in_emergency 0: always True",
        "partnerships.granting.rules.may_open_in_emergency 12: allowed instead",
        "partnerships.granting.rules.may_open_in_emergency 3: always False",
        "partnerships.granting.rules.may_open_in_emergency 7: always False",
        "partnerships.granting.rules.may_open_in_emergency 8: part 0 left out",
        "partnerships.granting.rules.may_open_in_emergency 9: part 1 left out",
        "partnerships.granting.rules.may_end 5: always False",
        "partnerships.leaving.rules.may_end 0: always True",
        "partnerships.leaving.rules.may_end 8: part 0 left out",
        "partnerships.reviewing.sight.to_go_through 1: always False",
        "reviews.models.audits.AuditQuerySet.seen_by 1: always False",
        "reviews.models.audits.AuditedCaseQuerySet.seen_by 0: left out",
        "reviews.models.audits.AuditedCaseQuerySet.seen_by 2: case__in left out",
        "partnerships.reviewing.sight.to_go_through 5: BitAnd",
        "partnerships.reviewing.sight.to_go_through 6: left out",
        "partnerships.reviewing.sight.to_go_through 7: person__agency__isnull left out",
        "partnerships.standing.Standing.may 0: part 0 left out",
        "partnerships.story.sight.done_by 0: always True",
        "partnerships.story.sight.done_by 1: always False",
        "partnerships.story.sight.done_by 2: part 0 left out",
        "partnerships.story.sight.done_by 3: part 1 left out",
        "partnerships.story.sight.done_by 4: IsNot",
        "partnerships.story.sight.done_by 5: left out",
        "partnerships.story.sight.done_by 6: condition 0 left out",
        "partnerships.story.sight.done_by 7: left out",
        "partnerships.story.sight.done_by 8: actor_id left out",
        "partnerships.story.sight.read_of 0: always True",
        "partnerships.story.sight.read_of 10: condition 0 left out",
        "partnerships.story.sight.read_of 11: verb__in left out",
        "partnerships.story.sight.read_of 1: always False",
        "partnerships.story.sight.read_of 2: BitAnd",
        "partnerships.story.sight.read_of 3: always True",
        "partnerships.story.sight.read_of 4: always False",
        "partnerships.story.sight.read_of 5: left out",
        "partnerships.story.sight.read_of 6: actor_id left out",
        "partnerships.story.sight.read_of 7: left out",
        "partnerships.story.sight.read_of 8: condition 0 left out",
        "partnerships.story.sight.read_of 9: left out",
        "records.access.confirmed_lately 1: part 1 left out",
        "reports.access._may 0: part 0 left out",
        "reports.access.may_approve 10: always False",
        "reports.access.may_approve 12: allowed instead",
        "reports.access.may_withdraw 3: always False",
        "reports.access.may_withdraw 6: allowed instead",
    }
)


def is_noticed(key):
    """Whether the ordinary tests of its place turn red while the hole ``key`` is planted."""
    place = max((beginning for beginning in TESTS if key.startswith(f"{beginning}.")), key=len, default="")
    command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "tests.access.planted")
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    run = subprocess.run(
        [*command, "-m", "not browser and not prove", *TESTS.get(place, (SINGLE,))],
        env=environment | {"PLANTED_HOLE": key},
        capture_output=True,
        check=False,
    )
    if run.returncode not in {0, 1}:
        raise RuntimeError(f"The tests did not run: {run.stdout.decode()[-400:]}")
    return run.returncode == 1
