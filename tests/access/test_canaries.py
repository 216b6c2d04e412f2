"""No text of a restricted row stands where somebody may not read it: in pages, files, mails, logs, work or cache."""

import datetime as dt
import logging
from types import SimpleNamespace

import pytest
from celery.signals import before_task_publish
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from meetings import actions
from meetings.calendars import feed
from meetings.calendars.invitation import calendar_of
from meetings.models import CalendarAddress, Meeting
from partnerships.models import Body, Grant
from records import jobs, outbox
from records.models import Area, Job, OutboxMessage
from tests import factories as make
from tests.access import audiences, business, canaries, crawling, planting, readership, walking
from tests.access.audiences import AUDIENCES

pytestmark = pytest.mark.django_db
EXPECTED = walking.expected()
ROLES = list(next(iter(EXPECTED.values())))
QUICK = ("excluded member", "panel member")
IN_ALL, OF_EACH = 50_000, 1_230  # answers of the long form, and how many each visitor reads at the least
TYPED_INTO_SEARCHES = (
    "partnerships.Person.post",
    "partnerships.Agency.name",
    "partnerships.Body.name",
    "meetings.AgendaItem.title",
    "meetings.Action.what",
    "reviews.Case.about",
    "reviews.Case.reference",
)


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """The world with a canary in every text, made once; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = business.build()
        yield world, canaries.plant(world)
        transaction.set_rollback(True)


@pytest.fixture
def taken_back(planted):
    """The same, for what is done to it in one test."""
    with transaction.atomic():
        yield planted
        transaction.set_rollback(True)


@pytest.fixture
def log():
    with crawling.everything_logged() as stream:
        yield stream


# --- What is planted --------------------------------------------------------------------------------------------------


def test_every_text_of_every_row_carries_a_canary_of_its_own(planted):
    _world, them = planted
    assert len(them.kinds) >= 60
    assert {canary.audience for canary in them} == set(AUDIENCES), "an audience that nothing is for"


def test_a_text_without_a_canary_is_named_with_the_reason():
    """The list of those that are no text names fields that there are."""
    names = {one.name for model in canaries.our_models() for one in model._meta.concrete_fields}
    labels = {f"{m._meta.label}.{one.name}" for m in canaries.our_models() for one in m._meta.concrete_fields}
    assert set(canaries.NO_TEXT) - names - labels == set()
    assert all([*canaries.NO_TEXT.values(), *canaries.NO_TEXT_WITHIN.values()])


def test_of_each_visitor_it_is_said_what_they_read(planted):
    world, _them = planted
    assert set(world.people) == audiences.EVERYBODY


def test_a_row_that_nobody_gave_readers_is_noticed(planted):
    world, _them = planted
    with pytest.raises(LookupError, match=r"Nobody said who may read name of records\.Area"):
        readership.Readers(world).of(Area.objects.first(), "name")


# --- The crawl --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", QUICK)
def test_nobody_reads_at_any_address_what_is_not_for_them(planted, role, log):
    world, them = planted
    crawl = crawling.Crawl(walking.visitor(world, role), them, role)
    crawl.addresses(world)
    assert not crawl.everything_wrong(), crawl.in_words()
    assert them.all_in(log.getvalue()) == []


@pytest.mark.prove
@pytest.mark.parametrize("role", ROLES)
def test_nobody_finds_by_any_way_what_is_not_for_them(planted, role, log, record_property):
    """By every address and kind of request, on through all the links, and by every search."""
    world, them = planted
    crawl = crawling.Crawl(walking.visitor(world, role), them, role)
    crawl.addresses(world, crawling.ASKED)
    crawl.search(_one_of_each_kind(them, role))
    crawl.follow(most=150, also=("/", *crawling.ALSO))
    record_property("answers", crawl.answers)
    record_property("mails", crawl.written.mails)
    assert not crawl.everything_wrong(), crawl.in_words()
    assert _in_log(them, log) == []
    assert them.all_in(crawling.cached()) == []
    assert crawl.answers >= OF_EACH
    assert OF_EACH * len(ROLES) >= IN_ALL


def _one_of_each_kind(them, role):
    """For each kind that is typed into searches, one that ``role`` may not read, if there is one."""
    found = {}
    for canary in them:
        if canary.kind in TYPED_INTO_SEARCHES and not canary.is_for((role,), role):
            found.setdefault(canary.kind, canary.string)
    return list(found.values())


def _in_log(them, log):
    """Log lines name the address that was asked for; texts they never hold."""
    return [str(them.planted[string]) for string in them.all_in(log.getvalue()) if string.startswith("zq")]


# --- At other moments -------------------------------------------------------------------------------------------------


def the_place_begins(world):
    world.people["place not begun"].person.appointments.update(starts_at=timezone.now())


def the_place_ends(world):
    world.people["member"].person.appointments.update(ends_at=timezone.now())


def an_interest_is_found(world):
    for meeting in (world.in_session, world.closed, world.earlier):
        for item in meeting.items.all():
            make.ExclusionFactory(thing=item, person=world.people["member"].person, starts_at=timezone.now())


def days_pass(world):
    """Three days later: whatever grants say of time lies three days further back."""
    moments = ("proposed_at", "approved_at", "refused_at", "wanted_from", "wanted_until", "starts_at", "ends_at")
    three_days = dt.timedelta(days=3)
    Grant._base_manager.update(**{name: F(name) - three_days for name in (*moments, "confirm_by")})


def the_guest_goes(world):
    _end(world.people["lay member"].person)


def _end(person):
    ended = {"ends_at": timezone.now(), "ended_by": person, "ended_because": "They have left."}
    person.grants.update(**ended)


def the_lead_leaves(world):
    world.people["case lead"].person.offices.update(ends_at=timezone.now())


def the_panel_member_knows_the_family(world):
    for case in (world.case, world.closed_case):
        make.ExclusionFactory(thing=case, person=world.people["panel member"].person)


# What happens, to whom, and whose like they are from then on.
MOMENTS = [
    (the_place_begins, "place not begun", ("member", audiences.THEMSELVES)),
    (the_place_ends, "member", ("place ended",)),
    (an_interest_is_found, "member", ("excluded member", audiences.THEMSELVES)),
    (days_pass, "emergency", ("grant ended",)),
    (days_pass, "emergency on the case", ("member", audiences.THEMSELVES)),  # they have a place in the review group
    (days_pass, "grant not begun", ("lay member",)),
    (days_pass, "case grant not begun", ("panel member",)),
    (the_guest_goes, "lay member", ("grant ended",)),
    (the_lead_leaves, "case lead", ("lead who left the team",)),
    (the_panel_member_knows_the_family, "panel member", ("case grant ended",)),
]
IN_SHORT = {the_place_ends}


@pytest.mark.parametrize(
    ("happens", "role", "like"),
    [pytest.param(*row, marks=() if row[0] in IN_SHORT else pytest.mark.prove) for row in MOMENTS],
)
def test_what_somebody_reads_changes_with_what_they_are_at_the_next_request(taken_back, happens, role, like):
    """Signed in before, and asking again after."""
    world, them = taken_back
    client = walking.visitor(world, role)
    happens(world)
    crawl = crawling.Crawl(client, them, role, like)
    crawl.addresses(world)
    crawl.follow(most=100)
    assert not crawl.everything_wrong(), crawl.in_words()


@pytest.mark.parametrize("role", [pytest.param("panel member"), pytest.param("case lead", marks=pytest.mark.prove)])
def test_without_a_fresh_check_nothing_tells_of_a_case(planted, role):
    """Whoever is on a case and did not just confirm that it is they finds what they would without it."""
    world, them = planted
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role])
    crawl = crawling.Crawl(client, them, role, {"panel member": ("case grant ended",), "case lead": ("team",)}[role])
    crawl.addresses(world)
    crawl.follow(most=100)
    told = [line for line in crawl.everything_wrong() if ".public_id of" not in line]  # pages lead there, and ask there
    assert told == []


# --- Documents --------------------------------------------------------------------------------------------------------


MINUTES = [
    ("team", False, "an item of the review group"),
    ("team", True, "a confidential item of an earlier meeting"),
    ("excluded member", False, "a meeting of the review group"),
]


@pytest.mark.parametrize(("role", "confidential", "for_whom"), MINUTES)
def test_a_document_holds_nothing_that_one_of_its_readers_may_not_read(taken_back, role, confidential, for_whom):
    """In the words on its pages, and in every string and stream of the file."""
    world, them = taken_back
    Job.objects.all().delete()
    job = actions.request_minutes(world.earlier, by=world.people[role], confidential=confidential)
    jobs.run(job.pk)
    job.refresh_from_db()
    with job.result.file.open("rb") as file:
        held = [them.planted[string] for string in them.all_in(crawling.text_of_pdf(file.read()))]
    assert [str(one) for one in held for reader in AUDIENCES[for_whom] if not one.is_for((reader,), reader)] == []
    assert {one.audience for one in held} >= {for_whom}, "nothing was read"


# --- Mails and tasks --------------------------------------------------------------------------------------------------


def test_mails_and_tasks_tell_nothing(taken_back, log, django_capture_on_commit_callbacks):
    """After every act that the world knows of, done by somebody who may: reference, date and link; names and ids."""
    world, them = taken_back
    tasks, mails, wrong = [], 0, []
    OutboxMessage.objects.all().delete()

    def publishing(body=None, headers=None, **more):
        tasks.append(f"{body} {headers}")

    before_task_publish.connect(publishing)
    try:
        for case, path in world.addresses:
            said = EXPECTED[case.route, case.on, "POST"]
            role = next((role for role in world.people if said[role] == "act"), None)
            if role is not None:
                with transaction.atomic():
                    client = walking.visitor(world, role)
                    with django_capture_on_commit_callbacks(execute=True):
                        client.post(path, case.send(world))
                    found = delivered(them)
                    wrong += [f"{case.route}: {text}" for text in found.told]
                    mails += found.mails
                    transaction.set_rollback(True)
    finally:
        before_task_publish.disconnect(publishing)
    assert wrong == []
    assert mails > 3
    assert len(tasks) >= mails
    assert them.all_in(" ".join(tasks)) == []
    assert _in_log(them, log) == []


def delivered(them):
    """Hand over what waits, as the worker would; what the mails tell beside the address of their one recipient."""
    mail.outbox.clear()
    for waiting in OutboxMessage.objects.values_list("pk", flat=True):
        outbox.deliver(waiting)
    assert all(len(message.recipients()) == 1 for message in mail.outbox)
    told = [
        str(them.planted[string])
        for message in mail.outbox
        for string in them.all_in(f"{message.subject} {message.body} {message.extra_headers} {message.attachments}")
        if string.startswith("zq")
    ]
    return SimpleNamespace(mails=len(mail.outbox), told=told)


# --- Calendars and links by mail --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_a_calendar_holds_nothing_that_its_owner_may_not_read(taken_back, role, log):
    """Addresses made once for everybody, whatever became of their part: of all their meetings and of each board."""
    world, them = taken_back
    user = world.people[role]
    person = getattr(user, "person", None)
    if person is None:
        return
    crawl = crawling.Crawl(Client(raise_request_exception=False), them, role)
    for number, body in enumerate((None, *Body.objects.regardless("as somebody who tries them all").all())):
        secret = f"{number:043}"
        digest = feed.digest(secret)
        CalendarAddress.objects.filter(person=person, body=body).update(ended_at=timezone.now())
        make.CalendarAddressFactory(person=person, body=body, secret_digest=digest)
        crawl.ask("GET", f"/calendars/{secret}.ics")
    for meeting in Meeting.objects.regardless("as somebody who is asked to them all").all():
        text, _method = calendar_of(meeting, person)
        crawl.leaks += [str(them.planted[found]) for found in crawl.forbidden(text) if str(meeting.public_id) != found]
    assert not crawl.everything_wrong(), crawl.in_words()
    assert them.all_in(log.getvalue()) == []


# --- Whether it can fail ----------------------------------------------------------------------------------------------

HOLES = [
    ("Agency member: READ in the whole area", "other group"),
    ("Agency member: SEE_ACCESS in the whole area", "other group"),
    ("Agency member: READ_DRAFTS in the whole area", "other group"),
    ("meetings.models.meeting.AgendaItemQuerySet.seen_by", "excluded member"),
]


@pytest.mark.parametrize(("name", "role"), HOLES)
def test_a_hole_that_is_planted_is_found(taken_back, name, role):
    """The table of roles widened, or a check weakened: of the ways to weaken it, at least one leads to a canary."""
    world, them = taken_back
    client = walking.visitor(world, role)
    meeting = world.in_session.get_absolute_url()
    for hole in (hole for hole in planting.holes() if str(hole).startswith(name)):
        crawl = crawling.Crawl(client, them, role)
        planting.forget_prepared()
        with hole.planted():
            draft = f"{world.draft_report.get_absolute_url()}making/"
            for path in (meeting, "/access/grants/", world.item.get_absolute_url(), draft):
                crawl.ask("GET", path)
        planting.forget_prepared()
        if crawl.leaks:
            return
    pytest.fail("not found")


def test_a_title_in_a_mail_a_log_line_or_the_cache_is_found(taken_back, log):
    world, them = taken_back
    title = world.in_session.items.get(confidential=True).title
    with connection.execute_wrapper(written := crawling.Written(them)):
        outbox.post("told", to="one@mktogether.example", subject=title, text="")
    logging.getLogger("meetings").debug("Opened %s", title)
    cache.set("title", {"title": title})
    assert [found.split(" of row")[0] for found in written.found] == [
        "records_outboxmessage: meetings.AgendaItem.title"
    ]
    assert _in_log(them, log)
    assert them.all_in(crawling.cached())
    assert delivered(them).told
