"""Areas, accounts, history, files and work in the background."""

import datetime as dt
import hashlib
import uuid

from django.core.files.base import ContentFile
from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from records import models as records
from records.history import writing
from tests.factories.common import PASSWORD, hashed, this_hour


class AreaFactory(DjangoModelFactory):
    """The one area in which everything lies unless a test says otherwise: asked for again, it is the same row."""

    class Meta:
        model = records.Area
        django_get_or_create = ("slug",)

    class Params:
        sample = Trait(sample_notice="Sample: terms of October 2024 applied from 1 April 2024")

    name = "Milton Keynes"
    slug = "milton-keynes"
    code = "MK"


class AnotherAreaFactory(DjangoModelFactory):
    """An area with partnerships of its own, a new one each time."""

    class Meta:
        model = records.Area

    name = Sequence(lambda n: f"Area {n}")
    slug = Sequence(lambda n: f"area-{n}")
    code = Sequence(lambda n: f"A{n}")


class UserFactory(DjangoModelFactory):
    """An account that signs in with ``PASSWORD``, or with the plain ``password`` that a test gives."""

    class Meta:
        model = records.User

    class Params:
        inactive = Trait(is_active=False)

    email = Sequence(lambda n: f"person{n}@mktogether.example")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, password, **fields):
        return super()._create(model_class, *args, password=hashed(password), **fields)


class EventFactory(DjangoModelFactory):
    """A line of history, as ``records.history.record`` would write it."""

    class Meta:
        model = records.Event

    class Params:
        actor = SubFactory(UserFactory)
        area = SubFactory(AreaFactory)

    at = LazyFunction(timezone.now)
    area_id = SelfAttribute("area.pk")
    actor_id = SelfAttribute("actor.pk")
    verb = "meeting.opened"
    target = "meetings.Meeting"
    target_id = Sequence(lambda n: n + 1)
    fields = LazyFunction(dict)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        event = model_class(*args, **fields)
        writing.write(event)
        return event


class EarlierValueFactory(DjangoModelFactory):
    class Meta:
        model = records.EarlierValue

    event = SubFactory(EventFactory)
    field = "place"
    value = "Room 1"


class DenialCountFactory(DjangoModelFactory):
    class Meta:
        model = records.DenialCount

    account_id = Sequence(lambda n: n + 1)
    minute = LazyFunction(this_hour)
    times = 1


class SealFactory(DjangoModelFactory):
    """A seal with an arbitrary digest; a chain that verifies is made by ``records.history.seal``."""

    class Meta:
        model = records.Seal

    position = Sequence(lambda n: n + 1)
    event = SubFactory(EventFactory)
    digest = "0" * 64


class StoredFileFactory(DjangoModelFactory):
    """A private file of ``content`` (bytes), for the object that ``kind`` and ``target_id`` name."""

    class Meta:
        model = records.StoredFile

    class Params:
        content = b"%PDF-1.7 a file of a test"

    area = SubFactory(AreaFactory)
    kind = "test"
    target_id = Sequence(lambda n: n + 1)
    name = "minutes.pdf"
    content_type = "application/pdf"
    size = LazyAttribute(lambda stored: len(stored.content))
    sha256 = LazyAttribute(lambda stored: hashlib.sha256(stored.content).hexdigest())
    file = LazyAttribute(lambda stored: ContentFile(stored.content, name=stored.name))
    created_by = SubFactory(UserFactory)


class JobFactory(DjangoModelFactory):
    """Long work that waits to start; traits for how far it has come."""

    class Meta:
        model = records.Job

    class Params:
        running = Trait(
            state="running", progress=40, attempts=1, lease_until=LazyFunction(lambda: this_hour() + dt.timedelta(1))
        )
        lost = Trait(
            state="running", progress=40, attempts=1, lease_until=LazyFunction(lambda: this_hour() - dt.timedelta(1))
        )
        done = Trait(
            state="done",
            progress=100,
            attempts=1,
            finished_at=LazyFunction(timezone.now),
            result=SubFactory(StoredFileFactory, area=SelfAttribute("..area")),
        )
        failed = Trait(
            state="failed", attempts=4, finished_at=LazyFunction(timezone.now), failure="The printer was away."
        )

    area = SubFactory(AreaFactory)
    kind = "test"
    target_id = Sequence(lambda n: n + 1)
    asked_by = SubFactory(UserFactory)


class OutboxMessageFactory(DjangoModelFactory):
    """A mail that waits to go out."""

    class Meta:
        model = records.OutboxMessage

    class Params:
        sending = Trait(state="sending", attempts=1, lease_until=LazyFunction(lambda: this_hour() + dt.timedelta(1)))
        lost = Trait(state="sending", attempts=1, lease_until=LazyFunction(lambda: this_hour() - dt.timedelta(1)))
        sent = Trait(state="sent", attempts=1, sent_at=LazyFunction(timezone.now))
        failed = Trait(state="failed", attempts=8, failure="The mail server did not take it.")

    key = Sequence(lambda n: f"test:{n}")
    area = SubFactory(AreaFactory)
    to = "somebody@mktogether.example"
    subject = "Your meeting"
    text = "There is something for you: http://localhost:8000/"
    message_id = Sequence(lambda n: f"<{n}@localhost>")


class ReminderFactory(DjangoModelFactory):
    """A reminder that waits; traits for how far it has come."""

    class Meta:
        model = records.Reminder

    class Params:
        in_mail = Trait(state="handed over", message=SubFactory(OutboxMessageFactory, area=SelfAttribute("..area")))
        withdrawn = Trait(state="withdrawn", why="not due")
        not_reached = Trait(state="not reached")

    area = SubFactory(AreaFactory)
    kind = "action.overdue"
    target_id = Sequence(lambda n: n + 1)
    recipient_id = Sequence(lambda n: n + 1)
    due_on = LazyFunction(timezone.localdate)
    send_from = LazyFunction(this_hour)
    written_at = LazyFunction(timezone.now)


class ReminderChoiceFactory(DjangoModelFactory):
    class Meta:
        model = records.ReminderChoice

    area = SubFactory(AreaFactory)
    recipient_id = Sequence(lambda n: n + 1)


class SubmissionFactory(DjangoModelFactory):
    class Meta:
        model = records.Submission

    token = LazyFunction(uuid.uuid4)
    user = SubFactory(UserFactory)
    location = "/meetings/"


class BrokerMarkFactory(DjangoModelFactory):
    class Meta:
        model = records.BrokerMark
