"""
The rows of the run: three areas of the same making, with few, the usual and many of everything.

``python -m bench.world`` fills an empty database that has the portal's tables, and prints what the other parts need to
know of it. The rows come from the factories of the tests, written in bulk.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass

import django
from django.utils import timezone

LONG_AGO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
RULES = """\
quorum: at least one representative from each of MKCC, BLMK ICB and TVP
votes: more for than against
deputies: count
remote: counts
scope: at each item and at each vote
"""
AGENCIES = (
    ("MKCC", "Milton Keynes City Council"),
    ("BLMK ICB", "Bedfordshire, Luton and Milton Keynes Integrated Care Board"),
    ("TVP", "Thames Valley Police"),
    ("MKUHFT", "Milton Keynes University Hospital NHS Foundation Trust"),
    ("CNWL", "Central and North West London NHS Foundation Trust"),
    ("NPS", "Probation Service"),
    ("BFRS", "Buckinghamshire Fire and Rescue Service"),
    ("SCAS", "South Central Ambulance Service NHS Foundation Trust"),
    ("DWP", "Department for Work and Pensions"),
    ("Healthwatch", "Healthwatch Milton Keynes"),
    ("Voluntary", "Community Action Milton Keynes"),
    ("Oakhill", "Oakhill Secure Training Centre"),
)
TOPICS = (
    "Performance and quality assurance: the dataset of the quarter",
    "Learning from rapid reviews and case reviews",
    "Neglect: progress of the strategy and its measures",
    "Exploitation and missing children: findings of the audit",
    "Mental capacity: practice in hospital discharge",
    "Risk register and matters raised by partners",
    "Training: attendance, evaluation and the plan for next year",
)
POSTS = ("Head of Safeguarding", "Director of Adults' Services", "Designated Nurse, Safeguarding", "LPA Commander")


@dataclass(frozen=True)
class Size:
    """How much of everything an area has."""

    name: str
    items: int
    seats: int
    actions: int
    decisions: int
    listed: int


SIZES = (
    Size("few", 3, 3, 3, 3, 3),
    Size("usual", items=20, seats=20, actions=12, decisions=8, listed=50),
    Size("many", 300, 300, 300, 300, 300),
)


@dataclass(frozen=True)
class Known:
    """What the run needs to know of an area: where its pages are, who reads them, and words that they must show."""

    area: int
    meeting: str
    meeting_pk: int
    seats: list[int]
    words: list[str]
    portal_session: str
    floor_session: str


def fill(sizes=SIZES):
    """Make an area of each size and return what is known of each, by name."""
    return {size.name: _area(size) for size in sizes}


def _area(size):
    from tests import factories as make

    area = make.AreaFactory(
        name=f"Area with {size.name}",
        slug=size.name,
        code=size.name.upper(),
        sample_notice="Sample: rows of a measurement",
    )
    agencies = _bulk(
        make.AgencyFactory,
        (
            {"area": area, "short_name": short, "name": name, "slug": f"agency-{n}"}
            for n, (short, name) in numbered(AGENCIES)
        ),
    )
    clerk = make.OfficeFactory(person__area=area, person__agency=agencies[0]).person
    bodies = [make.BodyFactory(area=area, name=f"Working Group for Topic {n}") for n in range(6)]
    make.TermsOfReferenceFactory(body=bodies[0], rules=RULES)
    meeting = _meeting_in_session(bodies[0], clerk)
    seats, people = _places(size, meeting, agencies, clerk.user)
    shown = [*seats, *_business(size, meeting, people, clerk.user)]
    _calendar(size.listed - 1, bodies, people)
    return Known(
        area=area.pk,
        meeting=str(meeting.public_id),
        meeting_pk=meeting.pk,
        seats=[seat.pk for seat in seats],
        words=[
            next(getattr(row, name) for name in ("title", "wording", "what") if hasattr(row, name)) for row in shown
        ],
        portal_session=_session(clerk.user, "partnerships.accounts.Backend"),
        floor_session=_session(clerk.user, "django.contrib.auth.backends.ModelBackend"),
    )


def numbered(rows):
    """``rows`` with their numbers from one."""
    return enumerate(rows, start=1)


def _bulk(factory, rows):
    """Many rows of one model in one statement."""
    return factory._meta.model.objects.bulk_create([factory.build(**row) for row in rows])


def _meeting_in_session(body, clerk):
    from tests import factories as make

    return make.MeetingFactory(
        body=body,
        opened=True,
        clerk=clerk.user,
        mode="hybrid",
        place="Civic Offices, Room 1.02",
        presiding=clerk,
        note="Papers were sent five working days before.",
        quorum_status="quorate",
        quorum_sentence="Quorate: MKCC, BLMK ICB and TVP are represented.",
        quorum_since=timezone.now(),
    )


def _places(size, meeting, agencies, user):
    """Places, and their members, with deputies, replies and attendance: one in five away, one in six late."""
    from tests import factories as make

    of = [agencies[n % len(agencies)] for n in range(size.seats)]
    seats = _bulk(
        make.SeatFactory,
        (
            {"body": meeting.body, "agency": agency, "title": f"{POSTS[n % 4]}, place {n}", "order": n}
            for n, agency in numbered(of)
        ),
    )
    people = _people(make, meeting.area, of, "member")
    deputies = _people(make, meeting.area, of, "deputy")
    pairs = list(zip(seats, people, strict=True))
    _bulk(make.AppointmentFactory, ({"seat": seat, "person": person} for seat, person in pairs))
    _bulk(
        make.NamedDeputyFactory,
        ({"seat": seat, "person": person} for seat, person in list(zip(seats, deputies, strict=True))[::2]),
    )
    _bulk(make.ReplyFactory, ({"meeting": meeting, "seat": seat} for seat in seats))
    entries = _bulk(
        make.AttendanceFactory,
        (
            {"meeting": meeting, "seat": seat, "recorded_by": user, **_came(n, who)}
            for n, (seat, who) in numbered(pairs)
        ),
    )
    _bulk(make.PresenceFactory, ({"attendance": entry} for entry in entries[::6]))
    return seats, people


def _people(make, area, agencies, part):
    return _bulk(
        make.PersonFactory,
        (
            {"area": area, "agency": agency, "post": f"{POSTS[n % 4]}, {agency.short_name}, {part} {n}"}
            for n, agency in numbered(agencies)
        ),
    )


def _came(number, person):
    """The fifth, tenth, … sent apologies; every other was there, a third of them remotely."""
    if number % 5 == 0:
        return {"filled_by": "nobody", "person": None, "how": "", "why_not": "apologies", "reason": "On leave"}
    return {"person": person, "how": "remote" if number % 3 == 0 else "room"}


def _business(size, meeting, people, user):
    """Items, with decisions and actions on the first of them; all three are returned."""
    from tests import factories as make

    items = _bulk(
        make.AgendaItemFactory, (_item(meeting, n, done=n <= size.items // 2) for n in range(1, size.items + 1))
    )
    decisions = _bulk(
        make.DecisionFactory,
        (
            {
                "item": items[n % size.items],
                "by": user,
                "wording": f"The plan of paper {n} was agreed, and a report is due at the meeting after next.",
                "reason": "Carried: more votes for than against.",
            }
            for n in range(size.decisions)
        ),
    )
    actions = _bulk(
        make.ActionFactory,
        (_action(n, items[n % size.items], people[n % len(people)]) for n in range(size.actions)),
    )
    return [*items, *decisions, *actions]


def _item(meeting, number, *, done):
    return {
        "meeting": meeting,
        "number": number,
        "title": f"{TOPICS[number % len(TOPICS)]}, part {number}",
        "purpose": ("decide", "discuss", "note")[number % 3],
        "lead": POSTS[number % 4],
        "minutes": 10,
        "recommendation": f"That the group agrees the plan of paper {number} and receives a report in six months.",
        "note": f"Members discussed paper {number} and thanked its authors." if done else "",
        "done_at": timezone.now() if done else None,
    }


def _action(number, item, owner):
    days = number % 40 - 5
    return {
        "item": item,
        "meeting": item.meeting,
        "body": item.meeting.body,
        "owner": owner,
        "what": f"Bring the report on matter {number} with the figures of each partner to the next meeting",
        "due_on": timezone.localdate() + dt.timedelta(days=days),
    }


def _calendar(number, bodies, people):
    """Meetings of the coming months, in turn of each group."""
    from tests import factories as make

    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    _bulk(
        make.MeetingFactory,
        (
            {
                "body": bodies[n % len(bodies)],
                "starts_at": noon + dt.timedelta(days=3 * n),
                "mode": ("virtual", "in person", "hybrid")[n % 3],
                "presiding": people[n % len(people)],
            }
            for n in range(1, number + 1)
        ),
    )


def _session(user, backend):
    """A session in which ``user`` is signed in, as the settings with that backend will find it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def main():
    """Make tables and rows, tell the planner of them, and print what is known."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        known = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps({name: asdict(area) for name, area in known.items()}))


if __name__ == "__main__":
    main()
