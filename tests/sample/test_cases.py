"""The cases of the sample: who is on them, and that nobody else in it finds them."""

import datetime as dt
from collections import Counter

import pytest
from django.db.models import F
from django.utils import timezone

from meetings.sample import accounts, loading
from partnerships.granting import keeping
from partnerships.models import Grant
from partnerships.standing import standing_of
from records.models import User
from reviews import actions
from reviews.models import Case, CaseDeadline, PanelDecision, Referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

TEAM = {"business.manager", "team.officer"}
CHILDREN, ADULTS = TEAM | {"partner.children"}, TEAM
ON_IT = {
    "MK-2024-C-001": TEAM | {"member.tvp", "chair.review"},
    "MK-2024-C-002": CHILDREN,
    "MK-2024-C-003": CHILDREN,
    "MK-2025-C-001": CHILDREN,
    **{f"MK-2024-A-{number:03}": ADULTS for number in range(1, 5)},
    "MK-2025-A-001": ADULTS,
    "MK-2024-D-001": TEAM | {"chair.safermk"},
    "MK-2024-D-002": TEAM | {"chair.safermk"},
    "MK-2024-R-001": TEAM | {"member.cnwl"},
}
# Of the child cases: aware, to notify by, rapid review to send by, sent.
YEAR = {
    "MK-2024-C-001": ("2024-05-14", "2024-05-21", "2024-06-05", "2024-06-05"),
    "MK-2024-C-002": ("2024-09-10", "2024-09-17", "2024-10-01", "2024-10-01"),
    "MK-2024-C-003": ("2024-12-13", "2024-12-20", "2025-01-08", "2025-01-10"),
    "MK-2025-C-001": ("2025-02-11", "2025-02-18", "2025-03-04", "2025-03-04"),
}


def test_there_are_those_of_the_sample_year_marked_as_samples():
    assert set(Case.objects.values_list("reference", flat=True)) == set(ON_IT)
    assert {about.split(":")[0] for about in Case.objects.values_list("about", flat=True)} == {"SAMPLE"}
    assert Case.objects.get(reference="MK-2024-C-001").about == "SAMPLE: infant, serious injury, recovered"


@pytest.mark.parametrize("reference", YEAR)
def test_the_deadlines_of_the_year_are_those_that_the_guidance_gives(reference):
    days = [dt.date.fromisoformat(text) for text in YEAR[reference]]
    case = Case.objects.get(reference=reference)
    rapid_review = case.deadlines.get(code="RR-1")
    notified = case.deadlines.get(code="SIN-1")
    assert [rapid_review.started_on, notified.due_on, rapid_review.due_on, rapid_review.met_on] == days


def test_the_one_that_was_missed_says_why():
    missed = CaseDeadline.objects.filter(code="RR-1", met_on__gt=F("due_on"))
    assert [(row.case.reference, row.missed_because) for row in missed] == [("MK-2024-C-003", "School closed.")]


def test_the_panels_decided_what_the_year_says():
    decided = Counter((row.case.kind, row.outcome) for row in PanelDecision.objects.select_related("case"))
    assert decided == {
        ("child", "learning"): 1,
        ("child", "local review"): 1,
        ("child", "none"): 2,
        ("adult", "mandatory"): 1,
        ("adult", "discretionary"): 1,
        ("adult", "learning"): 2,
        ("adult", "none"): 1,
        ("domestic", "review"): 1,
        ("domestic", "none"): 1,
        ("rough sleeping", "review"): 1,
    }


def test_four_referrals_stopped_at_the_team():
    assert Referral.objects.filter(kind="adult").exclude(closed_because="").count() == 4


@pytest.mark.parametrize("reference", ON_IT)
def test_those_on_it_find_it_and_nobody_else_of_the_sample_does(reference):
    finding = {
        user.email.split("@")[0]
        for user in User.objects.filter(email__in=[row[1] for row in accounts.sign_ins(loading.folder())])
        if Case.objects.visible_to(user).filter(reference=reference).exists()
    }
    assert finding == ON_IT[reference]


@pytest.mark.parametrize("reference", ON_IT)
def test_two_of_the_team_keep_it_and_others_sit_on_its_panel(reference):
    case = Case.objects.get(reference=reference)
    assert len(keeping.keepers(case, timezone.now())) == 2
    panel = Grant.objects.filter(subject="reviews.Case", subject_id=case.pk, kind="panel member")
    assert len(panel) in {2, 3}
    for grant in panel:
        grant.validate_constraints()
        assert grant.approved_by not in {grant.proposed_by, grant.person}


def test_the_next_case_of_the_sample_has_the_next_number_of_its_own_year():
    user = User.objects.get(email="business.manager@mktogether.example")
    second = User.objects.get(email="team.officer@mktogether.example").person
    assert standing_of(user).is_team
    case = actions.register_case("child", "infant, recovered", by=user, second=second)
    assert case.reference == f"MK-{timezone.localdate().year}-C-001"
