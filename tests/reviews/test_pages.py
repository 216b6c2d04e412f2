"""The pages of cases, as those on them see them."""

import datetime as dt

import pytest
from django.utils import timezone

from mktogether.lib.templatetags.wording import day
from partnerships.granting import actions as granting
from partnerships.granting import keeping
from partnerships.models import Exclusion, Grant
from partnerships.story import sight
from records import submissions
from records.models import Event
from reviews import actions
from reviews.models import Case
from tests.factories import (
    AgencyFactory,
    CaseFactory,
    ChairingFactory,
    EventFactory,
    ExclusionFactory,
    GrantFactory,
    OfficeFactory,
    PersonFactory,
    TeamMemberFactory,
)
from tests.reviews.conftest import LINE, days, fresh

pytestmark = pytest.mark.django_db

NEW = "/cases/new/"


@pytest.fixture
def lead(as_user, case, team):
    return as_user(team[0].user, confirmed=True)


@pytest.fixture
def on_panel(as_user, panel_member):
    return as_user(panel_member.user, confirmed=True)


def typed(colleague, **values):
    whole = {"kind": "adult", "about": "adult, neglect", "second": colleague.pk, "read_again": "on"}
    return whole | days(known_on="10 9 2024") | values


def reads():
    return Event.objects.filter(verb="case.read")


# --- Registering ---


def test_it_registers_and_shows_the_case_to_both(as_user, team, words):
    answer = as_user(team[0].user, confirmed=True).post(NEW, typed(team[1]), follow=True)
    case = Case.objects.get()
    assert answer.redirect_chain == [(f"/cases/{case.public_id}/", 302)]
    text = words(answer)
    assert "The case is registered." in text
    assert f"{case.reference} Adult" in text
    assert "Rapid review" in text
    assert team[1].post in text
    assert as_user(team[1].user, confirmed=True).get(case.get_absolute_url()).status_code == 200
    assert as_user(team[2].user, confirmed=True).get(case.get_absolute_url()).status_code == 404


def test_oneself_is_not_offered_as_the_second_and_not_taken_either(as_user, team):
    client = as_user(team[0].user, confirmed=True)
    page = client.get(NEW).content.decode()
    assert f'value="{team[0].pk}"' not in page
    assert f'value="{team[1].pk}"' in page
    answer = client.post(NEW, typed(team[0]))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"second": ["Choose one of the team from the list"]}
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Choose the kind of case"),
        ({"kind": "C"}, "kind", "Choose one of the answers offered for “Kind of case”"),
        (days(known_on="  "), "known_on", "Enter the day on which we knew"),
        (days(known_on="1 1 2099"), "known_on", "This date is in the future. Enter the day on which it happened."),
        ({"about": ""}, "about", "Enter in a few bland words what the case is about"),
        ({"about": "born 1.2.2019"}, "about", "Leave out dates. The line must not identify anybody."),
        ({"about": "x" * 121}, "about", "Shorten “What it is about” to 120 characters. It has 121"),
        ({"second": ""}, "second", "Choose a colleague who keeps the case with you"),
        ({"read_again": ""}, "read_again", "Read the line again, and tick that it identifies nobody"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_typed_is_lost(as_user, team, values, field, sentence):
    answer = as_user(team[0].user, confirmed=True).post(NEW, typed(team[1], **values))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    page = answer.content.decode()
    assert (values.get("about") or "adult, neglect") in page or "about" in values
    assert not Case.objects.exists()


def test_nothing_more_than_the_form_asks_for_can_be_set(as_user, team):
    more = {"reference": "XX-1", "number": "99", "area": "7", "closed_because": "x", "registered_by": "1"}
    as_user(team[0].user, confirmed=True).post(NEW, typed(team[1], **more))
    case = Case.objects.get()
    assert (case.number, case.registered_by, case.closed_because) == (1, team[0].user, "")


def test_the_same_form_sent_twice_registers_once(as_user, team, words):
    client = as_user(team[0].user, confirmed=True)
    form = typed(team[1], submission=submissions.new_token())
    first = client.post(NEW, form)
    second = client.post(NEW, form, follow=True)
    assert second.redirect_chain == [(first["Location"], 302)]
    assert "This form was already sent" in words(second)
    assert Case.objects.count() == 1


# --- The list ---


def test_it_lists_the_cases_that_one_is_on_and_as_what(lead, case, words):
    CaseFactory(kind="adult")
    answer = lead.get("/cases/")
    assert [row["reference"] for row in answer.context["rows"]] == [case.reference]
    assert "Case lead until " in words(answer)


def test_the_last_day_on_a_case_is_told_as_the_last_day_and_an_emergency_by_the_minute(lead, case, team, words):
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=9), dt.time()))
    Grant.objects.filter(person=team[0], kind="case lead").update(ends_at=midnight, wanted_until=midnight)
    last = day(timezone.localdate() + dt.timedelta(days=8))
    assert f"Case lead until {last} " in words(lead.get("/cases/"))
    assert f"until {last}, while in the team" in words(lead.get(case.get_absolute_url()))
    soon = timezone.now() + dt.timedelta(minutes=40)
    Grant.objects.filter(person=team[0], kind="case lead").update(ends_at=soon)
    local = timezone.localtime(soon)
    assert f"Case lead until {day(local)}, {local:%H:%M}" in words(lead.get("/cases/"))


