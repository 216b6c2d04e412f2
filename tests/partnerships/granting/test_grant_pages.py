"""The list of who is let in, one grant with its story, and its acts."""

import datetime as dt

from django.utils import timezone

from meetings.models import Meeting
from mktogether.lib.templatetags.wording import clock, day
from partnerships.granting import actions, home, notices, rows
from partnerships.models import Grant
from records.models import OutboxMessage
from tests.factories import BodyFactory, ChairingFactory, GrantFactory, OfficeFactory
from tests.partnerships.granting.conftest import fresh

LIST = "/access/grants/"


def asked_of(person):
    """The text of the mail that asks them to approve."""
    return OutboxMessage.objects.get(to=person.user.email).text


def crumbs(answer):
    """The labels of the way back on a page, and where each leads."""
    return [(crumb["label"], crumb.get("href", "")) for crumb in answer.context["crumbs"]]


def test_the_way_back_from_who_is_let_in_begins_at_access_for_those_who_find_it(as_user, people, propose):
    grant = propose()
    access, listed = ("Access", "/access/"), ("Who is let in", LIST)
    client = as_user(people.team.user)
    assert crumbs(client.get(LIST)) == [access, ("Who is let in", "")]
    assert crumbs(client.get("/access/emergency/")) == [access, listed, ("Emergency access", "")]
    assert crumbs(client.get(grant.get_absolute_url())) == [access, listed, (str(grant), "")]
    client = as_user(people.scrutineer.user)
    assert crumbs(client.get(LIST)) == []
    assert crumbs(client.get("/access/emergency/")) == [listed, ("Emergency access", "")]


class TestTheList:
    def test_it_shows_whoever_asks_their_own_those_asked_of_them_and_those_they_keep(
        self, as_user, people, propose, words
    ):
        propose()
        for person in (people.chair, people.second, people.team, people.governance):
            text = words(as_user(person.user).get(LIST))
            assert "Author of the paper" in text
            assert "Presenter of one paper" in text
            assert "Waits for approval" in text
        for person in (people.member, people.scrutineer, people.guest):
            assert "Author of the paper," not in words(as_user(person.user).get(LIST))

    def test_it_names_the_thing_to_those_alone_who_see_it(self, as_user, people, propose, words):
        propose(thing=people.secret)
        assert "confidential item of Review" in words(as_user(people.chair.user).get(LIST))
        for person in (people.governance, people.second):
            text = words(as_user(person.user).get(LIST))
            assert "Heron matter" not in text
            assert "An item that you do not see" in text

    def test_a_guest_reads_what_they_were_let_into_until_when(self, as_user, people, propose, words):
        grant = actions.approve_grant(propose(), by=fresh(people.second.user))
        text = words(as_user(people.guest.user).get(LIST))
        assert "“Two rapid reviews”, Review" in text
        assert "In force" in text
        assert f'href="{people.item.get_absolute_url()}"' in as_user(people.guest.user).get(LIST).content.decode()
        assert grant.get_absolute_url() in as_user(people.guest.user).get(LIST).content.decode()

    def test_it_is_narrowed_by_the_address_and_by_nothing_else_in_it(self, as_user, people, propose, words):
        propose()
        GrantFactory(thing=people.review, person=people.team)
        GrantFactory(thing=people.review, over=True)
        client = as_user(people.team.user)

        def shown(query):
            page = words(client.get(f"{LIST}?{query}"))
            return page.split("To what From and until State")[-1].split("Accessibility statement")[0]

        assert "Lay member" in shown("whose=mine")
        assert "Presenter" not in shown("whose=mine")
        assert "Presenter" in shown("whose=others")
        assert "No exception that you may know of" in shown("whose=asked")
        assert "Presenter" in shown("state=waiting")
        assert "Over" in shown("state=over")
        assert "Over" not in shown("state=open")
        assert "Presenter" not in shown("kind=lay+member")
        assert shown("person__user__email=x&order_by=reason&whose=all") == shown("whose=all")
        assert "that there is not" in words(client.get(f"{LIST}?kind=nonsense"))

    def test_it_is_paged_and_its_queries_do_not_grow(self, as_user, people, django_assert_max_num_queries, words):
        client = as_user(people.team.user)
        GrantFactory.create_batch(3, thing=people.review)
        with django_assert_max_num_queries(7) as few:
            client.get(LIST)
        GrantFactory.create_batch(60, thing=people.review)
        with django_assert_max_num_queries(len(few.captured_queries)):
            text = words(client.get(LIST))
        assert "63 exceptions. Page 1 of 2" in text
        assert "Page 2 of 2" in words(client.get(f"{LIST}?page=2"))

    def test_an_account_without_a_person_finds_nothing(self, as_user, people, django_user_model, words):
        nobody = django_user_model.objects.create_user("nobody@mktogether.example")
        assert "No exception that you may know of" in words(as_user(nobody).get(LIST))


