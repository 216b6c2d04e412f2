"""Who is let in by exception in the sample, and who withdrew from an item of a past meeting."""

import pytest
from django.utils import timezone

from meetings.models import AgendaItem, Meeting
from meetings.sample.loading import load
from partnerships.granting import subjects
from partnerships.models import Exclusion, Grant
from records.models import User


def guests():
    """Those who are let in to something else than a case."""
    return Grant.objects.filter(kind__in=["presenter", "lay member"])


def user(name):
    return User.objects.get(email=f"{name}@mktogether.example")


@pytest.mark.django_db
def test_a_presenter_reads_one_item_one_waits_and_a_lay_member_reads_a_board(sample):
    now = timezone.now()
    states = {grant.person.post: (grant.kind, grant.state(now)) for grant in guests().select_related("person")}
    assert states == {
        "Lead author of the audit of neglect": ("presenter", "In force"),
        "Manager of the exploitation project": ("presenter", "Waits for approval"),
        "Lay member": ("lay member", "In force"),
    }
    assert [item.title for item in AgendaItem.objects.visible_to(user("guest.author"))] == [
        "Multi-agency audit of neglect"
    ]
    assert not AgendaItem.objects.visible_to(user("guest.project")).exists()
    seen = Meeting.objects.visible_to(user("lay.member")).values_list("body__slug", flat=True).distinct()
    assert list(seen.order_by()) == ["safeguarding-partnership"]


@pytest.mark.django_db
def test_a_member_withdrew_from_a_past_item_whose_minutes_say_so(sample):
    exclusion = Exclusion.objects.get(subject="meetings.AgendaItem")
    item = AgendaItem.objects.select_related("meeting__record").get(pk=exclusion.subject_id)
    frozen = next(row for row in item.meeting.record.content["items"] if row["id"] == item.pk)
    assert frozen["withdrawn"] == ["Head of Safeguarding"]
    assert item.title.startswith("Recommendations")
    assert not AgendaItem.objects.visible_to(user("member.cnwl")).filter(pk=item.pk).exists()
    assert subjects.of(item).label == exclusion.subject


@pytest.mark.django_db
def test_loading_again_lets_nobody_in_twice_and_ends_nothing(sample):
    Grant.objects.filter(kind="presenter").update(reason="Changed by people.")
    load()
    assert guests().count() == 3
    assert Grant.objects.filter(reason="Changed by people.").count() == 2
    assert Exclusion.objects.filter(subject="meetings.AgendaItem").count() == 1