def test_it_is_narrowed_by_state_and_kind(lead, case, team):
    closed = CaseFactory(kind="adult", closed=True)
    GrantFactory(thing=closed, lead=True, person=team[0])
    for query, expected in (
        ("", [case]),
        ("?state=closed", [closed]),
        ("?state=all&kind=adult", [closed]),
        ("?state=all&kind=domestic", []),
        ("?reference__startswith=X&registered_by__password=x", [case]),
    ):
        shown = [row["reference"] for row in lead.get(f"/cases/{query}").context["rows"]]
        assert shown == [found.reference for found in expected], query


def test_a_choice_that_is_none_is_left_out_and_said(lead, case, words):
    text = words(lead.get("/cases/?state=nonsense"))
    assert case.reference in text
    assert "The address asked for a state that there is not." in text


def test_what_was_done_is_on_the_page_what_it_is_in_the_whole_history(case, team, panel_member):
    """The page asks for it in a shorter way."""
    ExclusionFactory(thing=case)
    actions.change_line(case, "infant, died", by=team[0].user)
    granting.propose_grant(
        "panel member",
        case,
        PersonFactory(with_account=True),
        by=fresh(team[0].user),
        second=ChairingFactory(body__partnership=True, with_account=True).person,
        reason="Sits for police.",
        until=timezone.now() + dt.timedelta(days=9),
    )
    EventFactory(verb="case.changed", target=case._meta.label, target_id=case.pk + 1)
    user = fresh(team[0].user)
    assert list(sight.of_kept(case)) == list(sight.of_thing(user, case))
    assert sight.of_kept(case).count() > 4


def test_its_queries_do_not_grow_with_the_rows(lead, team, django_assert_num_queries):
    def on_more(number):
        for _case in range(number):
            GrantFactory(thing=CaseFactory(kind="learning"), lead=True, person=team[0])

    on_more(2)
    with django_assert_num_queries(6):
        lead.get("/cases/")
    on_more(57)
    with django_assert_num_queries(6):
        answer = lead.get("/cases/")
    assert len(answer.context["rows"]) == 50
    assert answer.context["pages"].total == 60


# --- The page ---


def test_it_says_who_is_on_it_why_and_until_when(on_panel, case, team, panel_member, words):
    text = words(on_panel.get(case.get_absolute_url()))
    for expected in (case.reference, LINE, "Child: serious incident", team[0].post, team[1].post, "Keeps the case."):
        assert expected in text
    assert "while in the team" in text
    assert "You see it as Case review panel member, until " in text


