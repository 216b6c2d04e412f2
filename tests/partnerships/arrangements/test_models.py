"""The promises that the database keeps of arrangements, and the act of drawing a line."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mktogether.lib.verdict import Refusal
from partnerships import actions
from partnerships.models import Arrangement, Line
from records.models import Event
from tests.factories import (
    AgencyAliasFactory,
    AgencyFactory,
    ArrangementFactory,
    BodyFactory,
    FormerNameFactory,
    LineFactory,
    SeatFactory,
    SpecifiedRoleFactory,
    TeamMemberFactory,
    TermsOfReferenceFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 4, 1)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_an_area_has_one_arrangement_at_a_time():
    first = ArrangementFactory(first_day=DAY, last_day=dt.date(2025, 3, 31))
    refused(lambda: ArrangementFactory(area=first.area, first_day=dt.date(2025, 3, 31)))
    later = ArrangementFactory(area=first.area, first_day=dt.date(2025, 4, 1))
    refused(lambda: ArrangementFactory(area=first.area, first_day=dt.date(2030, 4, 1)))
    assert ArrangementFactory(first_day=DAY).area != later.area


def test_the_arrangement_in_force_on_a_day_is_found():
    earlier = ArrangementFactory(first_day=DAY, last_day=dt.date(2025, 3, 31))
    later = ArrangementFactory(area=earlier.area, first_day=dt.date(2025, 4, 1))
    on = {day: list(Arrangement.objects.in_force_on(day)) for day in (dt.date(2025, 3, 31), dt.date(2025, 4, 1))}
    assert on == {dt.date(2025, 3, 31): [earlier], dt.date(2025, 4, 1): [later]}
    assert earlier.is_in_force(dt.date(2025, 3, 31))
    assert not earlier.is_in_force(dt.date(2025, 4, 1))


@pytest.mark.parametrize(
    "make",
    [
        lambda: ArrangementFactory(first_day=DAY, last_day=dt.date(2024, 3, 31)),
        lambda: LineFactory(starts_on=DAY, ends_on=dt.date(2024, 3, 31)),
        lambda: LineFactory(to_body=None),
        lambda: LineFactory(to_role="scrutineer"),
        lambda: BodyFactory(opened_on=DAY, planned_end=dt.date(2024, 3, 31)),
        lambda: AgencyFactory(succeeded="2022-07"),
        lambda: SpecifiedRoleFactory(kind="lead partner", subject="rough sleeping"),
        lambda: TermsOfReferenceFactory(chair_by="office", chair_months=24),
        lambda: TermsOfReferenceFactory(at_least=True),
    ],
    ids=[
        "an arrangement ends before it begins", "a line ends before it begins", "a line without an end",
        "a line with two ends", "meant to finish before it opens", "a day of succession without a successor",
        "a subject of a lead partner", "a term of a chair by office", "at least an unknown number",
    ],
)  # fmt: skip
def test_the_database_refuses(make):
    refused(make)


def test_a_body_reports_not_to_itself_by_a_line():
    body = BodyFactory()
    refused(lambda: LineFactory(body=body, to_body=body))


def test_a_name_means_one_agency_in_an_area():
    alias = AgencyAliasFactory(name="MK CCG")
    refused(lambda: AgencyAliasFactory(agency=AgencyFactory(area=alias.area), name="MK CCG"))


def test_a_place_has_its_key_once_at_a_time():
    seat = SeatFactory(key="chair", order=1)
    refused(lambda: SeatFactory(body=seat.body, key="chair", order=2))
    seat.ends_at = seat.starts_at + dt.timedelta(days=1)
    seat.save()
    assert SeatFactory(body=seat.body, key="chair", order=1, starts_at=seat.ends_at).pk


def test_a_partial_day_is_checked():
    arrangement = ArrangementFactory.build(published="2024-13")
    with pytest.raises(ValidationError) as raised:
        arrangement.clean_fields(exclude=["area"])
    assert list(raised.value.message_dict) == ["published"]


def test_a_body_had_another_name_until_a_day():
    body = BodyFactory(name="Safeguarding Partnership")
    FormerNameFactory(body=body, name="Safeguarding Board", last_day=dt.date(2019, 3, 31))
    FormerNameFactory(body=body, name="Management Board", last_day=dt.date(2022, 3, 31))
    days = [dt.date(2019, 3, 31), dt.date(2019, 4, 1), dt.date(2022, 4, 1)]
    assert [body.name_on(day) for day in days] == ["Safeguarding Board", "Management Board", "Safeguarding Partnership"]


class TestDrawingALine:
    @pytest.fixture
    def boards(self):
        top = BodyFactory(name="Top")
        middle = BodyFactory(name="Middle")
        low = BodyFactory(name="Low")
        LineFactory(body=middle, to_body=top)
        LineFactory(body=low, to_body=middle)
        return top, middle, low

    def draw(self, body, to_body, **more):
        line = Line(body=body, to_body=to_body, **{"kind": "reports to", "starts_on": DAY} | more)
        return actions.draw_line(line, by=TeamMemberFactory().user)

    def test_it_is_kept_with_its_history(self, boards):
        top, _middle, low = boards
        line = self.draw(low, top, kind="accountable to")
        assert line.pk
        assert Event.objects.filter(verb="line.drawn", target_id=line.pk).exists()

    def test_one_that_leads_round_is_refused_with_a_sentence(self, boards):
        top, _middle, low = boards
        with pytest.raises(Refusal) as refusal:
            self.draw(top, low)
        assert str(refusal.value).endswith("lines upwards must not lead round. Take one of them out.")
        assert refusal.value.field == "to_body"
        assert not Line.objects.filter(body=top).exists()

    def test_one_that_does_not_lead_upwards_may_lead_back(self, boards):
        top, _middle, low = boards
        assert self.draw(top, low, kind="informs").pk

    def test_lines_that_never_hold_on_one_day_make_no_loop(self, boards):
        top, middle, low = boards
        Line.objects.filter(body=middle).update(ends_on=dt.date(2025, 3, 31))
        assert self.draw(top, low, starts_on=dt.date(2025, 4, 1)).pk

    def test_a_loop_that_begins_later_is_found_too(self, boards):
        top, middle, low = boards
        Line.objects.filter(body=middle).update(starts_on=dt.date(2026, 1, 1))
        with pytest.raises(Refusal, match="must not lead round"):
            self.draw(top, low)
