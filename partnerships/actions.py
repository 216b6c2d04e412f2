"""Keeping scenarios of the workbench, publishing versions of terms of reference, and drawing lines of a structure."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mktogether.lib.templatetags.wording import day as in_words
from mktogether.lib.verdict import Refusal
from partnerships import rules
from partnerships.arrangements.rules import is_in_force, loop, loop_in_words
from partnerships.models import Body, Line, Scenario
from records import history, submissions


def _held(model, pk):
    """The row, read again and held until the transaction ends."""
    rows = model.objects.regardless("changed by an act, after it was asked whether they may")
    return rows.select_for_update(of=("self",)).get(pk=pk)


@transaction.atomic
def keep_scenario(scenario, *, by, submission=None):
    """
    Keep a new scenario of the workbench for its author.

    ``submission`` is the posted form, which has one effect however often it arrives.
    """
    claimed = submissions.claim(submission, by=by)
    scenario.created_by = by
    scenario.save()
    history.record("scenario.kept", scenario, by=by, changes={"name": (None, scenario.name)})
    submissions.leads_to(claimed, scenario.get_absolute_url())
    return scenario


@transaction.atomic
def change_scenario(scenario, *, by, **values):
    """Change the name, the board or the content of a scenario. What stays as it was leaves no trace."""
    scenario = _held(Scenario, scenario.pk)
    changes = history.changed(scenario, **values)
    if changes:
        scenario.save(update_fields=[*changes, "changed_at"])
        history.record("scenario.changed", scenario, by=by, changes=changes)
    return scenario


@transaction.atomic
def share_scenario(scenario, *, by):
    """Let everybody who has a place on its board or group see the scenario. Raises Refusal where it names none."""
    scenario = _held(Scenario, scenario.pk)
    if scenario.body_id is None:
        raise Refusal("Choose the board or group whose members shall see it.", field="body")
    if scenario.shared_at is None:
        changes = history.changed(scenario, shared_at=timezone.now(), shared_by=by)
        scenario.save(update_fields=["shared_at", "shared_by"])
        history.record("scenario.shared", scenario, by=by, changes={"shared_at": changes["shared_at"]})
    return scenario


@transaction.atomic
def withdraw_scenario(scenario, *, by):
    """Take a shared scenario back: only its author, the team and the scrutineer see it again."""
    scenario = _held(Scenario, scenario.pk)
    if scenario.shared_at is not None:
        changes = history.changed(scenario, shared_at=None, shared_by=None)
        scenario.save(update_fields=["shared_at", "shared_by"])
        history.record("scenario.withdrawn", scenario, by=by, changes={"shared_at": changes["shared_at"]})
    return scenario


@transaction.atomic
def delete_scenario(scenario, *, by):
    """Delete a scenario for good; that it was there, and whose it was, stays in the history."""
    history.record("scenario.deleted", scenario, by=by, changes={"name": (scenario.name, None)})
    scenario.delete()


@transaction.atomic
def publish_terms(terms, *, by, submission=None):
    """
    Publish ``terms``, a new version that is not kept yet, from its first day on; the version before it ends the day
    before.

    Meetings before that day are still judged by the version of their day, and closed meetings keep their record. Raises
    Refusal, at the field, where the first day does not lie after the first day of the latest version, and where the
    rules cannot be read.
    """
    claimed = submissions.claim(submission, by=by)
    body = _held(Body, terms.body_id)
    latest = body.terms.order_by("-starts_on").first()
    refuse_overlap(latest, terms.starts_on)
    try:
        rules.parse_terms(terms.rules)
    except rules.RuleError as error:
        raise Refusal(str(error.problems[0]), field="rules") from error
    if latest is not None and (latest.ends_on is None or latest.ends_on >= terms.starts_on):
        changes = history.changed(latest, ends_on=terms.starts_on - dt.timedelta(days=1))
        latest.save(update_fields=["ends_on"])
        history.record("terms.ended", latest, by=by, within=body, changes=changes)
    terms.save()
    told = {name: (None, getattr(terms, name)) for name in ("edition", "starts_on", "rules")}
    history.record("terms.published", terms, by=by, within=body, changes=told)
    submissions.leads_to(claimed, body.get_absolute_url())
    return terms


def refuse_overlap(latest, starts_on):
    """Raises Refusal where a version from ``starts_on`` would begin before, or with, the ``latest`` one."""
    if latest is not None and starts_on <= latest.starts_on:
        sentence = f"“{latest.edition}” begins on {in_words(latest.starts_on)}. Enter a first day after it"
        raise Refusal(sentence, field="starts_on")


@transaction.atomic
def draw_line(line, *, by):
    """
    Keep ``line``, which is not kept yet, from its first day on.

    Raises Refusal where it would lead round: from a body upwards and back to it, on a day on which all of it holds.
    """
    body = _held(Body, line.body_id)
    refuse_loop(line)
    line.save()
    ends = {"kind": (None, line.kind), "starts_on": (None, line.starts_on)}
    history.record("line.drawn", line, by=by, within=body, changes=ends)
    return line


def refuse_loop(line):
    """Raises Refusal where ``line`` makes a way upwards that comes back to its own body."""
    if line.to_body_id is None or line.kind not in Line.UPWARD:
        return
    beside = Line.objects.filter(kind__in=Line.UPWARD, to_body__isnull=False)
    others = list(beside.overlapping(line.starts_on, line.ends_on).exclude(pk=line.pk))
    for day in sorted({line.starts_on, *(other.starts_on for other in others if other.starts_on > line.starts_on)}):
        parents = {line.body_id: {line.to_body_id}}
        for other in others:
            if is_in_force(other.starts_on, other.ends_on, day):
                parents.setdefault(other.body_id, set()).add(other.to_body_id)
        found = loop(parents)
        if found:
            everything = Body.objects.regardless("lines lead between boards that one of them may not see")
            names = dict(everything.filter(pk__in=found).values_list("pk", "name"))
            raise Refusal(loop_in_words([names[pk] for pk in found]), field="to_body")