def test_the_panel_sees_neither_history_nor_who_is_kept_out_nor_who_waits(on_panel, case, words):
    ExclusionFactory(thing=case, reason="canary-interest")
    GrantFactory(thing=case, kind="panel member", waiting=True, reason="canary-waiting")
    text = words(on_panel.get(case.get_absolute_url()))
    for hidden in ("canary", "Who read this", "What was done", "Exclude somebody", "Close the case", "Let somebody in"):
        assert hidden not in text


def test_its_leads_see_who_waits_who_is_kept_out_who_read_it_and_what_was_done(
    lead, on_panel, case, panel_member, team, words
):
    ExclusionFactory(thing=case, reason="A relative.", person__post="Head of Nowhere")
    GrantFactory(thing=case, kind="panel member", waiting=True, person__post="Named Nurse", second__post="The Chair")
    on_panel.get(case.get_absolute_url())
    text = words(lead.get(case.get_absolute_url()))
    for expected in (
        "Head of Nowhere",
        "A relative. Since 1 January 2024.",
        "Named Nurse",
        "Waits for approval: The Chair was asked",
        "registered this case",
        f"took case lead for {team[0].post}",
    ):
        assert expected in text
    assert panel_member.post in text[text.index("Who read this") :]


def test_a_lead_who_left_the_team_is_not_among_those_on_it(lead, case, team, words):
    team[1].offices.update(ends_at=timezone.now())
    text = words(lead.get(case.get_absolute_url()))
    assert team[1].post not in text[: text.index("Who read this")]


def test_an_emergency_says_so_in_red_and_until_when(as_user, case, team):
    GrantFactory(kind="emergency", thing=case, emergency=True, person=team[2])
    page = as_user(team[2].user, confirmed=True).get(case.get_absolute_url()).content.decode()
    assert '<div class="note note--missed"><p><strong>Emergency access, until ' in page
    assert "Keep it with a colleague" not in page


def test_its_queries_do_not_grow_with_the_people_and_reads(lead, case, django_assert_num_queries):
    def more(number):
        for _row in range(number):
            reader = GrantFactory(thing=case, kind="panel member", with_account=True, person__agency=AgencyFactory())
            ExclusionFactory(thing=case)
            EventFactory(verb="case.read", target="reviews.Case", target_id=case.pk, actor=reader.person.user)

    more(2)
    with django_assert_num_queries(21):
        lead.get(case.get_absolute_url())
    more(60)
    with django_assert_num_queries(21):
        lead.get(case.get_absolute_url())


# --- Reads ---


def test_each_look_at_a_page_of_it_is_written_down_and_shown(lead, on_panel, case, panel_member, words):
    for _time in range(2):
        on_panel.get(case.get_absolute_url())
    on_panel.get(f"/access{case.get_absolute_url()}withdraw/")
    assert [event.actor_id for event in reads()] == [panel_member.user_id] * 3
    assert {(event.target, event.target_id) for event in reads()} == {("reviews.Case", case.pk)}
    answer = lead.get(f"{case.get_absolute_url()}reads/")
    assert words(answer).count(panel_member.post) == 3


@pytest.mark.parametrize(
    ("act", "sent", "status"),
    [
        ("exclude", {"act": "continue"}, 422),
        ("exclude", {"act": "continue", "reason": "A relative."}, 200),
        ("exclude", {"act": "confirm"}, 422),
        ("exclude", {"act": "back"}, 200),
        ("withdraw", {"reason": ""}, 422),
        ("let-in", {"act": "continue"}, 422),
        ("end", {"because": ""}, 422),
    ],
)
def test_a_form_about_access_that_comes_back_is_a_look_like_the_page_before(
    lead, case, panel_member, act, sent, status
):
    if act == "end":
        address = f"/access/exclusions/{ExclusionFactory(thing=case).public_id}/end/"
    else:
        address = f"/access{case.get_absolute_url()}{act}/"
    answer = lead.post(address, {"person": panel_member.pk, **sent} if "reason" in sent else sent)
    assert answer.status_code == status
    assert case.reference in answer.content.decode()
    assert reads().count() == 1


