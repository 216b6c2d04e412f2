"""
What the four documents state: every place, quorum, month and deadline, asserted from the loaded data.

The figures are those of the Handbook of October 2024, the annual report of 2021-22, “Welcome to MK Together
2017/18” and the Luton arrangements of 2024.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from partnerships import rules
from partnerships.models import (
    Agency,
    AgencyAlias,
    Appointment,
    Arrangement,
    Body,
    Line,
    NamedDeputy,
    Person,
    RelevantAgency,
    Seat,
    SpecifiedRole,
    TermsOfReference,
)
from tests.partnerships.arrangements import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
HANDBOOK, OF_2021, OF_2017, LUTON = "handbook-2024", "arrangements-2021-22", "mk-together-2017-18", "luton-2024"
NOT_STATED = None


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """All four, loaded once for the tests of this file, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        files.load_all()
        yield
        transaction.set_rollback(True)


def terms_of(edition, key):
    return TermsOfReference.objects.select_related("body").get(arrangement__key=edition, body__slug=key)


def seats_of(edition, key):
    terms = terms_of(edition, key)
    at = timezone.make_aware(dt.datetime.combine(terms.arrangement.first_day, dt.time(12)))
    return list(Seat.objects.filter(body=terms.body).in_force(at).select_related("agency").order_by("order"))


def members_of(edition, key):
    return [seat for seat in seats_of(edition, key) if not seat.in_attendance]


def by_agency(edition, key):
    found = {}
    for seat in members_of(edition, key):
        found[seat.agency.short_name] = found.get(seat.agency.short_name, 0) + 1
    return found


def quorum_of(edition, key):
    """The quorum in plain English, as the rule language prints it; not stated where it is not."""
    return rules.parse_terms(terms_of(edition, key).rules).text()


# --- The Handbook of October 2024 ---


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("safeguarding-partnership", 18),
        ("safer-mk", 17),
        ("health-and-care-partnership", 18),
        ("lead-safeguarding-partners", 3),
        ("case-review-panel", 5),
        ("assurance", 12),
        ("delivery", 13),
        ("review", 8),
        ("child-death", 9),
        ("task-and-finish-groups", 0),
        ("education-forums", 0),
        ("domestic-abuse-strategic-partnership", 0),
    ],
)
def test_the_places_of_the_handbook(key, number):
    assert len(members_of(HANDBOOK, key)) == number


def test_the_places_of_the_safeguarding_partnership_by_agency():
    assert by_agency(HANDBOOK, "safeguarding-partnership") == {
        "MKCC": 5, "BLMK ICB": 2, "TVP": 2, "MKUHFT": 2, "CNWL": 2,
        "BFRS": 1, "NPS": 1, "VSA": 1, "HMP Woodhill": 1, "Oakhill STC": 1,
    }  # fmt: skip
    assumed = [seat.agency.short_name for seat in members_of(HANDBOOK, "safeguarding-partnership") if seat.number]
    assert assumed == ["BFRS", "NPS", "VSA", "HMP Woodhill", "Oakhill STC"]


def test_the_five_authorities_of_safer_mk_vote_and_nobody_else():
    voters = [(seat.agency.short_name, seat.classes) for seat in members_of(HANDBOOK, "safer-mk") if seat.votes]
    assert sorted(voters) == [
        (short, ["responsible authority"]) for short in ("BFRS", "BLMK ICB", "MKCC", "NPS", "TVP")
    ]
    instead = {seat.key for seat in seats_of(HANDBOOK, "safer-mk") if seat.alternate == "nominated representative"}
    assert instead == {"council", "icb", "bfrs", "nps", "dcs", "dph"}


def test_the_councillors_of_health_and_care():
    seats = members_of(HANDBOOK, "health-and-care-partnership")
    assert sum("councillor" in seat.classes for seat in seats) == 4
    assert [seat.key for seat in seats if seat.political_group] == ["portfolio", "opposition", "minority"]
    assert {seat.key for seat in seats if seat.alternate == "representative"} == {"icb-chief", "mkuhft", "cnwl"}


GROUPS = ("assurance", "delivery", "review", "child-death")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("safeguarding-partnership", "quorum: one from each of MKCC, BLMK ICB, TVP, MKUHFT and CNWL"),
        ("safer-mk", "quorum: four different responsible authorities"),
        ("health-and-care-partnership", "quorum: six members, of whom no more than half may be councillors"),
        *((key, "quorum: one from each of MKCC, BLMK ICB and TVP") for key in GROUPS),
    ],
)
def test_the_quorum_of_the_handbook(key, words):
    assert words in quorum_of(HANDBOOK, key).replace("at least ", "")


