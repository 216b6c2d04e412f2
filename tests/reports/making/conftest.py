"""A report in the making, and everybody who has to do with it."""

import pytest

from reports import actions, building
from reports.assembling import content_of, fingerprint
from reports.models import Report
from tests.factories import (
    ChairingFactory,
    JobFactory,
    OfficeFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    VersionFactory,
)

TEXT = "The board met four times.\n\nIt heard from children in March."


@pytest.fixture
def fresh():
    """An account as the next request loads it: what somebody holds is kept with it for one request."""
    return lambda user: type(user).objects.get(pk=user.pk)


@pytest.fixture
def team(db):
    return OfficeFactory().person.user


@pytest.fixture
def colleague(db):
    return OfficeFactory().person.user


@pytest.fixture
def scrutineer(db):
    return OfficeFactory(scrutineer=True).person.user


@pytest.fixture
def chair(db):
    return ChairingFactory(body__partnership=True, with_account=True).person.user


@pytest.fixture
def partner(db):
    return OfficeFactory(lead_partner=True).person.user


@pytest.fixture
def finance(db):
    return OfficeFactory(finance_editor=True).person.user


@pytest.fixture
def outsider(db):
    return PersonFactory(with_account=True).user


@pytest.fixture
def report(db):
    return ReportFactory(slug="mk-2021-22", title="Safeguarding annual report 2021-22")


@pytest.fixture
def section(report, team):
    """A section of text in its first version."""
    made = SectionFactory(report=report, order=1, title="Foreword", text=TEXT, word_limit=300, owner="Chair")
    VersionFactory(section=made, number=1, text=TEXT, by=team)
    return made


@pytest.fixture
def money(report):
    """A section about money, built from records."""
    return SectionFactory(report=report, order=2, title="Contributions", kind="contributions", text="", number=0)


@pytest.fixture
def build_of():
    """Makes a finished build of a report as it is now."""

    def build(report):
        now = Report.objects.get(pk=report.pk)
        inputs = fingerprint(content_of(now))
        waiting = building.builds_of(now).filter(state="waiting", inputs=inputs).first()
        if waiting:
            waiting.delete()
        return JobFactory(kind=building.KIND, target_id=report.pk, area=now.area, inputs=inputs, done=True)

    return build


@pytest.fixture
def proposed(report, section, team, partner, build_of):
    """The report, proposed by the team, with the build of what is to be public: which names the partners of now."""
    build_of(report)
    actions.propose(report, by=team)
    build_of(report)
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def published(proposed, partner):
    """The report, approved by a safeguarding partner."""
    seen = fingerprint(content_of(proposed))
    return actions.approve(proposed, by=partner, seen=seen)


@pytest.fixture
def again():
    """A row as the database has it now."""
    return lambda row: type(row)._base_manager.get(pk=row.pk)
