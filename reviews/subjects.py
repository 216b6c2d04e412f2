"""A case as grants, exclusions and emergencies know it: nobody may learn that it is there without a grant."""

from meetings import years
from partnerships.granting import subjects
from partnerships.models import Grant
from partnerships.roles import Act
from partnerships.story import kinds
from reviews import actions
from reviews.models import Audit, Case, Referral


def find_by_reference(typed):
    """
    The case whose reference somebody typed, for emergency access; None where there is none.

    Nobody sees it by this: asking for it and confirming ask for themselves whether that person may. Capitals and
    spaces around do not matter.
    """
    cases = Case.objects.regardless("emergency access is asked for something that one does not see")
    return cases.filter(reference=typed.strip().upper()).first()


CASE = subjects.Subject(
    model=Case,
    noun="case",
    path="cases",
    invitation="Let somebody in to this case",
    list_address="/cases/",
    asks_afresh=True,
    opened=actions.note_read,
    kinds=frozenset({Grant.Kind.PANEL_MEMBER, Grant.Kind.REVIEWER, Grant.Kind.CASE_LEAD, Grant.Kind.EMERGENCY}),
    opens=tuple((act, act.value) for act in (Act.READ_CASE, Act.READ_CASE_PEOPLE, Act.MANAGE_CASE)),
    title=lambda case: case.reference,
    address=lambda case: case.get_absolute_url(),
    hides_existence=True,
    manage=Act.MANAGE_CASE,
    find_by_reference=find_by_reference,
)


REFERRAL = subjects.Subject(
    model=Referral,
    noun="referral",
    path="referrals",
    asks_afresh=True,
    opened=actions.note_referral_read,
    kinds=frozenset(),  # nobody is let in to a referral; what it becomes is a case
    title=str,
    address=lambda referral: referral.get_absolute_url(),
    hides_existence=True,
    manage=Act.REGISTER_CASES,
)


def register():
    """Make cases, and referrals before them, known to grants and exclusions; and audits to the history."""
    subjects.register(CASE)
    subjects.register(REFERRAL)
    kinds.register(
        kinds.Kind(
            model=Audit,
            noun="yearly audit",
            visible=Audit.objects.visible_to,
            title=lambda audit: f"the audit of the rapid reviews of {years.short(audit.year)}",
            address=lambda audit: audit.get_absolute_url(),
        )
    )
