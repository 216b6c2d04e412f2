"""Every page of the sample, by those who see it, at a desk and on a phone: axe finds nothing, nothing is too wide."""

import datetime as dt
import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from PIL import Image

from finance import actions as finance_actions
from finance.models import FinancialYear
from meetings import actions
from meetings.models import AgendaItem, Decision, Meeting
from meetings.sample import accounts
from meetings.sample.loading import load
from partnerships.granting import actions as granting
from partnerships.models import AccessReview, Grant, Person
from records import jobs
from records.models import Job, User
from reports import actions as reporting
from reports import pictures
from reports.models import Report
from reviews import actions as reviewing
from reviews.models import Case, Referral
from tests.factories import PersonFactory
from tests.visitors import confirm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Contrast takes axe longer than all else, and no colour of ours depends on the width: it is asked for once. What only a
# phone shows, such as the menu, the page of styles has, where it is asked for at both (tests/front/).
WIDTHS = {1280: {}, 390: {"color-contrast": {"enabled": False}}}


def signed_in_as(browser, live_server, name):
    """A browser in which somebody of the sample is signed in; nobody, without a name."""
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    if name:
        client = Client()
        client.force_login(User.objects.get(email=f"{name}@mktogether.example"))
        confirm(client, accounts.PASSWORD)
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "domain": "localhost",
                    "path": "/",
                    "secure": True,
                }
            ]
        )
    return context


