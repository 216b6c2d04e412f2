"""The first account of an area: who gets it, what the mail says, and every way in which it is refused."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from partnerships.arrangements import loading, moments, reading
from partnerships.models import Body, Office, Person
from records.history import verbs
from records.models import Area, Event, OutboxMessage, User
from tests import factories
from tests.partnerships.arrangements.test_mistakes import RIGHT

pytestmark = pytest.mark.django_db

MANAGER = "  - {kind: team, agency: Council, post: Partnership Manager}\n"
ADVISER = "  - {kind: team, agency: Trust, post: Adviser, holders: [Adviser]}\n"
EMAIL = "manager@seaton.example"


def load(*roles):
    """The area of the file, with these roles besides."""
    loading.load(reading.document(RIGHT.replace("boards:\n", "".join([*roles, "boards:\n"]), 1)))


def run(area="seaton", email=EMAIL, *, post="Partnership Manager", **options):
    out = io.StringIO()
    call_command("open_first_account", area, email, post=post, stdout=out, **options)
    return out.getvalue()


def refused(*arguments, **options):
    """What somebody is told, and that nothing was changed."""
    before = (User.objects.count(), Office.objects.count(), Person.objects.count(), Event.objects.count())
    with pytest.raises(CommandError) as error:
        run(*arguments, **options)
    assert before == (User.objects.count(), Office.objects.count(), Person.objects.count(), Event.objects.count())
    assert not OutboxMessage.objects.exists()
    assert str(error.value).endswith(" Nothing was changed.")
    return str(error.value).removesuffix(" Nothing was changed.")


def in_words(day):
    return f"{day.day} {day:%B %Y}"


class TestOpening:
    def test_the_holder_of_the_post_is_of_the_team_from_today(self):
        load(MANAGER)
        out = run()
        person = Person.objects.get(user__email=EMAIL)
        office = Office.objects.get(person=person)
        today = timezone.localdate()
        assert (person.area.slug, person.agency.short_name, person.post) == ("seaton", "Council", "Partnership Manager")
        assert (office.kind, office.starts_at, office.ends_at) == ("team", moments.start_of(today), None)
        assert out.splitlines() == [
            f"Partnership Manager has the account {EMAIL}.",
            f"Of the team of Seaton from {in_words(today)}.",
            "The mail with which they choose a password is on its way; its link works for 30 minutes.",
        ]

    def test_they_choose_a_password_by_the_link_in_the_mail_and_see_the_boards(self, client):
        load(MANAGER)
        run(email="Manager@Seaton.example")
        message = OutboxMessage.objects.get()
        assert (message.to, message.subject) == (EMAIL, "Your account at MK Together")
        assert message.text.startswith("You have the first account of Seaton, as Partnership Manager.")
        link = re.search(r"https?://[^/\s]+(/\S+)", message.text)[1]
        form = client.get(link, follow=True)
        chosen = {"password1": "a long enough pass phrase", "password2": "a long enough pass phrase"}
        client.post(form.redirect_chain[-1][0], chosen)
        assert client.login(email=EMAIL, password="a long enough pass phrase")
        page = client.get("/boards/").content.decode()
        for body in Body.objects.filter(area__slug="seaton"):
            assert body.get_absolute_url() in page

    def test_a_later_day_can_be_given(self):
        load(MANAGER)
        day = timezone.localdate() + dt.timedelta(days=20)
        out = run(day=day)
        assert Office.objects.get(kind="team").starts_at == moments.start_of(day)
        assert f"Of the team of Seaton from {in_words(day)}." in out

    def test_whoever_the_file_names_keeps_the_role_that_they_have(self):
        load(ADVISER)
        (before,) = Office.objects.filter(kind="team")
        out = run(post="adviser", email="adviser@seaton.example")
        (office,) = Office.objects.filter(kind="team")
        assert (office.pk, office.starts_at) == (before.pk, before.starts_at)
        assert office.person.user.email == "adviser@seaton.example"
        assert "Of the team of Seaton from 1 April 2025 by the arrangements." in out
        assert not Event.objects.filter(verb__in=["person.entered", "role.begun"]).exists()

    def test_the_history_tells_of_account_and_role(self):
        load(MANAGER)
        run()
        person, area = Person.objects.get(user__email=EMAIL), Area.objects.get(slug="seaton")
        told = Event.objects.filter(verb__in=["person.entered", "account.opened", "role.begun"]).order_by("id")
        assert [(event.verb, event.target_id, event.area_id, event.actor_id) for event in told] == [
            ("person.entered", person.pk, area.pk, None),
            ("account.opened", person.user_id, area.pk, None),
            ("role.begun", person.pk, area.pk, None),
        ]
        assert verbs.of("account.opened").says == "opened the account of {thing}, the first of the area"

    def test_somebody_who_is_no_longer_of_the_team_is_not_in_the_way(self):
        load(MANAGER)
        area = Area.objects.get(slug="seaton")
        last_year = timezone.now() - dt.timedelta(days=365)
        former = factories.OfficeFactory(person__area=area, ends_at=last_year)
        switched_off = factories.OfficeFactory(person__area=area, person__user__inactive=True)
        run()
        assert Office.objects.filter(area=area, kind="team").exclude(pk__in=[former.pk, switched_off.pk]).count() == 1

    def test_a_team_of_another_area_is_not_in_the_way(self):
        factories.OfficeFactory()
        load(MANAGER)
        assert run().startswith("Partnership Manager has the account")


class TestRefusing:
    def test_an_area_that_is_not_there(self):
        load(MANAGER)
        assert refused("seatown") == (
            "There are no arrangements of “seatown”. Load its file first (load_arrangement). Areas with arrangements: "
            "seaton."
        )

    def test_an_area_without_arrangements(self):
        factories.AreaFactory(slug="exmouth")
        assert refused("exmouth").endswith("Load its file first (load_arrangement). There are none yet.")

    def test_a_post_that_the_arrangements_do_not_name(self):
        load(MANAGER, ADVISER)
        assert refused(post="Manager") == (
            "The team of Seaton has no post “Manager”. It has: Partnership Manager, Council; Adviser, Trust."
        )

    def test_a_post_of_another_agency(self):
        load(MANAGER)
        assert refused(agency="Trust").startswith("The team of Seaton has no post “Partnership Manager” of Trust.")

    def test_arrangements_that_name_no_team(self):
        load()
        assert refused() == (
            "The arrangements of Seaton name no post of its team. Write one under “specified roles” with “kind: team”, "
            "load the file, and run this again."
        )

    def test_a_role_that_is_not_of_the_team(self):
        load(MANAGER)
        assert refused(post="Chief Executive").startswith("The team of Seaton has no post “Chief Executive”.")

    def test_a_post_that_several_agencies_have(self):
        load(MANAGER, MANAGER.replace("Council", "Trust"))
        assert refused() == (
            "Several agencies have the post “Partnership Manager” in the team. Say which: "
            "Partnership Manager, Council; Partnership Manager, Trust."
        )
        run(agency="trust")
        assert Person.objects.get(user__email=EMAIL).agency.short_name == "Trust"

    def test_an_address_that_is_none(self):
        load(MANAGER)
        assert refused(email="manager") == "Give their e-mail address, such as name@example.org."

    def test_an_address_that_has_an_account(self):
        load(MANAGER)
        factories.UserFactory(email=EMAIL)
        assert refused(email=EMAIL.upper()).startswith(f"There is an account {EMAIL} already.")

    @pytest.mark.parametrize(
        ("traits", "told"),
        [
            ({}, "and is not of the team. Name the post under “holders” of its role in the file, and load that."),
            ({"user__inactive": True}, "which is switched off. Open one for another post of the team."),
        ],
    )
    def test_a_post_that_has_an_account(self, traits, told):
        load(MANAGER)
        council = Area.objects.get(slug="seaton").agencies.get(short_name="Council")
        person = factories.PersonFactory(
            with_account=True, area=council.area, agency=council, post="Partnership Manager", **traits
        )
        assert refused() == f"Partnership Manager, Council has the account {person.user.email} already, {told}"

    @pytest.mark.parametrize("starts_in", [-30, 30])
    def test_an_area_whose_team_has_an_account(self, starts_in):
        load(MANAGER)
        council = Area.objects.get(slug="seaton").agencies.get(short_name="Council")
        office = factories.OfficeFactory(
            person__area=council.area,
            person__agency=council,
            person__post="Director of the partnership",
            starts_at=timezone.now() + dt.timedelta(days=starts_in),
        )
        assert refused() == (
            "Somebody of the team of Seaton has an account already. Ask them: Director of the partnership, Council, "
            f"{office.person.user.email}."
        )

    def test_a_second_account(self):
        load(MANAGER, ADVISER)
        run()
        OutboxMessage.objects.all().delete()
        told = f"Ask them: Partnership Manager, Council, {EMAIL}."
        assert refused(post="Adviser", email="adviser@seaton.example").endswith(told)

    def test_a_day_that_is_over(self):
        load(MANAGER)
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        assert refused(day=yesterday) == f"{in_words(yesterday)} is over. Give today or a later day."

    def test_a_day_that_is_none(self):
        with pytest.raises(CommandError, match=r"“1 April” is no day\. Write a day"):
            call_command("open_first_account", "seaton", EMAIL, "--post", "Manager", "--from", "1 April")
