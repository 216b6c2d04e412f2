"""The pages of ending: first what would change, then one button; refused sentences keep what was typed."""

import datetime as dt

import pytest
from django.utils import timezone

from mktogether.lib.templatetags.wording import day
from partnerships.explaining.holdings import load
from records import submissions
from records.models import Event
from tests.factories import (
    ActionFactory,
    AgencyFactory,
    AppointmentFactory,
    BodyFactory,
    ChairingFactory,
    GrantFactory,
    MeetingFactory,
    NamedDeputyFactory,
    OfficeFactory,
    PersonFactory,
    SeatFactory,
    TermsOfReferenceFactory,
)

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def review(db):
    """A group that needs CNWL and TVP, with one place each."""
    body = BodyFactory(name="Review", slug="review")
    TermsOfReferenceFactory(body=body, rules="quorum: one from each of CNWL, TVP")
    AppointmentFactory(seat__body=body, seat__agency=AgencyFactory(short_name="TVP"), person__post="Commander")
    return body


@pytest.fixture
def leaver(review):
    seat = SeatFactory(body=review, agency=AgencyFactory(short_name="CNWL"), title="Safeguarding")
    person = AppointmentFactory(seat=seat, person__post="Head of Safeguarding", with_account=True).person
    ChairingFactory(body=review, person=person)
    return person


@pytest.fixture
def team(db):
    return OfficeFactory(person__post="Business manager").person.user


@pytest.fixture
def administrator(leaver):
    return OfficeFactory(agency_administrator=True, person__agency=leaver.agency).person.user


def typed(day, **more):
    return {"day_0": day.day, "day_1": day.month, "day_2": day.year, "reason": "Retired", **more}


def address(person):
    return f"{person.get_absolute_url()}leave/"


def end_address(person):
    (held,) = [held for held in load([person.pk]) if held.kind == "appointment"]
    return f"{person.get_absolute_url()}end/appointment/{held.pk}/"


def test_it_says_everything_that_would_change_before_anything_does(as_user, team, leaver, review, words):
    MeetingFactory(body=review, starts_at=timezone.now() + 3 * ONE_DAY)
    ActionFactory(body=review, owner=leaver, what="Bring the plan")
    NamedDeputyFactory(person=leaver, seat__body=BodyFactory(name="Delivery"), seat__agency=leaver.agency)
    OfficeFactory(person=leaver, kind="lead partner")
    GrantFactory(thing=BodyFactory(name="Third"), person=leaver)
    text = words(as_user(team).get(address(leaver)))
    assert "Places that fall vacant Member for CNWL on Review (Safeguarding)" in text
    assert "Places that lose a named deputy Deputy for CNWL on Delivery" in text
    assert "lose their chair or vice-chair Chair of Review" in text
    assert "Specified roles that end Lead safeguarding partner" in text
    assert "Access by exception that ends Lay member of Third" in text
    assert "Review could be quorate until then, and could not any more Cannot be quorate" in text
    assert "Could not be quorate" in text
    assert "Bring the plan" in text
    assert "They stay open in the leaver's name" in text
    assert "Their account is switched off" in text
    assert len(load([leaver.pk], at=timezone.now())) == 4


def test_then_one_button_does_it(as_user, team, leaver, words):
    client = as_user(team)
    today = timezone.localdate()
    asked = client.post(address(leaver), typed(today))
    assert asked.status_code == 200
    assert "All of this ends at once." in words(asked)
    assert "End everything that they hold" in words(asked)
    assert load([leaver.pk], at=timezone.now()) != []
    done = client.post(address(leaver), typed(today, act="confirm"), follow=True)
    assert done.redirect_chain == [(leaver.get_absolute_url(), 302)]
    assert "Everything that Head of Safeguarding held has ended." in words(done)
    assert load([leaver.pk], at=timezone.now()) == []


def test_what_was_typed_is_read_again_before_it_is_done_and_can_be_changed(as_user, team, leaver, review, words):
    client, today = as_user(team), timezone.localdate()
    heir = AppointmentFactory(seat__body=review, person__post="Heir").person
    asked = words(client.post(address(leaver), typed(today, successor=heir.pk)))
    assert f"Last day {day(today)} Why they leave Retired Who takes over their open actions Heir" in asked
    assert "Back: change something" in asked
    back = client.post(address(leaver), typed(today, successor=heir.pk, act="back"))
    assert back.status_code == 200
    assert b'value="Retired"' in back.content
    assert f'<option value="{heir.pk}" selected>' in back.content.decode()
    assert "Show what would change" in words(back)
    assert load([leaver.pk], at=timezone.now()) != []


