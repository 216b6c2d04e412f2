"""Who the people in a case are: entered, changed, taken out and read. The history says that, and never what."""

from django.db import transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from partnerships.standing import standing_of
from records import history
from reviews.actions.checks import changeable
from reviews.models import Case, CasePerson
from reviews.rules import details

FIELDS = ("part", "name", "born", "died", "nhs_number", "other_numbers")


@transaction.atomic
def enter_person(case, values, *, by):
    """
    Enter somebody in a case; ``values`` maps the names of FIELDS to what was typed.

    Raises Refusal, at the field: without a name, for a death before birth, a day ahead, and a number that is none.
    """
    case = changeable(case, by)
    person = CasePerson(case=case, entered_at=timezone.now(), entered_by=by, **_whole(values))
    person.save(force_insert=True)
    history.record("case.person_entered", case, by=by, details={"person": person.pk})
    return person


@transaction.atomic
def change_person(person, values, *, by):
    """Change what is kept of somebody in a case. Raises Refusal as ``enter_person`` does."""
    case = changeable(person.case, by)
    whole = _whole(values)
    changed = [name for name in FIELDS if getattr(person, name) != whole[name]]
    for name in changed:
        setattr(person, name, whole[name])
    if changed:
        person.save(update_fields=changed)
        history.record("case.person_changed", case, by=by, details={"person": person.pk, "fields": len(changed)})
    return person


@transaction.atomic
def remove_person(person, *, by):
    """Take somebody out who was entered in error. Nothing of them is kept."""
    case = changeable(person.case, by)
    history.record("case.person_removed", case, by=by, details={"person": person.pk})
    person.delete()


def note_details_read(case, *, by, method="GET"):
    """Write down that ``by`` was shown who the people in the case are, and whether by emergency access."""
    emergency = (Case._meta.label, case.pk) in standing_of(by).emergencies
    told = {"emergency": True} if emergency else None
    history.read(case, by=by, verb="case.details_read", method=method, details=told)


def _whole(values):
    whole = {name: values.get(name) for name in FIELDS}
    for name in ("name", "nhs_number", "other_numbers"):
        whole[name] = (whole[name] or "").strip()
    if not whole["name"]:
        raise Refusal("Enter a name, or “not known”.", "name")
    if whole["part"] not in CasePerson.Part.values:
        raise Refusal("Choose what they are in the case.", "part")
    if fault := details.fault_of_days(whole["born"], whole["died"], timezone.localdate()):
        field, sentence = fault
        raise Refusal(sentence, field)
    if whole["nhs_number"]:
        if sentence := details.fault_of_nhs_number(whole["nhs_number"]):
            raise Refusal(sentence, "nhs_number")
        whole["nhs_number"] = details.nhs_digits(whole["nhs_number"])
    return whole