def test_money_in_safer_mk_needs_every_authority():
    assert "votes for financial decisions: (every responsible authority) in favour" in quorum_of(HANDBOOK, "safer-mk")


@pytest.mark.parametrize("key", ["lead-safeguarding-partners", "case-review-panel", "task-and-finish-groups"])
def test_no_quorum_is_stated_of_the_small_bodies(key):
    assert terms_of(HANDBOOK, key).rules == ""


@pytest.mark.parametrize(
    ("key", "number", "at_least", "months", "mode"),
    [
        ("safeguarding-partnership", 4, False, [4, 7, 10, 1], "usually virtual"),
        ("safer-mk", 3, False, [7, 11, 3], "in person"),
        ("health-and-care-partnership", 4, False, [6, 9, 12, 3], "in person"),
        ("lead-safeguarding-partners", 1, True, [], ""),
        ("case-review-panel", NOT_STATED, False, [], ""),
        ("assurance", 6, True, [], "virtual"),
        ("delivery", 12, False, list(range(1, 13)), "virtual"),
        ("review", 6, True, [], "virtual"),
        ("child-death", 4, False, [], "virtual"),
    ],
)
def test_how_often_and_how_the_boards_of_the_handbook_meet(key, number, at_least, months, mode):
    terms = terms_of(HANDBOOK, key)
    assert (terms.meetings_a_year, terms.at_least, terms.months, terms.mode) == (number, at_least, months, mode)


def test_the_rest_of_the_frequency_in_the_handbook():
    assert terms_of(HANDBOOK, "safeguarding-partnership").in_person_a_year == 1
    assert terms_of(HANDBOOK, "health-and-care-partnership").months_are_usual
    assert not terms_of(HANDBOOK, "safer-mk").months_are_usual
    public = {terms.body.slug: terms.is_public for terms in TermsOfReference.objects.filter(arrangement__key=HANDBOOK)}
    assert {key for key, value in public.items() if value} == {"safer-mk", "health-and-care-partnership"}
    assert {key for key, value in public.items() if value is False} == set()


def test_the_agenda_cycle_of_safer_mk():
    cycle = terms_of(HANDBOOK, "safer-mk").agenda_cycle
    assert {month: len(items) for month, items in cycle.items()} == {"3": 2, "7": 3, "11": 3}
    assert "Annual report of the Youth Justice Support Service" in cycle["7"]
    assert terms_of(HANDBOOK, "safeguarding-partnership").standing_items == ["Training and workforce"]


@pytest.mark.parametrize(
    ("key", "chair", "vice"),
    [
        ("safer-mk", ("office", "Cabinet Member for Community Safety", "MKCC"),
         ("office", "Area Commander for Milton Keynes", "TVP")),
        ("health-and-care-partnership", ("office", "Leader of the Council", "MKCC"),
         ("office", "Chair of the ICB", "BLMK ICB")),
        ("assurance", ("office", "Director of Nursing, Safeguarding and Vulnerabilities", "BLMK ICB"), ("", "", None)),
        ("delivery", ("office", "Director of Customer and Community Services", "MKCC"), ("office", "", "TVP")),
        ("review", ("office", "Head of Safeguarding", "MKUHFT"), ("", "", None)),
        ("child-death", ("office", "Director of Public Health", "MKCC"), ("", "", None)),
        ("case-review-panel", ("", "", None), ("", "", None)),
    ],
)  # fmt: skip
def test_the_chairs_by_office(key, chair, vice):
    terms = terms_of(HANDBOOK, key)
    found = (terms.chair_by, terms.chair_words, terms.chair_agency and terms.chair_agency.short_name)
    assert found == chair
    assert (terms.vice_by, terms.vice_words, terms.vice_agency and terms.vice_agency.short_name) == vice


def test_the_chair_of_the_safeguarding_partnership_turns_after_two_years():
    terms = terms_of(HANDBOOK, "safeguarding-partnership")
    assert (terms.chair_by, terms.chair_months) == ("rotation", 24)
    assert terms.chair_among == ["MKCC", "TVP", "BLMK ICB"]


def test_the_sponsors_of_the_handbook():
    rows = TermsOfReference.objects.filter(arrangement__key=HANDBOOK, sponsor__isnull=False)
    sponsors = dict(rows.values_list("body__slug", "sponsor__short_name"))
    assert sponsors == {"assurance": "BLMK ICB", "delivery": "MKCC", "review": "MKUHFT"}