def test_afterwards_it_says_what_followed(as_user, team, leaver, review, words):
    ActionFactory(body=review, owner=leaver)
    done = words(as_user(team).post(address(leaver), typed(timezone.localdate(), act="confirm"), follow=True))
    assert (
        "Everything that Head of Safeguarding held has ended. Their account is switched off, and they are signed out "
        "everywhere. 1 open action stays in their name. Review cannot be quorate any more."
    ) in done


def test_of_a_later_day_it_says_what_will_follow(as_user, team, leaver, words):
    last = timezone.localdate() + 9 * ONE_DAY
    done = words(as_user(team).post(address(leaver), typed(last, act="confirm"), follow=True))
    assert f"Everything that Head of Safeguarding holds ends at the end of {day(last)}." in done
    assert "From then Review cannot be quorate." in done


def test_each_membership_is_told_once(as_user, team, leaver, words):
    text = words(as_user(team).get(address(leaver)))
    assert "Cannot be quorate with one vacancy, even if everybody comes" in text
    assert "Cannot be quorate Cannot be quorate" not in text


def test_leaving_is_offered_as_long_as_there_is_something_to_end(as_user, team, leaver, words):
    client, offer = as_user(team), "They leave: end everything"
    assert offer in words(client.get(leaver.get_absolute_url()))
    done = client.post(address(leaver), typed(timezone.localdate(), act="confirm"), follow=True)
    assert offer not in words(done)
    assert "Switch their account on again" in words(done)


def test_leaving_is_offered_for_what_is_still_to_begin_and_for_an_account_alone(as_user, team, words):
    client, offer = as_user(team), "They leave: end everything"
    coming = AppointmentFactory(starts_at=timezone.now() + ONE_DAY).person
    assert offer in words(client.get(coming.get_absolute_url()))
    assert offer in words(client.get(PersonFactory(with_account=True).get_absolute_url()))
    assert offer not in words(client.get(PersonFactory().get_absolute_url()))


def test_a_later_day_says_so_and_that_the_account_stays(as_user, team, leaver, words):
    last = timezone.localdate() + 9 * ONE_DAY
    text = words(as_user(team).post(address(leaver), typed(last)))
    assert "All of this ends at the end of" in text
    assert "Their account stays. From that moment it opens nothing" in text
    assert "Their account is switched off" not in text


def test_a_successor_is_named_before_the_actions_go_to_them(as_user, team, leaver, review, words):
    ActionFactory(body=review, owner=leaver, what="Bring the plan")
    heir = AppointmentFactory(seat__body=review, person__post="Heir").person
    text = words(as_user(team).post(address(leaver), typed(timezone.localdate(), successor=heir.pk)))
    assert "They go to Heir with this act." in text


@pytest.mark.parametrize("act", ["", "confirm"])
def test_a_day_that_is_over_or_no_reason_is_refused_at_its_field_and_keeps_what_was_typed(
    as_user, team, leaver, act, words
):
    over = typed(timezone.localdate() - ONE_DAY, act=act)
    answer = as_user(team).post(address(leaver), over)
    assert answer.status_code == 422
    assert "That day is over. Enter today or a later day" in words(answer)
    assert b'value="Retired"' in answer.content
    answer = as_user(team).post(address(leaver), typed(timezone.localdate(), act=act) | {"reason": ""})
    assert answer.status_code == 422
    assert "Enter why it ends, such as" in words(answer)


def test_a_year_ahead_is_plenty(as_user, team, leaver, words):
    latest = timezone.localdate() + 366 * ONE_DAY
    assert as_user(team).post(address(leaver), typed(latest)).status_code == 200
    answer = as_user(team).post(address(leaver), typed(latest + ONE_DAY, act="confirm"))
    assert answer.status_code == 422
    assert f"That day is more than a year ahead. Enter {day(latest)} or an earlier day" in words(answer)


def test_a_refusal_of_the_act_is_shown_with_what_was_typed(as_user, team, words):
    answer = as_user(team).post(address(team.person), typed(timezone.localdate(), act="confirm"))
    assert answer.status_code == 422
    assert "Business manager is the last member of the support team. Name another first." in words(answer)
    assert b'value="Retired"' in answer.content


