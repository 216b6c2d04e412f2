"""Building a report in the background: progress, cancel, once only, for whom it is allowed, and whatever is killed."""

import datetime as dt
import os
import signal
from functools import partial

import pytest
from django.utils import timezone

from mktogether.lib.pdf import Limits, render_pdf, workshop
from partnerships.models import Office
from records import files, jobs
from records.models import Event, Job, StoredFile
from reports import building
from reports.assembling import content_of, fingerprint
from reports.models import Section
from tests.factories import JobFactory, OfficeFactory, PersonFactory
from tests.lib.pdf import spoken
from tests.reports.killing import Workers, lease_runs_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(private_folder):
    """No test of a build writes into the portal's own store."""


@pytest.fixture
def ask(short_report, writer):
    return lambda by=writer: building.request_build(short_report, by=by)


@pytest.fixture
def steps(monkeypatch):
    """What a job said of itself on its way; ``at`` does something when a step is said that begins so."""
    said, at = [], {}
    real = jobs._report

    def report(job_pk, claim, percent, step):
        held = real(job_pk, claim, percent, step)
        said.append((percent, step))
        for begin, act in list(at.items()):
            if step.startswith(begin):
                del at[begin]
                act(job_pk)
        return held

    monkeypatch.setattr(jobs, "_report", report)
    return said, at


def content_of_file(stored):
    with stored.file.open("rb") as file:
        return file.read()


# --- Building ---


def test_it_makes_the_report_and_says_what_it_is_at(ask, worked, steps):
    job = worked(ask())
    assert (job.state, job.failure) == (Job.State.DONE, "")
    assert content_of_file(job.result).startswith(b"%PDF")
    said = [step for _percent, step in steps[0]]
    assert said[:5] == [
        "Gathering texts and figures",
        "Gathering texts and figures",
        "Section 1 of 3: Foreword",
        "Section 2 of 3: Priorities",
        "Section 3 of 3: What comes next",
    ]
    assert "Laying out page 1" in said
    assert said[-1] == "Keeping the file"
    percents = [percent for percent, _step in steps[0]]
    assert percents == sorted(percents)


def test_whoever_asked_is_told_which_letters_cannot_be_printed_and_where(
    client, writer, ask, worked, short_report, words
):
    Section.objects.of(short_report).filter(title="Priorities").update(text="As they say in 𒀀𒀁.")
    job = worked(ask())
    told = "These letters cannot be printed, and boxes stand in their places: 𒀀 𒀁. They stand in “Priorities”."
    client.force_login(writer)
    assert told in words(client.get(job.get_absolute_url()))
    for page in ("making", "propose"):
        assert told in words(client.get(f"/reports/{short_report.slug}/{page}/"))


def test_what_is_known_of_a_file_is_known_to_whoever_is_given_it_again(ask, worked, short_report):
    Section.objects.of(short_report).filter(title="Priorities").update(text="As they say in 𒀀.")
    first = worked(ask())
    again = JobFactory(kind=building.KIND, target_id=short_report.pk, area=short_report.area, asked_by=first.asked_by)
    assert worked(again).result == first.result
    assert again.remark == first.remark != ""


def test_letters_beyond_what_a_sentence_names_are_counted():
    content = {"sections": [{"title": "Foreword", "kind": "text", "text": "x", "data": {}}]}
    told = building.not_printed(content, [chr(0x12000 + number) for number in range(23)])
    assert told.endswith(" and 3 more.")


def test_its_page_shows_the_step_without_scripts_too(client, writer, ask):
    job = ask()
    Job.objects.filter(pk=job.pk).update(
        state="running", attempts=1, progress=20, step="Section 2 of 3: Priorities", lease_until=timezone.now()
    )
    client.force_login(writer)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Section 2 of 3: Priorities" in page
    assert "See how far it is now" in page
    assert "Cancel it" in page