def lines_of(key, edition=HANDBOOK):
    rows = Line.objects.filter(body=terms_of(edition, key).body).in_force_on(
        Arrangement.objects.get(key=edition).first_day
    )
    return {(line.kind, str(line.end)) for line in rows.select_related("to_body", "to_agency")}


def test_the_lines_of_the_handbook():
    assert lines_of("safeguarding-partnership") == {
        ("accountable to", "Health and Care Partnership"),
        ("to a lesser extent accountable to", "Safer MK"),
        ("escalates to", "Lead Safeguarding Partners"),
        ("escalates to", "Independent scrutineer"),
    }
    assert lines_of("safer-mk") == {("committee of", "MKCC")}
    assert ("committee of", "MKCC") in lines_of("health-and-care-partnership")
    assert ("informs", "BLMK Integrated Care Partnership") in lines_of("health-and-care-partnership")
    for group in GROUPS:
        assert ("accountable to", "Safeguarding Partnership") in lines_of(group)
    assert lines_of("task-and-finish-groups") == {
        ("commissioned by", "Delivery"), ("informs", "Independent scrutineer"),
    }  # fmt: skip
    reports = Line.objects.filter(what="highlight report", body__slug__in=GROUPS)
    assert set(reports.values_list("how_often", flat=True)) == {"quarterly"}


def test_access_follows_the_first_line_upwards():
    groups = Body.objects.filter(slug__in=GROUPS)
    assert set(groups.values_list("reports_to__slug", flat=True)) == {"safeguarding-partnership"}
    assert Body.objects.get(slug="safeguarding-partnership").reports_to.slug == "health-and-care-partnership"
    for line in Line.objects.filter(kind__in=Line.UPWARD, to_body__isnull=False, order=1).select_related("body"):
        assert line.body.reports_to_id == line.to_body_id


def test_the_specified_roles_of_the_handbook():
    roles = SpecifiedRole.objects.filter(arrangement__key=HANDBOOK).values_list("kind", "agency__short_name", "subject")
    assert list(roles) == [
        ("lead partner", "MKCC", ""), ("lead partner", "TVP", ""), ("lead partner", "BLMK ICB", ""),
        ("delegated partner", "MKCC", ""), ("delegated partner", "TVP", ""), ("delegated partner", "BLMK ICB", ""),
        ("named member", "MKCC", "rough sleeping"), ("scrutineer", None, ""),
    ]  # fmt: skip


def test_the_relevant_agencies_of_the_handbook():
    edition = Arrangement.objects.get(key=HANDBOOK)
    assert len(edition.expectations) == 5
    named = RelevantAgency.objects.filter(arrangement=edition).values_list("agency__short_name", "agency__is_crowd")
    assert [short for short, _crowd in named] == [
        "Schools", "Oakhill STC", "HMP Woodhill", "MKUHFT", "CNWL", "NPS", "MK YJSS", "NHS England", "Parishes", "VCSE",
        "Children's homes",
    ]  # fmt: skip
    assert {short for short, crowd in named if crowd} == {"Schools", "Parishes", "VCSE", "Children's homes"}


def test_the_ambiguities_of_the_handbook_stand_as_notes():
    notes = " ".join(
        [*Arrangement.objects.get(key=HANDBOOK).notes,
         *(note for terms in TermsOfReference.objects.filter(arrangement__key=HANDBOOK) for note in terms.notes),
         *Seat.objects.filter(body__terms__arrangement__key=HANDBOOK).values_list("note", flat=True)]
    )  # fmt: skip
    for words in (
        "mixes a quorum with a vote", "casting vote", "count once", "can be read of the six",
        "law on council committees",
        "a deputy or substitute stands in the place", "may not stand for two organisations", "four posts",
        "read as any place of Milton Keynes City Council", "Chair, quorum and decision rule are not stated",
        "The sponsor is “Public Health”", "keep the risk register", "the scrutineer facilitates",
        "how community safety comes back", "“LSCPR” and “LCSPR” mean the same",
    ):  # fmt: skip
        assert words in notes


def test_no_councillor_sits_while_chairing_scrutiny():
    barred = TermsOfReference.objects.exclude(barred_offices=[]).values_list("arrangement__key", "body__slug")
    assert sorted(barred) == [(HANDBOOK, "health-and-care-partnership"), (OF_2017, "health-and-wellbeing-board")]