def _at(moment):
    local = timezone.localtime(moment)
    return f"{day(local)}, {clock(local)}"


class TestOne:
    def test_it_tells_what_it_is_and_its_story(self, as_user, people, propose, words):
        grant = propose(reason="Wrote the paper.")
        actions.approve_grant(grant, by=fresh(people.second.user))
        actions.end_grant(grant, "The paper was withdrawn.", by=fresh(people.team.user))
        text = words(as_user(people.chair.user).get(grant.get_absolute_url()))
        assert "Why Wrote the paper." in text
        assert f"Proposed by {people.chair.post}" in text
        story = text[text.index("What happened") :]
        assert (
            story.index(f"Proposed by {people.chair.post}")
            < story.index(f"Approved by {people.second.post}")
            < story.index(f"Ended by {people.team.post}")
        )
        assert "Because: The paper was withdrawn." in story

    def test_what_came_before_its_history_is_told_from_the_grant_itself(self, as_user, people, words):
        grant = GrantFactory(thing=people.review, review_on=timezone.localdate())
        client, page = as_user(people.chair.user), grant.get_absolute_url()

        def story():
            return words(client.get(page)).partition("What happened ")[2]

        begun = f"Proposed by {grant.proposed_by.in_full} {_at(grant.proposed_at)}"
        begun += f" Approved by {grant.approved_by.in_full} {_at(grant.approved_at)}"
        assert story().startswith(begun)
        client.post(f"{page}needed/")
        assert story().startswith(f"{begun} Still needed by {people.chair.in_full}")

    def test_it_is_not_there_for_others(self, as_user, people, propose):
        grant = propose()
        for person in (people.member, people.scrutineer, people.vice, people.guest):
            assert as_user(person.user).get(grant.get_absolute_url()).status_code == 404
            for act in ("approve", "needed"):
                assert as_user(person.user).post(f"{grant.get_absolute_url()}{act}/").status_code == 404

    def test_whoever_was_asked_reads_what_would_change_and_approves(self, as_user, people, propose, words):
        grant = propose()
        client = as_user(people.second.user)
        text = words(client.get(grant.get_absolute_url()))
        assert "If you approve it Author of the paper, " in text
        assert "will be able to see “Two rapid reviews”" in text
        answer = client.post(f"{grant.get_absolute_url()}approve/", follow=True)
        assert "It is approved." in words(answer)
        grant.refresh_from_db()
        assert grant.approved_by == people.second

    def test_an_act_that_is_refused_leads_back_with_the_sentence(self, as_user, people, propose, words):
        grant = propose()
        answer = as_user(people.chair.user).post(f"{grant.get_absolute_url()}approve/", follow=True)
        assert "Somebody else was asked to approve this." in words(answer)
        answer = as_user(people.chair.user).post(f"{grant.get_absolute_url()}needed/", follow=True)
        assert "This is over already." in words(answer)
        answer = as_user(people.chair.user).get(f"{grant.get_absolute_url()}refuse/", follow=True)
        assert "Somebody else was asked to approve this." in words(answer)

    def test_refusing_asks_for_the_reason(self, as_user, people, propose, words):
        grant = propose()
        client, page = as_user(people.second.user), f"{grant.get_absolute_url()}refuse/"
        assert client.get(page).status_code == 200
        answer = client.post(page, {"because": " "})
        assert answer.status_code == 422
        assert "Enter the reason, in a sentence" in words(answer)
        assert "It is refused." in words(client.post(page, {"because": "Not needed."}, follow=True))
        grant.refresh_from_db()
        assert grant.refused_because == "Not needed."

    def test_ending_asks_for_the_reason(self, as_user, people, propose, words):
        grant = actions.approve_grant(propose(), by=fresh(people.second.user))
        client, page = as_user(people.team.user), f"{grant.get_absolute_url()}end/"
        assert "End it before its day" in words(client.get(grant.get_absolute_url()))
        assert client.post(page, {}).status_code == 422
        assert "It is ended." in words(client.post(page, {"because": "Over."}, follow=True))
        assert "This is over already." in words(client.get(page, follow=True))

    def test_a_review_that_is_due_is_offered_to_those_who_keep_it(self, as_user, people, words):
        grant = GrantFactory(thing=people.review, review_on=timezone.localdate())
        client = as_user(people.chair.user)
        text = words(client.get(grant.get_absolute_url()))
        assert "Is it still needed?" in text
        assert f"It goes on until {rows.moment(grant.ends_at)} unless somebody ends it." in text
        answer = client.post(f"{grant.get_absolute_url()}needed/", follow=True)
        assert "looked at again in 90 days" in words(answer)
        assert "Is it still needed?" not in words(client.get(grant.get_absolute_url()))

    def test_approving_is_not_done_by_asking(self, as_user, people, propose):
        grant = propose()
        for act in ("approve", "needed"):
            assert as_user(people.second.user).get(f"{grant.get_absolute_url()}{act}/").status_code == 405