def pages_of():
    """Addresses by who opens them; each kind of page once."""
    held = Meeting.objects.filter(body__slug="assurance", closed_at__isnull=False).latest("starts_at")
    coming = Meeting.objects.filter(body__slug="assurance", closed_at=None, cancelled_at=None).latest("starts_at")
    month = Meeting.objects.filter(date_precision="month").latest("starts_at")
    cancelled = Meeting.objects.filter(cancelled_at__isnull=False).first()
    chair = User.objects.get(email="chair.assurance@mktogether.example")
    actions.open_meeting(coming, by=chair)
    item = coming.items.filter(confidential=False).first()
    actions.put_decision(coming, item, "Noted.", by=chair, how="noted")
    decision = Decision.objects.get(meeting=coming)
    job = actions.request_minutes(held, by=chair)
    jobs.run(job.pk)
    waiting = Job.objects.filter(state="waiting").first() or actions.request_minutes(coming, by=chair)
    seat = coming.body.seats.first()
    person = Person.objects.get(user__email="deputy.cnwl@mktogether.example")
    holding = person.deputisings.first()
    reviews = AccessReview.objects.filter(agency__short_name="CNWL")
    line = reviews.get(closed_at=None).lines.filter(answer="").first()
    live = f"{coming.get_absolute_url()}live/"
    presented = AgendaItem.objects.get(title="Multi-agency audit of neglect", meeting=coming)
    about = f"/access/items/{presented.public_id}"
    withdrawn = granting.exclude(
        presented,
        coming.body.seats.last().appointments.first().person,
        "Works there.",
        by=User.objects.get(email="team.officer@mktogether.example"),
    )
    waiting_grant = Grant.objects.get(kind="presenter", starts_at=None)
    in_force = Grant.objects.get(kind="presenter", starts_at__isnull=False)
    case = Case.objects.get(reference="MK-2024-C-001").get_absolute_url()
    closed = Case.objects.get(reference="MK-2024-R-001").get_absolute_url()
    manager = User.objects.get(email="business.manager@mktogether.example")
    kept_out = Person.objects.get(post="Named Midwife")
    exclusion = granting.exclude(Case.objects.get(reference="MK-2024-C-001"), kept_out, "A relative.", by=manager)
    off = PersonFactory(area=kept_out.area, agency=kept_out.agency, with_account=True, user__is_active=False)
    receipt = _receipt()
    report = _a_draft()
    section = report.sections.get(title=ITS_SECTION).get_absolute_url()
    return {
        None: [
            "/", "/reports/", "/sign-in/", "/password/reset/", "/worried/", "/accessibility/", "/privacy/",
            "/cookies/", "/no/",
        ],
        "chair.assurance": [
            "/", "/meetings/", "/meetings/?state=past", "/actions/", "/boards/", coming.body.get_absolute_url(),
            coming.get_absolute_url(), live, f"{live}?item=2", f"{live}rule/", f"{live}close/",
            f"{live}places/{seat.pk}/", f"{live}decisions/{decision.pk}/remove/", held.get_absolute_url(),
            f"{held.get_absolute_url()}minutes/", job.get_absolute_url(), waiting.get_absolute_url(),
            "/account/password/", "/me/calendars/new/", f"/me/calendars/{coming.body.slug}/new/",
        ],
        "team.officer": [
            "/access/grants/", "/access/grants/?state=over", presented.get_absolute_url(), f"{about}/let-in/",
            f"{about}/exclude/", f"{about}/withdraw/", f"/access/exclusions/{withdrawn.public_id}/end/",
            "/access/boards/safeguarding-partnership/let-in/", in_force.get_absolute_url(),
            f"{in_force.get_absolute_url()}end/", "/access/declared/", "/boards/safeguarding-partnership/",
        ],
        "chair.partnership": ["/", waiting_grant.get_absolute_url(), f"{waiting_grant.get_absolute_url()}refuse/"],
        "guest.author": ["/", presented.get_absolute_url(), "/access/grants/"],
        "guest.project": ["/"],
        "lay.member": ["/", "/meetings/"],
        "business.manager": [
            "/boards/", "/boards/management-board-2021-22/", "/boards/risk-board-2021-22/",
            "/boards/management-board-2021-22/representation/", "/boards/delivery/representation/?order=lowest",
            "/boards/representation/", "/meetings/how-often/", "/partners/", "/partners/mkcc/", "/arrangements/",
            "/arrangements/handbook-2024/", "/arrangements/mk-together-2017-18/to/handbook-2024/",
            month.get_absolute_url(), f"{month.get_absolute_url()}minutes/",
            *_pages_of_the_draft(report), "/", "/meetings/", "/meetings/new/",
            f"{coming.get_absolute_url()}change/", cancelled.get_absolute_url(),
            "/cases/", "/cases/new/", case, f"{case}change/", f"{case}close/",
            f"/access{case}exclude/", f"/access{case}withdraw/", f"/access/exclusions/{exclusion.public_id}/end/",
            f"{case}reads/", f"{case}history/", *_of_cases(manager),
            closed, f"{closed}reopen/", f"/access{case}let-in/", "/account/confirm/",
            "/access/", "/access/roles/", "/people/", "/people/?q=nobody", person.get_absolute_url(),
            f"{person.get_absolute_url()}leave/", f"{person.get_absolute_url()}end/deputising/{holding.pk}/",
            f"{off.get_absolute_url()}switch-on/", f"{coming.body.get_absolute_url()}access/", "/access/reviews/",
            "/access/reviews/begin/",
            reviews.exclude(closed_at=None).get().get_absolute_url(),
        ],
        "admin.cnwl": [
            "/", "/me/", "/access/", "/people/", "/access/reviews/", reviews.get(closed_at=None).get_absolute_url(),
            f"{line.get_absolute_url()}end/",
        ],
        "member.tvp": [
            "/cases/", case, "/cases/refer/", "/cases/receipts/", receipt, "/money/", "/money/2021-22/",
            "/money/2021-22/figures/carried-forward/",
        ],
        "finance": _money(),
        "scrutineer": [
            "/", section, f"{section}?paragraph=section", f"{section}changes/",
            held.get_absolute_url(), "/cases/", "/access/emergency/", *_in_an_emergency(held),
        ],
        "deputy.cnwl": ["/", coming.get_absolute_url(), "/me/", "/access/roles/"],
        "system": ["/", "/boards/"],
    }  # fmt: skip


def _of_cases(manager):
    """The time of cases, their panels and people, and referrals."""
    held = Case.objects.get(reference="MK-2024-C-002")
    part = held.get_absolute_url()
    decision = held.decisions.get().get_absolute_url()
    whole = {"part": "subject", "name": "SAMPLE", "nhs_number": "943 476 5919"}
    person = reviewing.enter_person(held, whole, by=manager)
    waiting = Referral.objects.filter(decided_at=None).get().get_absolute_url()
    return [
        part, f"{part}deadlines/", f"{part}dates/1/", f"{part}dates/2/remove/", f"{part}resume/", f"{part}panel/",
        f"{part}decide/", decision, f"{decision}correct/", f"{part}people/", f"{part}people/new/",
        f"/cases/people/{person.public_id}/change/", f"/cases/people/{person.public_id}/remove/",
        f"{Case.objects.get(reference='MK-2024-A-001').get_absolute_url()}hold/",
        f"{Case.objects.get(reference='MK-2024-C-003').get_absolute_url()}deadlines/3/why/",
        "/cases/deadlines/", "/cases/deadlines/?which=held", "/cases/referrals/?state=all", waiting,
        f"{waiting}accept/", f"{waiting}close/",
    ]  # fmt: skip


