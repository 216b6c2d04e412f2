"""The page of a case, as values that its template puts in their place."""

from partnerships.granting import rules, subjects
from partnerships.standing import standing_of
from partnerships.story import sight, telling
from reviews import access, kinds, panel_reading, queries, referral_reading, rows, time_reading
from reviews.models import Case

LINES = 10


def find(user, public_id):
    """The case with this address, if ``user`` is on it; None otherwise."""
    return Case.objects.visible_to(user).filter(public_id=public_id).first()


def page(case, user, now):
    """Everything that ``user`` sees of ``case``; what was done and read is for those who keep it."""
    subject = subjects.of(case)
    on_it = queries.people_on(case, now)
    keeps = access.may_manage(user, case)
    dates = queries.dates_of(case)
    return {
        "case": case,
        "href": case.get_absolute_url(),
        "kind": case.get_kind_display(),
        "time": time_reading.in_short(case, dates),
        "panel": panel_reading.places(case),
        "decisions": panel_reading.decisions(case),
        "state": rows.state_tag(case),
        "registered": rows.moment(case.registered_at),
        "closed": rows.moment(case.closed_at) if case.closed_at else "",
        "people": [rows.on_it(grant) for grant in on_it],
        "mine": [rows.on_it(grant) for grant in on_it if grant.person_id == standing_of(user).person.pk],
        "emergency": (access.LABEL, case.pk) in standing_of(user).emergencies,
        "withdraw_href": subject.address_for(case, "withdraw"),
        "may": {
            "read_people": access.may_read_people(user, case),
            "change": access.may_change(user, case),
            "reopen": access.may_reopen(user, case),
            "take_over": access.may_take_over(user, case),
        },
        "keeping": _keeping(case, user, now) if keeps else None,
        "alike": referral_reading.waiting_like(case, dates.get(kinds.of(case).begins), user) if keeps else [],
    }


def _keeping(case, user, now):
    """What those who keep a case see beside it."""
    subject = subjects.of(case)
    readers = queries.readers_of(case)
    posts = queries.posts_of(account for account, *_rest in readers)
    return {
        "to_come": [rows.to_come(grant, now) for grant in queries.people_to_come(case, now)],
        "excluded": [rows.excluded(exclusion) for exclusion in queries.exclusions_from(case, now)],
        "readers": [rows.reader(*reader, posts) for reader in readers],
        "events": telling.told(user, sight.of_kept(case)[:LINES], here=case),
        "let_in_href": subject.address_for(case, "let-in"),
        "exclude_href": subject.address_for(case, "exclude") if rules.may_exclude(user, case) else "",
    }