def test_what_would_change_for_whoever_is_let_in_is_a_look_too(lead, case, others, team):
    day = timezone.localdate() + dt.timedelta(days=30)
    sent = {
        "act": "continue",
        "kind": "panel member",
        "person": PersonFactory(with_account=True).pk,
        "second": others.chair.pk,
        "reason": "Sits on the panel.",
        **days(until=f"{day.day} {day.month} {day.year}"),
    }
    answer = lead.post(f"/access{case.get_absolute_url()}let-in/", sent)
    assert "What would change" in answer.content.decode()
    assert reads().count() == 1


def test_an_act_about_access_that_is_done_shows_nothing_of_it(lead, case, panel_member):
    sent = {"person": panel_member.pk, "reason": "A relative.", "act": "confirm"}
    assert lead.post(f"/access{case.get_absolute_url()}exclude/", sent).status_code == 302
    assert not reads().exists()


def test_head_and_what_is_refused_or_turned_away_is_no_read(on_panel, as_user, team, case):
    on_panel.head(case.get_absolute_url())
    on_panel.get(f"{case.get_absolute_url()}close/")
    on_panel.post(f"{case.get_absolute_url()}close/", {"because": "x"})
    as_user(team[2].user, confirmed=True).get(case.get_absolute_url())
    assert not reads().exists()


def test_the_list_and_what_is_not_about_one_case_is_no_read(lead):
    lead.get("/cases/")
    lead.get(NEW)
    assert not reads().exists()


def test_a_look_by_emergency_says_so(as_user, lead, case, team, words):
    GrantFactory(kind="emergency", thing=case, emergency=True, person=team[2])
    as_user(team[2].user, confirmed=True).get(case.get_absolute_url())
    assert reads().get().details == {"emergency": True}
    text = words(lead.get(f"{case.get_absolute_url()}reads/"))
    assert f"{team[2].in_full} read this case, by emergency access" in text


def test_every_time_it_was_read_is_paged(lead, case, team):
    for _time in range(60):
        EventFactory(verb="case.read", target="reviews.Case", target_id=case.pk, actor=team[1].user)
    answer = lead.get(f"{case.get_absolute_url()}reads/")
    assert len(answer.context["rows"]) == 50
    older = lead.get(f"{case.get_absolute_url()}reads/{answer.context['pages'].older}")
    assert len(older.context["rows"]) == 11  # with the look at the first page


def test_everything_that_was_done_says_what_it_was_before(lead, case, team, words):
    lead.post(f"{case.get_absolute_url()}change/", {"about": "infant, died", "read_again": "on"})
    text = words(lead.get(f"{case.get_absolute_url()}history/"))
    assert f"{team[0].in_full} changed what this case is about Line was: {LINE}" in text
    assert f"{team[0].in_full} registered this case" in text


# --- Acts ---


def test_the_line_is_changed(lead, case, words):
    page = lead.get(f"{case.get_absolute_url()}change/").content.decode()
    assert f'value="{LINE}"' in page
    answer = lead.post(f"{case.get_absolute_url()}change/", {"about": "infant, died", "read_again": "on"}, follow=True)
    assert "The line is saved." in words(answer)
    assert Case.objects.get().about == "infant, died"