# --- The annual report of 2021-22 ---


def test_the_posts_of_the_management_board():
    assert len(seats_of(OF_2021, "management-board-2021-22")) == 18  # the chair of the alliance came by February
    everything = Seat.objects.filter(body__slug="management-board-2021-22")
    assert everything.count() == 19
    assert everything.filter(in_attendance=True).values_list("title", flat=True).get() == "Independent Scrutineer"
    assert everything.filter(post_only=True).count() == 19
    terms = terms_of(OF_2021, "management-board-2021-22")
    assert (terms.meetings_a_year, terms.months, terms.rules) == (4, [4, 7, 11, 2], "")


def test_the_affiliate_boards_their_sponsors_and_their_successors():
    rows = Body.objects.filter(slug__endswith="board-2021-22", reports_to__slug="management-board-2021-22")
    assert set(rows.values_list("name", "sponsor__short_name", "succeeded_by__slug")) == {
        ("Assurance Board of 2021-22", "BLMK CCG", "assurance"),
        ("Review Board of 2021-22", "MKUHFT", "review"),
        ("Risk Board of 2021-22", "TVP", None),
        ("Tasking Board of 2021-22", "MKCC", None),
        ("Child Death Board of 2021-22", "MKCC", "child-death"),
    }
    board = Body.objects.get(slug="management-board-2021-22")
    assert (board.succeeded_by.slug, board.earlier_structure) == ("safeguarding-partnership", "Arrangements of 2021-22")


def test_the_assurance_board_met_monthly_under_the_scrutineer():
    terms = terms_of(OF_2021, "assurance-board-2021-22")
    assert (terms.meetings_a_year, terms.chair_by, terms.chair_words) == (12, "office", "Independent Scrutineer")


def test_every_body_of_the_report_is_there():
    bodies = Body.objects.filter(terms__arrangement__key=OF_2021)
    assert bodies.count() == 22
    panels = {"strategic-exploitation-panel", "channel-panel", "multi-agency-risk-management-group", "cr-marac"}
    assert panels == set(bodies.filter(reports_to__slug="risk-board-2021-22").values_list("slug", flat=True))
    quarterly = terms_of(OF_2021, "hospital-safeguarding-committee")
    assert (quarterly.meetings_a_year, quarterly.chair_words) == (4, "Chief Nurse")


def test_no_terms_of_2021_22_state_a_quorum_or_days():
    rows = TermsOfReference.objects.filter(arrangement__key=OF_2021)
    assert set(rows.values_list("rules", "papers_working_days", "minutes_working_days")) == {("", None, None)}


# --- MK Together 2017/18 ---

PROGRAMME_BOARDS = ("adult-programme-board", "childrens-programme-board")


@pytest.mark.parametrize(
    ("key", "number", "councillors", "attending"),
    [
        ("health-and-wellbeing-board", 14, 4, 0),
        ("hwb-strategy-board", 16, 0, 0),
        ("hwb-integration-board", 14, 0, 0),
        ("mk-safeguarding-board", 10, 0, 0),
        ("adult-programme-board", 19, 0, 2),
        ("childrens-programme-board", 22, 0, 2),
    ],
)
def test_the_places_of_2017(key, number, councillors, attending):
    seats = members_of(OF_2017, key)
    assert len(seats) == number
    assert sum("councillor" in seat.classes for seat in seats) == councillors
    assert len(seats_of(OF_2017, key)) - number == attending


def test_places_of_2017_that_a_document_allows_up_to():
    at_most = Seat.objects.filter(number="at most", body__earlier_structure="MK Together 2017/18")
    found = {}
    for slug in at_most.values_list("body__slug", flat=True):
        found[slug] = found.get(slug, 0) + 1
    assert found == {"hwb-strategy-board": 2 + 3, "hwb-integration-board": 3 + 3}


def test_the_safeguarding_board_of_2017_by_agency():
    assert by_agency(OF_2017, "mk-safeguarding-board") == {
        "Independent": 1, "MKCC": 3, "TVP": 2, "MK CCG": 2, "MKUHFT": 1, "CNWL": 1,
    }  # fmt: skip


def test_the_quorum_of_2017():
    assert "six members, of whom no more than half may be councillors" in quorum_of(
        OF_2017, "health-and-wellbeing-board"
    )
    board = quorum_of(OF_2017, "mk-safeguarding-board")
    assert "one from each of local authority, police, health and independent chair" in board
    for key in PROGRAMME_BOARDS:
        assert "one third of the places" in quorum_of(OF_2017, key)
    for key in ("hwb-strategy-board", "hwb-integration-board"):
        assert terms_of(OF_2017, key).rules == ""