def test_what_would_be_refused_is_refused_before_anybody_is_asked_to_confirm_it(as_user, team, leaver, words):
    role = load([team.person.pk])[0]
    for path in (address(team.person), f"{team.person.get_absolute_url()}end/{role.kind}/{role.pk}/"):
        answer = as_user(team).post(path, typed(timezone.localdate()))
        assert answer.status_code == 422
        assert "Business manager is the last member of the support team. Name another first." in words(answer)
        assert "It cannot be undone" not in words(answer)
    as_user(team).post(address(leaver), typed(timezone.localdate()))
    assert load([leaver.pk], at=timezone.now()), "asking changes nothing"
    assert not Event.objects.filter(verb="person.left").exists()


def test_the_button_pressed_twice_does_it_once(as_user, team, leaver, words):
    client = as_user(team)
    form = typed(timezone.localdate(), act="confirm") | {submissions.FIELD: submissions.new_token()}
    client.post(address(leaver), form)
    again = client.post(address(leaver), form, follow=True)
    assert "This form was already sent" in words(again)
    assert Event.objects.filter(verb="person.left").count() == 1


def test_an_administrator_is_told_of_no_meeting_and_no_case(as_user, administrator, leaver, review, words):
    MeetingFactory(body=review, place="canary")
    GrantFactory(thing=review, person=leaver, kind="case lead", lead=True, subject="reviews.Case", reason="canary")
    answer = as_user(administrator).get(address(leaver))
    text = words(answer)
    assert "Meetings ahead" not in text
    assert "canary" not in text
    assert "Case lead" not in text
    assert "Access by exception ends too, also where you may not know of it" in text


def test_an_administrator_chooses_a_successor_of_their_own_organisation(as_user, administrator, leaver, review):
    other = AppointmentFactory(seat__body=review).person
    form = as_user(administrator).get(address(leaver)).context["form"]
    assert list(form.fields["successor"].queryset) == [administrator.person]
    answer = as_user(administrator).post(address(leaver), typed(timezone.localdate(), successor=other.pk))
    assert answer.status_code == 422


def test_whoever_leaves_themselves_is_signed_out(as_user, administrator, leaver):
    OfficeFactory(agency_administrator=True, person__agency=leaver.agency)
    client = as_user(administrator)
    answer = client.post(address(administrator.person), typed(timezone.localdate(), act="confirm"))
    assert answer.status_code == 302
    assert client.get("/meetings/")["Location"].startswith("/sign-in/")


def test_one_thing_is_ended_after_its_own_preview(as_user, team, leaver, words):
    client = as_user(team)
    path = end_address(leaver)
    text = words(client.get(path))
    assert "End: member for CNWL on Review" in text
    assert "Places that fall vacant Member for CNWL on Review" in text
    assert "Chair of Review" not in text
    assert "account" not in text
    client.post(path, typed(timezone.localdate(), act="confirm"))
    assert [held.kind for held in load([leaver.pk], at=timezone.now())] == ["chair"]


@pytest.mark.parametrize("act", ["continue", "confirm"])
def test_a_form_of_something_that_has_ended_meanwhile_leads_back_and_says_so(as_user, team, leaver, words, act):
    client, path = as_user(team), end_address(leaver)
    form = typed(timezone.localdate(), act="confirm") | {submissions.FIELD: submissions.new_token()}
    client.post(path, form)
    for answer in (client.get(path, follow=True), client.post(path, typed(timezone.localdate(), act=act), follow=True)):
        assert answer.redirect_chain[-1][0] == leaver.get_absolute_url()
        assert "Member for CNWL on Review: this is over already." in words(answer)
    again = words(client.post(path, form, follow=True))
    assert "This form was already sent" in again
    assert Event.objects.filter(verb="appointment.ended").count() == 1


def test_what_somebody_else_holds_has_no_address_below_them(as_user, team, leaver):
    other = AppointmentFactory()
    path = f"{leaver.get_absolute_url()}end/appointment/{other.pk}/"
    assert as_user(team).get(path).status_code == 404
    assert as_user(team).get(path.replace("appointment", "nonsense")).status_code == 404


def test_its_queries_do_not_grow_with_what_they_hold(as_user, team, leaver, review, django_assert_num_queries):
    client = as_user(team)
    for body in BodyFactory.create_batch(2):
        NamedDeputyFactory(person=leaver, seat__body=body)
    MeetingFactory(body=review)
    ActionFactory(body=review, owner=leaver)
    with django_assert_num_queries(17):
        client.get(address(leaver))
    for body in BodyFactory.create_batch(20):
        NamedDeputyFactory(person=leaver, seat__body=body)
        MeetingFactory(body=body)
    ActionFactory.create_batch(20, body=review, owner=leaver)
    with django_assert_num_queries(17):
        client.get(address(leaver))
