"""The panel of a case: who sits on it, and what it decides."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.granting import keeping
from partnerships.granting.actions import propose_grant
from partnerships.models import Body, Grant
from records import history, submissions
from reviews import kinds
from reviews.actions import counting
from reviews.actions.checks import changeable, reason, refuse_day
from reviews.actions.dating import HELD, refuse_order
from reviews.models import CaseDate, DecisionCorrection, PanelDecision, PanelPlace

NOBODY = "Choose somebody for at least one place."


@transaction.atomic
def name_panel(case, people, *, by, second, until, submission=None):
    """
    Name who sits on the panel: ``people`` maps keys of places to people.

    Whoever is not on the case yet is proposed for it until the moment ``until``, and comes to it once ``second`` has
    approved. Raises Refusal where nobody is named, for a place that the kind has not, and as ``propose_grant`` does.
    """
    claimed = submissions.claim(submission, by=by)
    case = changeable(case, by)
    seats = {seat.key: seat for seat in kinds.of(case).seats}
    if not people or not people.keys() <= seats.keys():
        raise Refusal(NOBODY)
    before = dict(PanelPlace.objects.regardless(HELD).filter(case=case).values_list("key", "person"))
    for key, person in people.items():
        if before.get(key) != person.pk:
            PanelPlace.objects.regardless(HELD).update_or_create(case=case, key=key, defaults={"person": person})
            told = {"person": (before.get(key), person.pk)}
            history.record("case.panel_named", case, by=by, changes=told, details={"place": key})
    for person in {person.pk: person for person in people.values()}.values():
        if not _is_on(case, person):
            sits_for = ", ".join(seats[key].of for key, named in people.items() if named.pk == person.pk)
            propose_grant(
                Grant.Kind.PANEL_MEMBER,
                case,
                person,
                by=by,
                second=second,
                reason=f"Sits on the panel for {sits_for}.",
                until=until,
            )
    submissions.leads_to(claimed, case.get_absolute_url())
    return case


def _is_on(case, person):
    """Whether they see the case, or are proposed for it and wait."""
    now = timezone.now()
    grants = Grant.objects.regardless("of a case that was found").about(case).filter(person=person)
    return keeping.reaching(grants, now).exists() or grants.waiting(now).exists()


@transaction.atomic
def record_decision(
    case, outcome, *, met, reasons, dissent, deciders, decided_on, by, sitting=None, submission=None
):  # fmt: skip
    """
    Record what the panel decided: the key of an ``outcome``, which criteria were ``met``, and why.

    ``deciders`` are the keys of the places on the panel that decided; ``sitting`` is the meeting of a panel at which
    they did, or None. It cannot be changed afterwards. The day of the decision is that of the events which the outcome
    names. Raises Refusal for an outcome that needs other criteria, without reasons or deciders, and for a day that
    cannot be.
    """
    claimed = submissions.claim(submission, by=by)
    case = changeable(case, by)
    kind = kinds.of(case)
    found = _outcome(kind, outcome, met)
    refuse_day(decided_on, "decided_on")
    refuse_order(case, kind, found.events[0], decided_on, "decided_on")
    _refuse_sitting(case, sitting)
    decision = PanelDecision.objects.create(
        case=case,
        sitting=sitting,
        decided_on=decided_on,
        outcome=found.key,
        outcome_name=found.name,
        criteria=[{"words": words, "met": key in met} for key, words in kind.criteria.items()],
        reasons=reason(reasons, "reasons", "Enter the reasons of the panel."),
        dissent=dissent.strip(),
        deciders=_deciders(case, kind, deciders),
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    history.record("case.decided", case, by=by, details={"decision": decision.pk})
    _date(case, found.events, decided_on, by)
    submissions.leads_to(claimed, decision.get_absolute_url())
    return decision


def _outcome(kind, key, met):
    try:
        found = kind.outcome(key)
    except LookupError:
        raise Refusal("Choose what the panel decided.", "outcome") from None
    if not found.is_open_to(met):
        needed = [kind.criteria[one] for one in found.all_of if one not in met]
        if not needed:
            needed = [" or ".join(kind.criteria[one] for one in found.one_of)]
        raise Refusal(f"{found.name} needs more criteria: {needed[0]}. Check what was met.", "outcome")
    return found


def _deciders(case, kind, keys):
    """Who decided, by place and post, as values that stay."""
    named = PanelPlace.objects.regardless(HELD).filter(case=case).select_related("person")
    posts = {row.key: row.person.post for row in named}
    found = [{"place": f"{seat.post}, {seat.of}", "post": posts[seat.key]} for seat in kind.seats
             if seat.key in keys and seat.key in posts]  # fmt: skip
    if not found:
        raise Refusal("Choose who decided. Name the panel first, if nobody is offered.", "deciders")
    return found


def _refuse_sitting(case, sitting):
    if sitting is not None and (sitting.body.kind != Body.Kind.PANEL or sitting.area_id != case.area_id):
        raise Refusal("Choose a sitting of the panel.", "sitting")


def _date(case, events, decided_on, by):
    """The day of the decision, for those of ``events`` that have no day yet."""
    dated = set(CaseDate.objects.regardless(HELD).filter(case=case).values_list("event", flat=True))
    now = timezone.now()
    CaseDate.objects.bulk_create(
        CaseDate(case=case, event=event, on=decided_on, entered_at=now, entered_by=by)
        for event in events
        if event not in dated
    )
    counting.count(case)


@transaction.atomic
def correct_decision(decision, what, because, *, by):
    """Say what is wrong in the record of a decision. The record stays as it was; this stands beside it."""
    case = changeable(decision.case, by)
    correction = DecisionCorrection.objects.create(
        decision=decision,
        what=reason(what, "what", "Enter what is wrong and how it is right."),
        because=reason(because, "because", "Enter why it is corrected."),
        at=timezone.now(),
        by=by,
    )
    history.record("case.decision_corrected", case, by=by, details={"decision": decision.pk})
    return correction
