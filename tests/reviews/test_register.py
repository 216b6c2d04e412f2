"""Registering a case: its reference, its line, and the two of the team who keep it from its first minute."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import keeping
from partnerships.models import Grant
from records import submissions
from records.models import Event, OutboxMessage
from reviews import actions
from reviews.models import Case
from tests.factories import AnotherAreaFactory, CaseFactory, OfficeFactory, PersonFactory, TeamMemberFactory
from tests.reviews.conftest import LINE

pytestmark = pytest.mark.django_db


def register(by, second, *, kind="child", about=LINE, **more):
    return actions.register_case(kind, about, by=by.user, second=second, **more)


def test_both_of_the_team_keep_it_for_twelve_months(team):
    case = register(team[0], team[1])
    grants = Grant.objects.filter(subject="reviews.Case", subject_id=case.pk)
    assert {grant.person for grant in grants} == set(team[:2])
    twelve_months_on = case.registered_at + dt.timedelta(days=365)
    assert {(grant.kind, grant.rests_on, grant.ends_at) for grant in grants} == {
        ("case lead", "team", twelve_months_on)
    }
    assert keeping.keepers(case, timezone.now()) == {team[0].pk, team[1].pk}


def test_it_stands_in_history_without_a_word_of_it(team):
    case = register(team[0], team[1])
    event = Event.objects.get(verb="case.registered")
    assert (event.target_id, event.actor_id) == (case.pk, team[0].user_id)
    assert LINE not in str(event.fields)
    assert Event.objects.filter(verb="grant.taken").count() == 2


def test_the_second_is_told_and_the_mail_says_nothing_of_it(team):
    case = register(team[0], team[1])
    mail = OutboxMessage.objects.get()
    assert mail.to == team[1].user.email
    for word in (case.reference, LINE, "case", "Case", "child"):
        assert word not in mail.subject + mail.text


# --- References ---


def test_references_are_in_sequence_by_kind_and_year_and_carry_the_areas_code(team):
    year = timezone.localdate().year
    drawn = [register(team[0], team[1], kind=kind).reference for kind in ("child", "child", "adult", "child")]
    assert drawn == [f"MK-{year}-C-001", f"MK-{year}-C-002", f"MK-{year}-A-001", f"MK-{year}-C-003"]


@pytest.mark.parametrize(("kind", "letter"), [(kind, letter) for kind, letter in Case.LETTERS.items()])
def test_each_kind_has_its_letter(team, kind, letter):
    assert register(team[0], team[1], kind=kind).reference.split("-")[2] == letter


def test_a_new_year_begins_at_one(team):
    CaseFactory(year=timezone.localdate().year - 1, number=41)
    assert register(team[0], team[1]).number == 1


def test_each_area_counts_for_itself(team):
    area = AnotherAreaFactory(code="LU")
    first, second = TeamMemberFactory.create_batch(2, area=area)
    register(team[0], team[1])
    assert register(first, second).reference.startswith("LU-")
    assert register(first, second).number == 2


def test_a_number_of_a_case_that_was_refused_is_not_lost(team):
    with pytest.raises(Refusal):
        register(team[0], team[0])
    assert register(team[0], team[1]).number == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_draw_each_number_once_and_leave_no_gap():
    first, second = TeamMemberFactory.create_batch(2)
    start = threading.Barrier(8)

    def registrar():
        start.wait()
        for _time in range(3):
            register(first, second)
        connection.close()

    together(registrar, times=8)
    assert sorted(Case.objects.values_list("number", flat=True)) == list(range(1, 25))


def together(work, times):
    threads = [threading.Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_one_that_is_given_up_half_way_gives_its_number_to_the_next():
    first, second = TeamMemberFactory.create_batch(2)
    drawn, go_on = threading.Event(), threading.Event()

    def gives_up():
        with transaction.atomic():
            register(first, second)
            drawn.set()
            go_on.wait(5)
            transaction.set_rollback(True)
        connection.close()

    thread = threading.Thread(target=gives_up)
    thread.start()
    drawn.wait(5)
    go_on.set()
    case = register(first, second)
    thread.join()
    assert (case.number, Case.objects.count()) == (1, 1)


# --- What is refused ---


def refusal(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value


def test_nobody_is_their_own_second(team):
    assert refusal(lambda: register(team[0], team[0])).field == "second"
    assert not Case.objects.exists()
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    "who",
    [
        lambda: PersonFactory(with_account=True),
        lambda: OfficeFactory(scrutineer=True).person,
        lambda: OfficeFactory(ends_at=timezone.now()).person,
        lambda: TeamMemberFactory(area=AnotherAreaFactory()),
        lambda: TeamMemberFactory(user=None),
        lambda: TeamMemberFactory(user__is_active=False),
    ],
    ids=["a guest", "the scrutineer", "one who left the team", "another area's", "no account", "switched off"],
)
def test_the_second_is_one_of_the_team_who_can_sign_in(team, who):
    assert refusal(lambda: register(team[0], who())).field == "second"
    assert not Case.objects.exists()


@pytest.mark.parametrize("kind", ["scrutineer", "lead partner", "system administrator", "information governance"])
def test_only_the_team_registers(team, kind):
    refused = refusal(lambda: register(OfficeFactory(kind=kind).person, team[1]))
    assert refused.sentence == "Only the support team registers cases."


@pytest.mark.parametrize(
    "line",
    [
        "   ",
        "boy born 12/3/2019",
        "girl, 2019-03-12",
        "boy, 3. 12. 19",
        "found at MK9 3EJ",
        "NHS 943 476 5919",
        "child 4857773456",
    ],
)
def test_a_line_that_is_empty_or_identifies_somebody_is_refused(team, line):
    assert refusal(lambda: register(team[0], team[1], about=line)).field == "about"
    assert not Case.objects.exists()


@pytest.mark.parametrize("line", ["infant, serious injury", "3 adults, neglect over 2 years", "aged 16 to 18, knife"])
def test_a_bland_line_is_taken_and_set_in_one_line(team, line):
    assert register(team[0], team[1], about=f"  {line}\n ").about == line


def test_the_same_form_registers_once(team):
    form = {submissions.FIELD: submissions.new_token()}
    case = register(team[0], team[1], submission=form)
    with pytest.raises(submissions.AlreadySubmitted) as first:
        register(team[0], team[1], submission=form)
    assert first.value.location == case.get_absolute_url()
    assert Case.objects.count() == 1
