"""The pages of cases as plain Django would have them: instances, their relations, stock templates."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from partnerships.models import Exclusion, Grant, Person
from records.models import Event
from reviews.models import Case, CaseDeadline

LABEL = "reviews.Case"
LAW = {
    "SIN-1": ("Notify the National Panel", "5 working days, statutory guidance", True),
    "SIN-2": ("Tell the safeguarding partners", "5 working days, statutory guidance", True),
    "RR-1": ("Send the rapid review", "15 working days, statutory guidance", False),
}
PLACES = (
    ("council", "Director of Children's Services, the council"),
    ("health", "Chief Nurse or designated lead for children, the integrated care board"),
    ("police", "Detective Chief Inspector or Inspector, the police"),
)


def _mine(user):
    """The ids of the cases that somebody is on."""
    now = timezone.now()
    grants = Grant.objects.filter(person__user=user, subject=LABEL, starts_at__lte=now, ends_at__gt=now)
    return grants.values("subject_id")


def _with_words(deadlines, today):
    """Each deadline with what it is and where it stands; days alone, since stock Django counts no working days."""
    for one in deadlines:
        one.what, one.limit, one.is_verified = LAW[one.code]
        one.left = (one.due_on - today).days
    return deadlines


@login_required
def deadlines(request):
    """Fifty deadlines of one's cases: session, account, how many, rows, and the counts above them."""
    today = timezone.localdate()
    found = CaseDeadline.objects.filter(case__in=_mine(request.user), case__closed_at=None)
    unmet = found.filter(met_on=None)
    rows = unmet.select_related("case").order_by("due_on", "case__reference", "code")
    context = {
        "deadlines": _with_words(list(rows[:50]), today),
        "open": unmet.count(),
        "missed": unmet.filter(due_on__lt=today).count(),
        "held": unmet.exclude(held_since=None).count(),
    }
    return render(request, "floor/deadlines.html", context)


@login_required
def case(request, public_id):
    """One case: session, account, case, deadlines, panel, decisions, people, exclusions, readers, history."""
    found = get_object_or_404(Case, public_id=public_id, pk__in=_mine(request.user))
    today, now = timezone.localdate(), timezone.now()
    about = {"target": LABEL, "target_id": found.pk}
    Event.objects.create(at=now, area_id=found.area_id, actor_id=request.user.pk, verb="case.read", fields={}, **about)
    grants = Grant.objects.filter(subject=LABEL, subject_id=found.pk, starts_at__lte=now, ends_at__gt=now)
    named = {place.key: place.person for place in found.panel.select_related("person__agency")}
    events = Event.objects.filter(**about)
    readers = list(
        events.filter(verb="case.read").values("actor_id").annotate(times=Count("id"), last=Max("at")).order_by("-last")
    )
    done = list(events.exclude(verb="case.read").order_by("-id")[:10])
    accounts = {row["actor_id"] for row in readers} | {event.actor_id for event in done}
    posts = {person.user_id: person.post for person in Person.objects.filter(user__in=accounts)}
    for row in readers:
        row["post"] = posts.get(row["actor_id"])
    for event in done:
        event.post = posts.get(event.actor_id)
    context = {
        "case": found,
        "deadlines": _with_words(list(found.deadlines.order_by("due_on", "code")), today),
        "known": found.dates.first(),
        "places": [(words, named.get(key)) for key, words in PLACES],
        "decisions": list(found.decisions.order_by("-id")),
        "people": list(
            grants.select_related("person__agency", "proposed_by", "approved_by", "second").order_by(
                "kind", "proposed_at"
            )
        ),
        "to_come": list(Grant.objects.filter(subject=LABEL, subject_id=found.pk, starts_at=None)),
        "excluded": list(Exclusion.objects.filter(subject=LABEL, subject_id=found.pk).select_related("person__agency")),
        "readers": readers,
        "done": done,
        "mine": request.user.pk,
    }
    return render(request, "floor/case.html", context)