def test_its_page_lies_with_the_report_that_it_is_of(client, writer, ask, short_report):
    client.force_login(writer)
    page = client.get(ask().get_absolute_url())
    making = f"{short_report.get_absolute_url()}making/"
    assert page.context["crumbs"] == [{"label": short_report.title, "href": making}, {"label": "How far it is"}]
    assert f'<li><a href="{making}">{short_report.title}</a></li>' in page.content.decode()
    assert '<a href="/reports/" aria-current="true">Reports</a>' in page.content.decode()


def test_of_one_report_one_build_is_under_way(ask, writer, short_report):
    first = ask()
    Section.objects.filter(report=short_report).update(text="Changed.")
    assert ask() == first


def test_the_same_is_not_built_twice_and_its_bytes_are_the_same(ask, worked, short_report, writer):
    first = worked(ask())
    assert ask() == first
    section = short_report.sections.first()
    section.text = "Changed."
    section.save()
    second = worked(ask())
    section.text = "Words of section 1."
    section.save()
    assert ask() == first
    assert content_of_file(second.result) != content_of_file(first.result)


def test_what_changed_since_it_was_asked_for_is_what_is_built(ask, worked, short_report):
    job = ask()
    section = short_report.sections.first()
    section.text = "Written while the job waited."
    section.save()
    job = worked(job)
    assert "Written while the job waited." in spoken.read(content_of_file(job.result)).words
    assert job.inputs == fingerprint(content_of(short_report))
    assert ask() == job


def test_what_was_built_meanwhile_of_the_same_is_taken(ask, worked, short_report):
    first = worked(ask())
    section = short_report.sections.first()
    section.text = "Changed."
    section.save()
    job = ask()
    section.text = "Words of section 1."
    section.save()
    assert worked(job).result == first.result
    assert StoredFile.objects.count() == 1


# --- For whom ---


def test_who_lost_their_role_meanwhile_gets_nothing(ask, worked, writer, stored_names):
    job = ask()
    Office.objects.filter(person=writer.person).delete()
    job = worked(type(job).objects.get(pk=job.pk))
    assert (job.state, job.failure) == (Job.State.FAILED, jobs.NO_LONGER)
    assert stored_names() == []


def test_who_reads_the_draft_and_may_not_build_it_any_more_gets_nothing(ask, worked, short_report, stored_names):
    reader = OfficeFactory(scrutineer=True).person.user
    job = ask(reader)
    assert jobs.may_follow(reader, job)
    job = worked(job)
    assert (job.state, job.failure) == (Job.State.FAILED, jobs.NO_LONGER)
    assert stored_names() == []


@pytest.mark.parametrize(
    ("role", "may_have_it"),
    [("scrutineer", True), ("lead_partner", True), ("finance_editor", False), ("system_administrator", False)],
)
def test_the_file_is_for_those_who_read_drafts_whole(client, ask, worked, role, may_have_it):
    job = worked(ask())
    client.force_login(OfficeFactory(**{role: True}).person.user)
    for address in (job.get_absolute_url(), job.result.get_absolute_url()):
        answer = client.get(address)
        assert (answer.status_code == 200) is may_have_it
        if answer.streaming:
            answer.close()


def test_those_without_a_part_find_no_build(client, ask, worked):
    job = worked(ask())
    client.force_login(PersonFactory(with_account=True).user)
    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.get(job.result.get_absolute_url()).status_code == 404


# --- Cancelling ---


def test_whoever_may_build_cancels_and_nothing_is_kept(client, writer, ask, steps, worked, stored_names):
    client.force_login(writer)
    job = ask()
    steps[1]["Section 2"] = lambda _pk: client.post(f"{job.get_absolute_url()}cancel/")
    job = worked(job)
    assert (job.state, job.cancelled_by, job.result) == (Job.State.CANCELLED, writer, None)
    assert job.cancelled_at is not None
    assert steps[0][-1][1] == "Section 3 of 3: What comes next", "it stops at its next word"
    assert stored_names() == []
    assert Event.objects.filter(verb="job.cancelled").count() == 1
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Nothing of it was kept." in page
    assert "Cancel it" not in page


