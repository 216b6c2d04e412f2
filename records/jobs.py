"""
Long work in the background.

An action asks for work by a row in its own transaction. A task is only a nudge towards the row: it may be lost, come
twice or late. Whoever runs the work claims the row with a lease; the sweeper nudges again for rows that wait or whose
lease has run out, so a killed worker loses nothing.
"""

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from mktogether.lib.scoped import on_behalf_of
from mktogether.lib.verdict import ALLOWED, Refusal, refused
from records import files, history
from records.models import Job
from records.nudge import nudge

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=45)
TIDIES_UP_FOR = dt.timedelta(minutes=1)  # several sweeps, should one be late
ATTEMPTS = 4
TURNS = 5  # how often a row is put in that the database refuses because another is under way
UNDER_WAY = (Job.State.WAITING, Job.State.RUNNING)
LONGEST_REMARK = Job._meta.get_field("remark").max_length
NO_LONGER = "You may no longer see what this is made from, so it was not made."
GAVE_UP = "It was tried four times and did not finish. Please tell the support team; nothing that you entered is lost."


class Stopped(Exception):
    """Whoever reports how far it is learns by this that the work was cancelled, or taken over by another worker."""


class JobFailed(Exception):
    """The work cannot be done; its text is the sentence that the person reads who asked for it."""


@dataclass(frozen=True)
class Kind:
    """What a kind of job does, and who may see how it goes."""

    run: Callable  # run(job, report) -> StoredFile; report(percent, step) says how far it is
    rule: Callable  # rule(user) -> Q: which jobs of this kind somebody follows, and so whose result they may have
    title: Callable  # title(job) -> what is being made, for the page that shows its progress
    back: Callable  # back(job) -> address of the page that the work belongs to
    may_cancel: Callable | None = None  # may_cancel(user, job) -> Verdict; without it, nobody needs to


# Filled by the apps above in AppConfig.ready().
KINDS: dict[str, Kind] = {}


def register(name, kind):
    """Make ``kind`` known under ``name``, which its rows carry."""
    KINDS[name] = kind


def visible(user):
    """The condition under which ``user`` sees how a job goes, by the rules of all kinds."""
    return files.any_of(user, {name: kind.rule for name, kind in KINDS.items()})


def may_follow(user, job):
    """Whether ``user`` may see how ``job`` goes, by the rule of its kind."""
    if Job.objects.visible_to(user).filter(pk=job.pk).exists():
        return ALLOWED
    return refused("There is no such work.")


def may_cancel(user, job):
    """Whether ``user`` may stop ``job``, by the rule of its kind."""
    rule = KINDS[job.kind].may_cancel
    return rule(user, job) if rule else refused("This takes a moment only, and cannot be cancelled.")


ITS_OWN = "the portal looks after its own work; who may have it is asked before it is done and handed out"


def request(kind, target, *, by, inputs="", audience=""):
    """
    Ask for work of ``kind`` on ``target`` and return its row; while one is under way, that one.

    ``inputs`` is the hash of what the work is made from: a finished job with the same inputs is returned as it is,
    and nothing is made twice. ``audience`` names those for whom it is made apart. Must be called in the transaction of
    the act that asks.
    """
    same = Job.objects.regardless(ITS_OWN).filter(kind=kind, target_id=target.pk, audience=audience)
    if inputs and (done := same.filter(state=Job.State.DONE, inputs=inputs).order_by("-pk").first()):
        return done
    under_way = same.filter(state__in=UNDER_WAY)
    for _turn in range(TURNS):
        if job := under_way.first():
            return job
        with suppress(IntegrityError):  # somebody else asked a moment ago; and theirs may be over by the time we look
            return _ask(kind, target, by, inputs, audience)
    return _ask(kind, target, by, inputs, audience)  # refused though nobody else asked: the row itself is wrong


def _ask(kind, target, by, inputs, audience):
    """A new job. The database alone can tell for certain whether another of the kind is under way, and refuses it."""
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            target_id=target.pk,
            area_id=target.area_id,
            asked_by=by,
            inputs=inputs,
            audience=audience,
        )
    history.record("job.asked", job, by=by, within=files.owner(kind, target.pk))
    transaction.on_commit(lambda: nudge("records.tasks.run_job", job.pk))
    return job


@transaction.atomic
def cancel(job, *, by):
    """
    Stop ``job``. Whoever works on it stops at their next report, and keeps nothing.

    Raises Refusal where it is over already.
    """
    now = timezone.now()
    under_way = Job.objects.regardless(ITS_OWN).filter(pk=job.pk, state__in=UNDER_WAY)
    values = {"state": Job.State.CANCELLED, "cancelled_at": now, "cancelled_by": by}
    if not under_way.update(**values, finished_at=now, lease_until=None, step=""):
        raise Refusal("This work is over already, so there is nothing to cancel.")
    history.record("job.cancelled", job, by=by, within=files.owner(job.kind, job.target_id))


