"""Factories for the annual report: a draft of one section unless a test says otherwise."""

import datetime as dt

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from reports import models as reports
from tests.factories.boards import BodyFactory
from tests.factories.records import AreaFactory, StoredFileFactory, UserFactory


class ReportFactory(DjangoModelFactory):
    """
    The draft of a year, each time of a later one; the trait ``proposed`` has it wait for approval, and ``published``
    makes it public with as little frozen in it as can be.
    """

    class Meta:
        model = reports.Report

    class Params:
        proposed = Trait(
            state="proposed",
            proposed_at=LazyFunction(timezone.now),
            proposed_by=SubFactory(UserFactory),
        )
        published = Trait(
            state="published",
            proposed_at=LazyFunction(timezone.now),
            proposed_by=SubFactory(UserFactory),
            published_at=LazyFunction(timezone.now),
            published_by=SubFactory(UserFactory),
            content={"title": "Safeguarding annual report", "sections": [], "figures": {}},
            file=SubFactory(StoredFileFactory, kind="report", name="report.pdf"),
        )

    area = SubFactory(AreaFactory)
    slug = Sequence(lambda n: f"mk-{2000 + n}")
    title = "Safeguarding annual report"
    starts_on = Sequence(lambda n: dt.date(2000 + n, 4, 1))
    ends_on = Sequence(lambda n: dt.date(2001 + n, 3, 31))
    board = SubFactory(BodyFactory, area=SelfAttribute("..area"))


class SectionFactory(DjangoModelFactory):
    """A section with its first text; its version is a row of its own, for tests that want it."""

    class Meta:
        model = reports.Section

    report = SubFactory(ReportFactory)
    order = Sequence(lambda n: n + 1)
    title = Sequence(lambda n: f"Section {n}")
    owner = "Business manager"
    text = "The board met four times."
    number = 1


class VersionFactory(DjangoModelFactory):
    """A version of a section, each time the next number."""

    class Meta:
        model = reports.Version

    section = SubFactory(SectionFactory)
    number = Sequence(lambda n: n + 1)
    text = SelfAttribute("section.text")
    at = LazyFunction(timezone.now)
    by = SubFactory(UserFactory)


class CommentFactory(DjangoModelFactory):
    """A challenge to a section as a whole, as it stands."""

    class Meta:
        model = reports.Comment

    class Params:
        correction = Trait(kind="correction")

    section = SubFactory(SectionFactory)
    kind = "challenge"
    number = SelfAttribute("section.number")
    text = "What changed for children because of this?"
    at = LazyFunction(timezone.now)
    by = SubFactory(UserFactory)


class AnswerFactory(DjangoModelFactory):
    """An answer that keeps the text as it is."""

    class Meta:
        model = reports.Answer

    comment = SubFactory(CommentFactory)
    outcome = "kept"
    text = "The figures for this come in July."
    at = LazyFunction(timezone.now)
    by = SubFactory(UserFactory)


class PrivateNoteFactory(DjangoModelFactory):
    """A note on a section as a whole."""

    class Meta:
        model = reports.PrivateNote

    section = SubFactory(SectionFactory)
    text = "Ask about this when we meet."
    at = LazyFunction(timezone.now)
    by = SubFactory(UserFactory)


class LastReadFactory(DjangoModelFactory):
    """A section read as it stands now."""

    class Meta:
        model = reports.LastRead

    section = SubFactory(SectionFactory)
    by = SubFactory(UserFactory)
    number = SelfAttribute("section.number")
    at = LazyFunction(timezone.now)


class ImageFactory(DjangoModelFactory):
    """A picture of a report, of which the file is not looked at."""

    class Meta:
        model = reports.Image

    report = SubFactory(ReportFactory)
    file = SubFactory(
        StoredFileFactory,
        area=SelfAttribute("..report.area"),
        kind="report image",
        name="picture.png",
        content_type="image/png",
        content=b"\x89PNG a picture of a test",
    )
    words = "A bench by the river, with people talking"
    width = 640
    height = 480
    by = SubFactory(UserFactory)


class WriterFactory(DjangoModelFactory):
    """Somebody who opened a section a moment ago to write in it; with ``gone`` so long ago that it no longer counts."""

    class Meta:
        model = reports.Writer

    class Params:
        gone = Trait(since=LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)))

    section = SubFactory(SectionFactory)
    by = SubFactory(UserFactory)
    since = LazyFunction(timezone.now)
    until = LazyAttribute(lambda writer: writer.since + dt.timedelta(minutes=15))