def test_it_is_closed_with_a_reason_and_reopened(lead, case, words):
    address = case.get_absolute_url()
    assert lead.post(f"{address}close/", {"because": ""}).status_code == 422
    closed = words(lead.post(f"{address}close/", {"because": "Nothing more to learn."}, follow=True))
    assert "The case is closed." in closed
    assert "Nothing more to learn." in closed
    assert "This case is closed. Reopen it first." in words(lead.get(f"{address}change/", follow=True))
    assert "Nothing more to learn." in words(lead.get(f"{address}reopen/"))
    assert "The case is open again." in words(lead.post(f"{address}reopen/", follow=True))
    assert not Case.objects.get().is_closed


def test_whoever_is_excluded_is_out_at_the_next_request_and_comes_back_only_by_a_reason(
    lead, on_panel, case, panel_member, words
):
    address = case.get_absolute_url()
    exclude = f"/access{address}exclude/"
    assert exclude in lead.get(address).content.decode()
    assert panel_member.post in words(lead.get(exclude))
    form = {"person": panel_member.pk, "reason": "A relative."}
    assert "Those who keep it are told by mail." in words(lead.post(exclude, form))
    assert "They are excluded." in words(lead.post(exclude, {**form, "act": "confirm"}, follow=True))
    assert on_panel.get(address).status_code == 404
    end = f"/access/exclusions/{Exclusion.objects.get().public_id}/end/"
    assert end in lead.get(address).content.decode()
    assert panel_member.post in words(lead.get(end))
    assert lead.post(end, {"because": ""}).status_code == 422
    lead.post(end, {"because": "They work elsewhere now."})
    assert on_panel.get(address).status_code == 200


def test_somebody_declares_an_interest_and_is_off_the_case(on_panel, case, words):
    address = case.get_absolute_url()
    withdraw = f"/access{address}withdraw/"
    assert withdraw in on_panel.get(address).content.decode()
    assert "Those who keep it can let you see it again." in words(on_panel.get(withdraw))
    answer = on_panel.post(withdraw, {"reason": "I know the family."}, follow=True)
    assert answer.redirect_chain == [("/access/declared/", 302)]
    assert case.reference not in answer.content.decode()
    assert on_panel.get(address).status_code == 404
    assert Event.objects.filter(verb="interest.declared").exists()


def test_the_last_lead_declares_an_interest_only_when_another_is_put_on(as_user, lead, case, team, words):
    address = f"/access{case.get_absolute_url()}withdraw/"
    lead.post(address, {"reason": "I know the family."})
    answer = as_user(team[1].user, confirmed=True).post(address, {"reason": "So do I."})
    assert answer.status_code == 422
    assert keeping.LAST in words(answer)


def test_an_exclusion_from_a_case_is_ended_by_a_fresh_check_alone(as_user, case, team):
    exclusion = ExclusionFactory(thing=case)
    end = f"/access/exclusions/{exclusion.public_id}/end/"
    assert as_user(team[0].user).get(end)["Location"].startswith("/account/confirm/")
    assert as_user(team[0].user, confirmed=True).get(end).status_code == 200
    assert as_user(team[2].user, confirmed=True).get(end).status_code == 404


def test_what_nobody_keeps_any_more_is_kept_again_through_an_emergency(as_user, case, team, words):
    for person in team[:2]:
        person.offices.update(ends_at=timezone.now())
    colleague = TeamMemberFactory()
    GrantFactory(kind="emergency", thing=case, emergency=True, person=team[2])
    client = as_user(team[2].user, confirmed=True)
    assert "Keep it with a colleague" in words(client.get(case.get_absolute_url()))
    answer = client.post(f"{case.get_absolute_url()}keep/", {"second": colleague.pk}, follow=True)
    assert "You keep this case now." in words(answer)
    assert keeping.keepers(case, timezone.now()) == {team[2].pk, colleague.pk}


def test_nobody_without_a_person_or_a_part_breaks_the_list(as_user, words):
    for user in (PersonFactory(with_account=True).user, OfficeFactory(system_administrator=True).person.user):
        assert "You are on no case of this choice." in words(as_user(user, confirmed=True).get("/cases/"))