def remark(job, sentences):
    """Keep with ``job`` what is to be known of its result; of an attempt before it, nothing stays."""
    same_attempt = Job.objects.regardless(ITS_OWN).filter(pk=job.pk, attempts=job.attempts)
    same_attempt.update(remark=sentences[:LONGEST_REMARK])


def made_from(job, inputs):
    """
    Note the hash of what ``job`` is really made from, where that changed since it was asked for.

    Returns the file that another job made of the same already, if one did; what is known of it is known of this too.
    """
    of_all = Job.objects.regardless(ITS_OWN)
    if inputs != job.inputs:
        of_all.filter(pk=job.pk, attempts=job.attempts).update(inputs=inputs)
    same = of_all.filter(kind=job.kind, target_id=job.target_id, audience=job.audience, inputs=inputs)
    done = same.filter(state=Job.State.DONE).exclude(pk=job.pk).select_related("result").order_by("-pk").first()
    if done is None:
        return None
    remark(job, done.remark)
    return done.result


def run(job_pk):
    """
    Claim the job and do it. Of several that try at once, exactly one gets the claim; the others return at once.

    Whether the person who asked may have it is asked again here: they may have lost their place since.
    """
    if not _claim(job_pk):
        return
    job = Job.objects.regardless(ITS_OWN).select_related("asked_by").get(pk=job_pk)
    claim = job.attempts
    _clear(job, claim - 1)

    def report(percent, step):
        if not _report(job_pk, claim, percent, step):
            raise Stopped

    try:
        result = _made(job, report)
    except Stopped:
        return
    except JobFailed as failure:
        _finish(job_pk, claim, state=Job.State.FAILED, failure=str(failure)[:300])
        return
    if not _finish(job_pk, claim, state=Job.State.DONE, progress=100, step="", result=result):
        logger.warning("Job %s was cancelled or taken over meanwhile; what was made of it is thrown away.", job_pk)
        _throw_away(result)


def _made(job, report):
    """What the kind of ``job`` makes for the person who asked, of what they may see at this moment."""
    with on_behalf_of(job.asked_by):
        if not may_follow(job.asked_by, job):
            raise JobFailed(NO_LONGER)
        return KINDS[job.kind].run(job, report)


def _throw_away(result):
    """Remove the file of a worker that lost its claim, unless it is one that another job was given."""
    if not Job.objects.regardless(ITS_OWN).filter(result=result).exists():
        files.discard(result)


def sweep(now):
    """Give up on what failed too often, and return the ids of jobs that wait or whose worker was lost."""
    _tidy_up(now)
    lost = Q(state=Job.State.RUNNING, lease_until__lt=now)
    Job.objects.regardless(ITS_OWN).filter(lost, attempts__gte=ATTEMPTS).update(
        state=Job.State.FAILED, failure=GAVE_UP, lease_until=None, finished_at=now
    )
    waiting = Q(state=Job.State.WAITING, asked_at__lt=now - dt.timedelta(seconds=5))
    return list(
        Job.objects.regardless(ITS_OWN).filter(waiting | lost).order_by("pk").values_list("pk", flat=True)[:100]
    )


def _tidy_up(now):
    """Remove the rest of jobs that ended without a result, a lease ago: by then nobody works on them any more."""
    without = Job.objects.regardless(ITS_OWN).filter(state__in=[Job.State.FAILED, Job.State.CANCELLED])
    for job in without.filter(finished_at__lt=now - LEASE, finished_at__gte=now - LEASE - TIDIES_UP_FOR):
        _clear(job, job.attempts)


def _clear(job, attempts):
    """Remove what the first ``attempts`` of ``job`` left behind where they were killed."""
    for attempt in range(1, attempts + 1):
        files.clear(job.file_id_of(attempt))


def _claim(job_pk):
    now = timezone.now()
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    claimed = (
        Job.objects.regardless(ITS_OWN)
        .filter(free, pk=job_pk, attempts__lt=ATTEMPTS)
        .update(state=Job.State.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    return claimed == 1


def _report(job_pk, claim, percent, step):
    """Say how far the work is, and hold the claim for another lease; False where it is lost."""
    return (
        Job.objects.regardless(ITS_OWN)
        .filter(pk=job_pk, attempts=claim, state=Job.State.RUNNING)
        .update(progress=percent, step=step[:200], lease_until=timezone.now() + LEASE)
    )


def _finish(job_pk, claim, **values):
    """Write the end, unless another worker holds the claim by now."""
    return (
        Job.objects.regardless(ITS_OWN)
        .filter(pk=job_pk, attempts=claim, state=Job.State.RUNNING)
        .update(lease_until=None, finished_at=timezone.now(), **values)
        == 1
    )