def test_it_is_cancelled_in_the_middle_of_a_page_too(ask, steps, worked, writer, stored_names):
    job = ask()
    steps[1]["Laying out"] = lambda _pk: jobs.cancel(job, by=writer)
    assert worked(job).state == Job.State.CANCELLED
    assert stored_names() == []
    assert worked(ask()).state == Job.State.DONE


def test_what_was_cancelled_at_the_last_moment_is_thrown_away(
    ask, steps, worked, writer, stored_names, django_capture_on_commit_callbacks
):
    job = ask()
    steps[1]["Keeping"] = lambda _pk: jobs.cancel(job, by=writer)
    with django_capture_on_commit_callbacks(execute=True):
        assert worked(job).state == Job.State.CANCELLED
    assert StoredFile.objects.count() == 0
    assert stored_names() == []


def test_those_who_only_read_cannot_cancel(client, ask):
    job = ask()
    client.force_login(OfficeFactory(scrutineer=True).person.user)
    assert "Cancel it" not in client.get(job.get_absolute_url()).content.decode()
    client.post(f"{job.get_absolute_url()}cancel/")
    job.refresh_from_db()
    assert job.state == Job.State.WAITING


def test_what_is_over_is_not_cancelled(client, writer, ask, worked):
    job = worked(ask())
    client.force_login(writer)
    client.post(f"{job.get_absolute_url()}cancel/")
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert not Event.objects.filter(verb="job.cancelled").exists()


# --- Bombs and kills ---


@pytest.mark.django_db(transaction=True)
def test_a_bomb_ends_in_a_sentence_and_the_next_job_runs(ask, worked, monkeypatch):
    """No text of a section can hold one; so it goes into the frame of the page, where a fault of ours could let it."""
    bomb = '<table><tr><td colspan="1000000">x</td></tr></table>'
    real = building.documents.report_html
    monkeypatch.setattr(building.documents, "report_html", lambda *a, **k: real(*a, **k).replace("</main>", bomb))
    monkeypatch.setattr(building, "render_pdf", partial(render_pdf, limits=Limits(seconds=3)))
    job = worked(ask())
    assert job.state == Job.State.FAILED
    assert "too large to lay out" in job.failure
    monkeypatch.undo()
    assert worked(ask()).state == Job.State.DONE


def test_a_layout_process_that_is_killed_is_begun_anew(ask, steps, worked):
    def kill(_pk):
        os.killpg(workshop._workshop._process.pid, signal.SIGKILL)

    steps[1]["Laying out"] = kill
    job = worked(ask())
    assert (job.state, job.attempts) == (Job.State.DONE, 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_nothing_and_leaves_nothing(ask, stored_names, private_folder):
    job = ask()
    workers = Workers(private_folder)
    workers.kill_at(job, "Laying out")
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert jobs.sweep(timezone.now()) == [], "its lease holds for a while"
    lease_runs_out()
    assert jobs.sweep(timezone.now()) == [job.pk]
    workers.finish(job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)
    assert content_of_file(job.result).startswith(b"%PDF")
    assert stored_names() == [str(job.result.public_id)]


@pytest.mark.django_db(transaction=True)
def test_a_file_that_a_killed_worker_had_kept_already_is_removed(ask, worked, stored_names, short_report, writer):
    job = ask()
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1, lease_until=timezone.now() - dt.timedelta(1))
    job.refresh_from_db()
    files.store(
        b"%PDF whole, but its job never learnt of it",
        kind=building.KIND,
        target=short_report,
        name="x.pdf",
        content_type="application/pdf",
        by=writer,
        public_id=job.file_id,
    )
    assert len(stored_names()) == 1
    job = worked(job)
    assert job.attempts == 2
    assert stored_names() == [str(job.result.public_id)]
    assert StoredFile.objects.get() == job.result
