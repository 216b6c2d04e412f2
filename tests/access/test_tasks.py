"""
Work in the background, against the rows of permissions.csv whose route is ``task`` and whose method is ``RUN``.

A row says for each kind of person what becomes of work that was asked for in their name when it begins: ``made``, or
``refused`` where it is not theirs to have. ``-`` stands where a task is done for nobody.
"""

import pytest
from django.db import transaction

from meetings import minutes
from mktogether.celery import app
from records import files, jobs
from records.models import Job, StoredFile
from reports import building
from reports.models import Image
from tests import factories as make
from tests.access import walking
from tests.access import world as worlds
from tests.access.world import CASES

EXPECTED = walking.expected_of_tasks()
ROLES = [role for role in next(iter(EXPECTED.values())) if role != "public"]
FOR_SOMEBODY = "records.tasks.run_job"
WALKED = "what the tests ask for, whoever may"
# Each kind of work by what it is about in the world.
WORK = {minutes.OPEN_PART: "closed", minutes.WITH_CONFIDENTIAL: "closed", building.KIND: "proposed_report"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world, made once; all that is done is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_layout(monkeypatch):
    """The work begins and stores a file; laying it out is not what is asked here."""
    monkeypatch.setattr(minutes, "render_pdf", lambda html, *, title: b"%PDF of a test")


def test_every_task_and_every_kind_of_work_has_its_row_and_none_besides():
    app.loader.import_default_modules()
    others = {name for name in app.tasks if not name.startswith("celery.")} - {FOR_SOMEBODY}
    assert set(EXPECTED) == others | {f"{FOR_SOMEBODY}: {kind}" for kind in jobs.KINDS}


def test_what_is_done_for_nobody_says_so_for_everybody():
    of_nobody = {on: set(row.values()) for on, row in EXPECTED.items() if not on.startswith(FOR_SOMEBODY)}
    assert {on: said for on, said in of_nobody.items() if said != {"-"}} == {}


def test_every_kind_of_file_is_asked_for_at_its_address(world, db):
    asked = [str(value) for case in CASES for name, value in case.fill(world).items() if name == "public_id"]
    stored = StoredFile.objects.regardless(WALKED).filter(public_id__in=asked).values_list("kind")
    shown = Image.objects.regardless(WALKED).filter(public_id__in=asked).values_list("file__kind")
    assert {kind for (kind,) in stored.union(shown)} == set(files.RULES)


@pytest.mark.parametrize("role", ROLES)
def test_what_was_asked_for_in_somebodys_name_is_made_only_where_it_is_theirs(world, db, role):
    assert {kind: done_for(world, role, kind) for kind in WORK} == {
        kind: EXPECTED[f"{FOR_SOMEBODY}: {kind}"][role] for kind in WORK
    }


def done_for(world, role, kind):
    """What becomes of work of ``kind`` that somebody of ``role`` asked for."""
    thing = getattr(world, WORK[kind])
    Job.objects.regardless(WALKED).filter(kind=kind, target_id=thing.pk, state="waiting").delete()  # of somebody else
    job = make.JobFactory(kind=kind, target_id=thing.pk, area=thing.area, asked_by=world.people[role])
    jobs.run(job.pk)
    job.refresh_from_db()
    if job.result_id:
        return "made"
    return "refused" if job.failure == jobs.NO_LONGER else f"{job.state}: {job.failure}"