@pytest.mark.parametrize(("key", "needed"), [("adult-programme-board", 7), ("childrens-programme-board", 8)])
def test_one_third_of_the_membership_rounded_up(key, needed):
    terms = rules.parse_terms(terms_of(OF_2017, key).rules)
    seats = tuple(
        rules.Seat(key=seat.key, agency=seat.agency.short_name if seat.agency else "", title=seat.title,
                   votes=seat.votes, counts=seat.counts, holder=seat.key)
        for seat in seats_of(OF_2017, key)
    )  # fmt: skip
    members = [seat for seat in seats if seat.counts]

    def verdict(number):
        present = tuple(rules.Presence(person=seat.holder, agency=seat.agency) for seat in members[:number])
        return rules.judge(terms, rules.Room(on=dt.date(2017, 10, 2), seats=seats, present=present)).status

    assert (verdict(needed - 1), verdict(needed)) == (rules.Status.NOT_QUORATE, rules.Status.QUORATE)


@pytest.mark.parametrize(
    ("key", "number", "at_least", "frequency", "public", "papers", "minutes"),
    [
        ("health-and-wellbeing-board", 5, True, "", True, NOT_STATED, NOT_STATED),
        ("hwb-strategy-board", 12, False, "monthly", False, 5, 10),
        ("hwb-integration-board", 12, False, "monthly", False, 5, 10),
        ("mk-safeguarding-board", 6, False, "bi monthly", False, 5, 10),
        ("adult-programme-board", 6, False, "bi monthly", False, 5, 10),
        ("childrens-programme-board", 6, False, "bi monthly", False, 5, 10),
    ],
)
def test_how_often_in_public_and_by_when_in_2017(key, number, at_least, frequency, public, papers, minutes):
    terms = terms_of(OF_2017, key)
    assert (terms.meetings_a_year, terms.at_least, terms.frequency) == (number, at_least, frequency)
    assert (terms.is_public, terms.papers_working_days, terms.minutes_working_days) == (public, papers, minutes)


def test_the_lines_of_2017():
    reports = {("reports to", "Milton Keynes Safeguarding Board")}
    assert lines_of("adult-programme-board", OF_2017) == lines_of("childrens-programme-board", OF_2017) == reports
    above = {
        ("accountable to", "Milton Keynes Safeguarding Board"),
        ("reports to", "Adult Programme Board"),
        ("reports to", "Children's Programme Board"),
    }
    groups = ("learning-and-workforce-sub-group", "performance-and-quality-sub-group", "serious-case-review-sub-group")
    for key in groups:
        assert lines_of(key, OF_2017) == above
    assert lines_of("task-and-finish-groups-2017-18", OF_2017) == {
        ("commissioned by", "Adult Programme Board"), ("commissioned by", "Children's Programme Board"),
    }  # fmt: skip
    assert ("accountable to", "Health and Wellbeing Board") in lines_of("hwb-strategy-board", OF_2017)
    assert Body.objects.filter(terms__arrangement__key=OF_2017).count() == 16


def test_nobody_holds_a_place_of_the_past():
    past = Seat.objects.filter(ends_at__isnull=False)
    assert not Appointment.objects.filter(seat__in=past).exists()
    assert not NamedDeputy.objects.filter(seat__in=past).exists()
    assert not Person.objects.filter(area__slug="luton").exists()


# --- Luton 2024 ---


@pytest.mark.parametrize(
    ("key", "number", "places", "shared"),
    [
        ("executive", 4, 3, False),
        ("strategic-board", 4, 11, False),
        ("strategic-leaders", 4, 0, True),
        ("joint-case-review-group", 6, 1, False),
        ("joint-quality-assurance-group", 6, 1, False),
        ("assurance-and-improvement-group", 4, 0, True),
        ("neglect-group", 4, 0, True),
        ("safeguarding-education-group", 4, 0, True),
        ("policy-and-procedures-group", 2, 0, True),
        ("exploitation-and-missing-group", 4, 0, True),
        ("voice-of-the-child-group", 4, 0, True),
        ("webinars", NOT_STATED, 0, True),
        ("child-death-overview-panel", NOT_STATED, 4, True),
        ("development-day", 1, 0, False),
    ],
)
def test_the_boards_of_luton(key, number, places, shared):
    terms = terms_of(LUTON, key)
    assert (terms.meetings_a_year, len(members_of(LUTON, key))) == (number, places)
    others = ["bedford", "central-bedfordshire"] if shared else []
    assert sorted(terms.body.shared_with.values_list("slug", flat=True)) == others