def _receipt():
    """Of a referral that somebody of the sample sent."""
    sender = User.objects.get(email="member.tvp@mktogether.example")
    agencies = [sender.person.agency]
    sent = reviewing.refer("adult", "SAMPLE: adult", known_on=dt.date(2025, 3, 3), agencies=agencies, by=sender)
    return sent.receipt_url


def _money():
    """Every kind of page of money, with something removed that can be brought back."""
    year = FinancialYear.objects.get(name="2021-22")
    here, paid, line = year.get_absolute_url(), year.contributions.first(), year.lines.last()
    finance_actions.remove_line(line, by=User.objects.get(email="finance@mktogether.example"))
    return [
        "/money/", "/money/new/", here, f"{here}?strand=adults&sort=partner", "/money/2024-25/",
        f"{here}contributions/new/", paid.get_absolute_url(), f"{paid.get_absolute_url()}remove/",
        f"{here}lines/new/", year.lines.first().get_absolute_url(), f"{here}printed/new/",
        f"{here}figures/contributions/", f"{here}figures/carried-forward/", f"{here}figures/partner-mkcc/",
        f"{here}figures/contributions/explain/", f"{here}figures/contributions/printed/",
        f"{here}figures/contributions/printed/remove/", f"/history/of/contribution/{paid.pk}/",
    ]  # fmt: skip


ITS_SECTION = "What safeguarding is"
ITS_PARTS = ("making", "comments", "images", "figures", "propose")


def _a_draft():
    """The draft of the sample, with a comment on a section that changed since it was read, and a picture."""
    report = Report._base_manager.get(slug="mk-2021-22")
    manager, scrutineer = (
        User.objects.get(email=f"{name}@mktogether.example") for name in ("business.manager", "scrutineer")
    )
    section = report.sections.get(title=ITS_SECTION)
    reporting.mark_read(section, by=scrutineer, number=1)
    reporting.comment(section, "challenge", "What changed for children?", by=scrutineer, seen=1)
    reporting.save_section(section, f"{section.text}\n\nMore is to come.", by=manager, seen=1)
    drawing = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(drawing, "PNG")
    drawing.seek(0)
    reporting.add_picture(report, pictures.made_small(drawing), "A bench by the river", by=manager)
    return report


def _pages_of_the_draft(report):
    section = report.sections.get(title=ITS_SECTION)
    comment = section.comments.get()
    parts = ("", "?paragraph=section", "edit/", "versions/", "versions/1/")
    return [
        "/reports/",
        *(f"{report.get_absolute_url()}{part}/" for part in ITS_PARTS),
        *(f"{section.get_absolute_url()}{part}" for part in parts),
        f"/reports/comments/{comment.public_id}/answer/",
        f"/reports/images/{report.images.get().public_id}/remove/",
    ]


def _in_an_emergency(meeting):
    """With the banner that every page bears meanwhile."""
    scrutineer = User.objects.get(email="scrutineer@mktogether.example")
    chair = User.objects.get(email="chair.partnership@mktogether.example")
    grant = granting.ask_for_emergency(meeting, by=scrutineer, second=chair.person, reason="An inspector asks today.")
    granting.approve_grant(grant, by=chair)
    return ["/boards/", grant.get_absolute_url()]


def test_every_page_is_accessible_and_fits(browser, live_server):
    load()
    problems = []

    def note_error(error):
        problems.append(f"script: {error}")

    for name, addresses in pages_of().items():
        context = signed_in_as(browser, live_server, name)
        page = context.new_page()
        page.on("pageerror", note_error)
        for address in addresses:
            answer = page.goto(address)
            for width, rules in WIDTHS.items():  # as when a window is made narrow or a tablet is turned
                page.set_viewport_size({"width": width, "height": 900})
                problems += look(page, answer, f"{name} {address} at {width}", rules)
        context.close()
    assert not problems, "\n".join(problems)


def look(page, answer, where, rules):
    """What is wrong with the page, in a line each; ``rules`` says which of axe's are left out."""
    expected = 404 if "/no/" in where else 200
    found = [] if answer.status == expected else [f"{where}: {answer.status}"]
    options = {"resultTypes": ["violations"], "rules": rules}
    for violation in Axe().run(page, options=options).response["violations"]:
        targets = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
        found.append(f"{where}: {violation['id']} {targets}")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{where}: wider than the screen")
    dead = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(id))"
    )
    return found + [f"{where}: a link leads nowhere, #{target}" for target in dead]
