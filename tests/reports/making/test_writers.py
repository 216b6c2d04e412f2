"""Who else has a section open to write is told to those who write, for a while, and keeps nobody out."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock
from mktogether.lib.verdict import Refusal
from records.models import Event
from reports import actions, queries
from reports.actions.writing import LEASE
from reports.models import Writer
from tests.factories import OfficeFactory, PersonFactory, WriterFactory
from tests.reports.making.test_writing import BETTER, edit, typed

pytestmark = pytest.mark.django_db
NOTE = "opened this section to write"


def rows(**where):
    return Writer.objects.regardless("in a test").filter(**where)


def test_others_are_told_on_the_page_and_in_the_form_who_opened_it_first(as_user, section, team, colleague, words):
    as_user(team).get(edit(section))
    told = f"{team.person.post} opened this section to write at {clock(timezone.localtime(rows().get().since))}"
    theirs = as_user(colleague)
    assert NOTE not in words(as_user(team).get(section.get_absolute_url()))
    for page in (theirs.get(section.get_absolute_url()), theirs.get(edit(section))):
        assert f"{told} and has not saved since. You can write all the same." in words(page)
    assert NOTE in words(as_user(team).get(section.get_absolute_url()))


def test_nobody_is_told_of_themselves_nor_of_somebody_who_only_reads(as_user, section, team, colleague, words):
    client = as_user(team)
    assert NOTE not in words(client.get(edit(section)))
    assert NOTE not in words(client.get(edit(section)))
    as_user(colleague).get(section.get_absolute_url())
    as_user(colleague).head(edit(section))
    assert NOTE not in words(client.get(section.get_absolute_url()))
    assert rows().count() == 1


@pytest.mark.parametrize("who", ["scrutineer", "partner"])
def test_readers_of_a_draft_are_not_told_who_writes(as_user, section, team, who, request, words):
    user = request.getfixturevalue(who)
    actions.open_to_write(section, by=team)
    assert NOTE not in words(as_user(user).get(section.get_absolute_url()))
    assert not queries.writers_of(user, section)
    with pytest.raises(Refusal):
        actions.open_to_write(section, by=user)


def test_saving_ends_it_also_where_nothing_changed_and_being_refused_does_not(as_user, section, team):
    client = as_user(team)
    for text, kept in (("<script>", True), (section.text, False), (BETTER, False)):
        client.get(edit(section))
        client.post(edit(section), typed(text))
        assert rows().exists() is kept
    client.post(edit(section), typed("Another.", seen=1))
    assert rows(by=team).exists(), "whoever was shown another text goes on writing"


def test_showing_the_form_again_renews_the_lease_and_a_preview_does_too(as_user, section, team):
    writer = WriterFactory(section=section, by=team, since=timezone.now() - dt.timedelta(minutes=14))
    as_user(team).post(edit(section), typed(BETTER, act="preview"))
    renewed = rows().get()
    assert renewed.since == writer.since
    assert renewed.until > timezone.now() + LEASE - dt.timedelta(minutes=1)


def test_a_lease_that_ran_out_says_nothing_and_is_cleared_by_whoever_comes_next(
    as_user, section, team, colleague, words
):
    WriterFactory(section=section, by=team, gone=True)
    gone = WriterFactory(section=section, by=colleague, gone=True)
    assert NOTE not in words(as_user(colleague).get(section.get_absolute_url()))
    as_user(colleague).get(edit(section))
    came = rows().get()
    assert came.by == colleague
    assert came.since > gone.until


def test_it_keeps_nobody_out_and_is_no_part_of_the_history(section, team, colleague):
    actions.open_to_write(section, by=team)
    assert not Event.objects.exists()
    assert actions.save_section(section, BETTER, by=colleague, seen=1).number == 2
    assert rows(by=team).exists()


def test_while_a_report_waits_for_approval_nobody_is_said_to_write(as_user, proposed, section, team, colleague, words):
    WriterFactory(section=section, by=colleague)
    assert NOTE not in words(as_user(team).get(section.get_absolute_url()))


def test_it_costs_the_same_for_three_and_three_hundred_writers(as_user, section, team, django_assert_num_queries):
    client = as_user(team)
    for number in (3, 297):
        for writer in PersonFactory.create_batch(number, with_account=True):
            WriterFactory(section=section, by=writer.user)
        with django_assert_num_queries(10):
            client.get(section.get_absolute_url())


def test_the_database_keeps_one_row_for_a_section_and_an_account_and_an_end_after_the_beginning(section, team):
    now = timezone.now()
    WriterFactory(section=section, by=team)
    for values in ({"by": team}, {"by": OfficeFactory().person.user, "since": now, "until": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WriterFactory(section=section, **values)
