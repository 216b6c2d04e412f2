"""The cases of the sample: who is on them, and that nobody else in it finds them."""

import pytest
from django.utils import timezone

from meetings.sample import accounts, loading
from partnerships.granting import keeping
from partnerships.models import Grant
from partnerships.standing import standing_of
from records.models import User
from reviews import actions
from reviews.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

ON_IT = {
    "MK-2024-C-001": {"business.manager", "team.officer", "member.tvp", "chair.review"},
    "MK-2024-R-001": {"business.manager", "team.officer", "member.cnwl"},
}


def test_there_are_two_of_the_sample_year_marked_as_samples():
    assert set(Case.objects.values_list("reference", flat=True)) == set(ON_IT)
    assert {about.split(":")[0] for about in Case.objects.values_list("about", flat=True)} == {"SAMPLE"}
    assert Case.objects.get(reference="MK-2024-C-001").about == "SAMPLE: infant, serious injury, recovered"


@pytest.mark.parametrize("reference", ON_IT)
def test_those_on_it_find_it_and_nobody_else_of_the_sample_does(reference):
    finding = {
        user.email.split("@")[0]
        for user in User.objects.filter(email__in=[row[1] for row in accounts.sign_ins(loading.folder())])
        if Case.objects.visible_to(user).filter(reference=reference).exists()
    }
    assert finding == ON_IT[reference]


@pytest.mark.parametrize("reference", ON_IT)
def test_two_of_the_team_keep_it_and_two_sit_on_its_panel(reference):
    case = Case.objects.get(reference=reference)
    assert len(keeping.keepers(case, timezone.now())) == 2
    panel = Grant.objects.filter(subject="reviews.Case", subject_id=case.pk, kind="panel member")
    assert len(panel) == 2
    for grant in panel:
        grant.validate_constraints()
        assert grant.approved_by not in {grant.proposed_by, grant.person}


def test_the_next_case_of_the_sample_has_the_next_number_of_its_own_year():
    user = User.objects.get(email="business.manager@mktogether.example")
    second = User.objects.get(email="team.officer@mktogether.example").person
    assert standing_of(user).is_team
    case = actions.register_case("child", "infant, recovered", by=user, second=second)
    assert case.reference == f"MK-{timezone.localdate().year}-C-001"