class TestTheHomePage:
    def test_what_somebody_is_let_in_for_is_decided_before_it_happens(self, as_user, people, propose, words):
        begins = timezone.localtime() + dt.timedelta(days=3)
        Meeting.objects.filter(pk=people.meeting.pk).update(starts_at=begins)
        people.item.refresh_from_db()
        grant = propose()
        client = as_user(people.second.user)
        assert f"Decide before {rows.moment(begins)}." in words(client.get("/"))
        assert f"Before {rows.moment(begins)}" in words(client.get(grant.get_absolute_url()))
        assert f"Decide before: {notices.moment(begins)}" in asked_of(people.second)

    def test_nobody_is_told_when_that_happens_which_they_do_not_see(self, as_user, people, propose, words):
        begins = timezone.localtime() + dt.timedelta(days=3)
        Meeting.objects.filter(pk=people.meeting.pk).update(starts_at=begins)
        people.secret.refresh_from_db()
        grant = propose(thing=people.secret)
        page = words(as_user(people.second.user).get(grant.get_absolute_url()))
        assert f"Before {rows.moment(grant.wanted_until)}" in page
        assert f"Decide before: {notices.moment(grant.wanted_until)}" in asked_of(people.second)

    def test_after_it_happened_there_is_still_time_until_the_end(self, as_user, people, propose, words):
        Meeting.objects.filter(pk=people.meeting.pk).update(starts_at=timezone.now() - dt.timedelta(days=1))
        people.item.refresh_from_db()
        grant = propose()
        page = words(as_user(people.second.user).get(grant.get_absolute_url()))
        assert f"Before {rows.moment(grant.wanted_until)}" in page

    def test_whoever_is_asked_finds_it_first(self, as_user, people, propose, words):
        propose()
        text = words(as_user(people.second.user).get("/"))
        assert "Your approval is asked for 1 Presenter of one paper: Author of the paper" in text
        assert "Your approval" not in words(as_user(people.scrutineer.user).get("/"))

    def test_those_who_keep_it_find_what_is_to_be_reviewed(self, as_user, people, words):
        GrantFactory(thing=people.review, review_on=timezone.localdate())
        for person in (people.chair, people.team):
            assert "Access to review 1 Lay member" in words(as_user(person.user).get("/"))
        assert "Access to review" not in words(as_user(people.member.user).get("/"))

    def test_it_says_how_many_there_are_where_it_does_not_show_them_all(self, as_user, people, words):
        GrantFactory.create_batch(home.SHOWN, thing=people.review, review_on=timezone.localdate())
        client = as_user(people.chair.user)
        assert "All access to review" not in words(client.get("/"))
        GrantFactory.create_batch(2, thing=people.review, review_on=timezone.localdate())
        assert f"Access to review {home.SHOWN + 2} " in words(client.get("/"))
        assert f"{home.SHOWN + 2} exceptions" in words(client.get(f"{LIST}?state=review"))

    def test_a_guest_is_led_to_exactly_what_they_were_let_into(self, as_user, people, propose, words):
        actions.approve_grant(propose(), by=fresh(people.second.user))
        response = as_user(people.guest.user).get("/")
        text = words(response)
        assert "You are a guest here 1" in text
        assert f'href="{people.item.get_absolute_url()}"' in response.content.decode()
        for absent in ("No meeting of yours", "Actions of mine", "See all meetings", "You hold no place"):
            assert absent not in text

    def test_its_head_names_only_what_a_guest_can_open(self, as_user, people, propose):
        actions.approve_grant(propose(), by=fresh(people.second.user))
        page = as_user(people.guest.user).get("/").content.decode()
        for href in ("/meetings/", "/boards/", "/actions/"):
            assert f'<a href="{href}"' not in page
        member = as_user(people.member.user).get("/").content.decode()
        for href in ("/meetings/", "/boards/", "/actions/"):
            assert f'<a href="{href}"' in member

    def test_a_lay_member_finds_the_board_and_its_meetings(self, as_user, people, words):
        guest = GrantFactory(thing=people.review, with_account=True).person.user
        text = words(as_user(guest).get("/"))
        assert "What you were let into" in text
        assert "Your next meetings" in text
        assert "Boards and groups" in text

    def test_what_has_not_begun_is_named_to_whoever_holds_nothing_yet(self, as_user, people, words):
        guest = GrantFactory(thing=people.review, with_account=True, not_begun=True).person.user
        text = words(as_user(guest).get("/"))
        assert "You hold no place at present" in text
        assert "You have been let in to something that has not begun: Lay member" in text

    def test_its_queries_do_not_grow(self, as_user, people, django_assert_max_num_queries):
        ChairingFactory(body=BodyFactory(partnership=True), person=people.team)
        client = as_user(people.team.user)

        def fill(number):
            for _time in range(number):
                GrantFactory(thing=people.review, waiting=True, second=people.team)
                GrantFactory(thing=people.review, review_on=timezone.localdate())
                GrantFactory(thing=BodyFactory(), person=people.team)

        fill(2)
        with django_assert_max_num_queries(23) as few:
            client.get("/")
        fill(15)
        with django_assert_max_num_queries(len(few.captured_queries)):
            client.get("/")