def test_nothing_of_procedure_is_stated_in_luton():
    rows = TermsOfReference.objects.filter(arrangement__key=LUTON)
    assert rows.count() == 19
    silent = rows.values_list("rules", "is_public", "mode", "papers_working_days", "minutes_working_days", "deputies")
    assert set(silent) == {("", None, "", None, None, "")}


def test_the_partners_of_luton():
    roles = SpecifiedRole.objects.filter(arrangement__key=LUTON).values_list("kind", "agency__short_name")
    assert [agency for kind, agency in roles if kind == "lead partner"] == ["LBC", "BLMK ICB", "Beds Police"]
    delegated = [agency for kind, agency in roles if kind == "delegated partner"]
    assert delegated == ["LBC", "LBC", "BLMK ICB", "BLMK ICB", "Beds Police", "Beds Police"]
    assert len(SpecifiedRole.objects.get(arrangement__key=LUTON, kind="scrutineer").duties) == 8
    assert RelevantAgency.objects.filter(arrangement__key=LUTON).count() == 12


def test_two_chairs_of_luton_turn_and_no_period_is_stated():
    rows = TermsOfReference.objects.filter(arrangement__key=LUTON, chair_by="rotation").order_by("body__slug")
    assert list(rows.values_list("body__slug", "chair_among", "chair_months")) == [
        ("safeguarding-education-group", ["LBC", "BBC", "CBC"], None),
        ("strategic-board", ["LBC", "BLMK ICB", "Beds Police"], None),
    ]


# --- What holds of all of them ---


def test_names_drift_and_agencies_are_found_by_them():
    names = dict(AgencyAlias.objects.filter(area__slug="milton-keynes").values_list("name", "agency__short_name"))
    for printed, short in {
        "MK General Hospital": "MKUHFT", "MKCHS (CNWL)": "CNWL", "G4S Care & Justice Service (UK)": "Oakhill STC",
        "Bucks & MK Fire & Rescue": "BFRS", "TV Police": "TVP", "MK Council inc public health": "MKCC",
        "BLMK Commissioning Collaborative": "BLMK CCG", "National Probation Service": "NPS",
    }.items():  # fmt: skip
        assert names[printed] == short


def test_the_commissioning_group_became_the_board():
    group = Agency.objects.get(area__slug="milton-keynes", short_name="MK CCG")
    assert (group.succeeded_by.short_name, group.succeeded) == ("BLMK CCG", "")
    assert (group.succeeded_by.succeeded_by.short_name, group.succeeded_by.succeeded) == ("BLMK ICB", "2022-07")


def test_services_that_report_apart_are_part_of_the_council():
    services = Agency.objects.filter(part_of__short_name="MKCC").values_list("short_name", flat=True)
    assert sorted(services) == ["Adult Social Care", "Children's Social Care", "Public Health"]


def test_boards_of_the_past_are_known_as_such_and_no_day_is_invented():
    of_today = Body.objects.filter(area__slug="milton-keynes", earlier_structure="")
    assert set(of_today) == set(Body.objects.filter(terms__arrangement__key=HANDBOOK))
    assert not Body.objects.exclude(opened_on=None, closed_on=None).exists()
    editions = Arrangement.objects.filter(area__slug="milton-keynes").order_by("first_day")
    assert list(editions.values_list("first_day", "last_day")) == [
        (dt.date(2017, 4, 1), dt.date(2018, 3, 31)),
        (dt.date(2021, 4, 1), dt.date(2022, 3, 31)),
        (dt.date(2024, 4, 1), None),
    ]


def test_every_rule_fits_the_places_that_it_is_about():
    for terms in TermsOfReference.objects.exclude(rules="").select_related("arrangement"):
        seats = tuple(
            rules.Seat(
                key=seat.key,
                agency=seat.agency.short_name if seat.agency else "",
                title=seat.title,
                classes=frozenset(seat.classes) | frozenset(seat.agency.classes if seat.agency else ()),
                votes=seat.votes,
                counts=seat.counts,
            )
            for seat in seats_of(terms.arrangement.key, terms.body.slug)
        )
        assert not rules.check_terms(rules.parse_terms(terms.rules), seats)
