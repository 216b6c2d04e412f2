"""What of a report's making somebody sees, asked of the rows themselves: the pages find the report before."""

import pytest

from reports.models import Answer, Comment, PrivateNote, Section, Version
from tests.factories import (
    AnotherAreaFactory,
    AnswerFactory,
    AppointmentFactory,
    CommentFactory,
    PrivateNoteFactory,
    ReportFactory,
    SectionFactory,
    UserFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db
EVERYBODY = ("team", "scrutineer", "finance", "member", "stranger")


@pytest.fixture
def member(db):
    """A member of a group of the same area, who reads no drafts."""
    return AppointmentFactory(with_account=True).person.user


@pytest.fixture
def stranger(db):
    """Somebody with an account and no part in any partnership."""
    return UserFactory()


@pytest.fixture
def seen_by(request):
    """Of ``rows``, by their names, those that each kind of person sees."""

    def seen(rows, manager):
        return {
            who: {name for name, row in rows.items() if manager.visible_to(request.getfixturevalue(who)).contains(row)}
            for who in EVERYBODY
        }

    return seen


@pytest.fixture
def sections(section, money):
    """One of text and one about money of a draft here, of a report published here, and of both elsewhere."""
    area, done = AnotherAreaFactory(), {"published": True}
    published, elsewhere = ReportFactory(**done), ReportFactory(area=area, **done)
    draft_elsewhere = ReportFactory(area=area)
    return {
        "text": section,
        "money": money,
        "published": SectionFactory(report=published),
        "published money": SectionFactory(report=published, kind="budget"),
        "published elsewhere": SectionFactory(report=elsewhere),
        "text elsewhere": SectionFactory(report=draft_elsewhere),
        "money elsewhere": SectionFactory(report=draft_elsewhere, kind="budget"),
    }


def test_sections_of_drafts_are_for_those_who_read_drafts_and_published_ones_for_everybody(seen_by, sections):
    public = {"published", "published money", "published elsewhere"}
    assert seen_by(sections, Section.objects) == {
        "team": public | {"text", "money"},
        "scrutineer": public | {"text", "money"},
        "finance": public | {"money"},
        "member": public,
        "stranger": public,
    }


THE_MAKING = {"text", "money", "published", "published money"}
MAKING_SEEN = {
    "team": THE_MAKING,
    "scrutineer": THE_MAKING,
    "finance": {"money", "published money"},
    "member": set(),
    "stranger": set(),
}


def test_versions_are_for_those_who_follow_the_making_also_once_it_is_published(seen_by, sections):
    versions = {name: VersionFactory(section=section, number=9) for name, section in sections.items()}
    assert seen_by(versions, Version.objects) == MAKING_SEEN


def test_what_is_said_about_drafts_is_for_those_who_follow_the_making(seen_by, sections):
    comments = {name: CommentFactory(section=section) for name, section in sections.items()}
    answers = {name: AnswerFactory(comment=comment) for name, comment in comments.items()}
    assert seen_by(comments, Comment.objects) == MAKING_SEEN
    assert seen_by(answers, Answer.objects) == MAKING_SEEN


def test_a_note_is_its_writers_own_while_they_read_what_it_is_about(sections, team, finance):
    notes = {name: PrivateNoteFactory(section=section, by=finance) for name, section in sections.items()}
    seen = PrivateNote.objects.visible_to(finance)
    assert {name for name, note in notes.items() if seen.contains(note)} == {
        "money",
        "published",
        "published money",
        "published elsewhere",
    }
    assert not PrivateNote.objects.visible_to(team).exists()