def test_on_the_page_of_a_board_those_who_keep_it_read_its_guests(as_user, people, words):
    guest = GrantFactory(thing=people.review).person
    page = people.review.get_absolute_url()
    text = words(as_user(people.chair.user).get(page))
    assert f"Let in by exception 1 {guest.post}" in text
    assert "Let in a guest" in text
    governance = words(as_user(people.governance.user).get(page))
    assert guest.post in governance
    assert "Let in a guest" not in governance
    assert guest.post not in words(as_user(people.member.user).get(page))


def test_an_agency_administrator_reads_what_people_of_their_organisation_were_let_into(as_user, people, words):
    administrator = OfficeFactory(agency_administrator=True).person
    theirs = GrantFactory(thing=people.review, person__agency=administrator.agency)
    GrantFactory(thing=people.review)
    text = words(as_user(administrator.user).get(LIST))
    assert theirs.person.post in text
    assert "1 exception" in text
    assert Grant.objects.count() == 2


def test_what_would_change_is_said_before_it_ends_or_is_refused(as_user, words, people, propose):
    waiting = propose()
    for reader, act in ((people.second, "refuse/"), (people.chair, "end/")):
        text = words(as_user(reader.user).get(f"{waiting.get_absolute_url()}{act}"))
        assert "Nothing opens: Author of the paper" in text
    actions.approve_grant(waiting, by=fresh(people.second.user))
    text = words(as_user(people.chair.user).get(f"{waiting.get_absolute_url()}end/"))
    assert "Author of the paper" in text
    assert "Two rapid reviews" in text
    assert "by it any more, at once" in text
    coming = GrantFactory(thing=people.review, person=people.guest, not_begun=True)
    text = words(as_user(people.team.user).get(f"{coming.get_absolute_url()}end/"))
    assert "will not be let see Review from" in text
