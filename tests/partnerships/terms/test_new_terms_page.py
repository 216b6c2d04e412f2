"""The page on which the team enters a new version: typed or built, checked, confirmed, published."""

import uuid

import pytest
from django.test import Client

from partnerships.models import Agency, Body, TermsOfReference
from tests.factories import AgencyFactory, AppointmentFactory, BodyFactory, MeetingFactory, SeatFactory

NEW = "/boards/review/terms/new/"


@pytest.fixture
def clerk(as_user, team, review):
    """A browser of somebody of the team."""
    return as_user(team)


def versions():
    return TermsOfReference.objects.count()


def test_it_begins_with_the_version_in_force(clerk, review):
    answer = clerk.get(NEW)
    assert answer.status_code == 200
    initial = answer.context["form"].initial
    assert initial["rules"] == review.terms.rules
    assert (initial["meetings_a_year"], initial["papers_working_days"]) == (6, 5)
    assert "edition" not in initial
    assert "The quorum is one from each of MKCC and TVP." in answer.context["read"]["english"]
    assert versions() == 1


def test_it_shows_what_would_change_before_anything_does(clerk, typed, meetings, words, first_day):
    rules = "quorum: two members\nvotes: unanimous"
    answer = clerk.post(NEW, typed(act="continue", rules=rules, meetings_a_year="6", months=["3", "7", "11"]))
    assert answer.status_code == 200
    assert {row["label"]: row["what"] for row in answer.context["changes"]} == {
        "Quorum": "changed",
        "Votes": "new",
        "Deputies": "gone",
        "How it meets": "gone",
        "Papers": "gone",
        "Note": "gone",
    }
    assert [meeting.href for meeting in answer.context["meetings"]] == [
        meetings.on.get_absolute_url(),
        meetings.after.get_absolute_url(),
    ]
    page = words(answer)
    assert "The quorum is one from each of MKCC and TVP." in page
    assert "The quorum is two members." in page
    assert "Gone: now not stated" in page
    assert versions() == 1


def test_a_second_button_publishes_it(clerk, review, typed, words, first_day):
    answer = clerk.post(NEW, typed(act="publish", mode="virtual", is_public="no", notes="One.\n\n Two. "), follow=True)
    assert answer.redirect_chain == [(review.body.get_absolute_url(), 302)]
    assert "“Handbook of 2027” is published." in words(answer)
    published = review.body.terms_on(first_day)
    assert (published.edition, published.mode, published.is_public) == ("Handbook of 2027", "virtual", False)
    assert published.notes == ["One.", "Two."]
    assert (published.meetings_a_year, published.papers_working_days, published.months) == (None, None, [])


def test_what_is_left_empty_is_not_stated(clerk, review, typed, first_day):
    clerk.post(NEW, typed(act="publish", rules=""))
    published = review.body.terms_on(first_day)
    assert (published.rules, published.mode, published.is_public, published.minutes_working_days) == (
        "",
        "",
        None,
        None,
    )


def test_the_same_form_sent_twice_publishes_once(clerk, typed, words):
    form = typed(act="publish", submission=str(uuid.uuid4()))
    clerk.post(NEW, form)
    answer = clerk.post(NEW, form, follow=True)
    assert versions() == 2
    assert answer.redirect_chain == [("/boards/review/", 302)]
    assert "This form was already sent" in words(answer)


def test_of_two_who_publish_for_the_same_day_the_second_gets_a_sentence(clerk, typed):
    clerk.post(NEW, typed(act="publish", submission=str(uuid.uuid4())))
    answer = clerk.post(NEW, typed(act="publish", edition="Another", submission=str(uuid.uuid4())))
    assert answer.status_code == 422
    assert "“Handbook of 2027” begins on" in answer.context["form"].errors["starts_on"][0]
    assert 'value="Another"' in answer.content.decode()
    assert versions() == 2


def test_going_back_keeps_everything(clerk, typed):
    answer = clerk.post(NEW, typed(act="back", summary="In our words", notes="A note", papers_working_days="7"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'value="Handbook of 2027"' in page
    assert "In our words" in page
    assert 'value="7"' in page
    assert versions() == 1


@pytest.mark.parametrize("act", ["continue", "publish"])
@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"edition": " "}, "edition", "Enter the document that the terms stand in"),
        ({"starts_on_0": "", "starts_on_1": "", "starts_on_2": ""}, "starts_on", "Enter the day, month and year"),
        (
            {"starts_on_0": "1", "starts_on_1": "4", "starts_on_2": "2024"},
            "starts_on",
            "“Handbook of October 2024” begins on 1 April 2024. Enter a first day after it",
        ),
        ({"starts_on_0": "31", "starts_on_1": "2"}, "starts_on", "has no day 31. Check the day and the month"),
        ({"rules": "quorum: six\nremote: perhaps"}, "rules", "Line 2, column 9: “perhaps”"),
        ({"rules": "x" * 10_000}, "rules", "characters; the longest that is read has"),
        ({"meetings_a_year": "many"}, "meetings_a_year", "number"),
        ({"papers_working_days": "-1"}, "papers_working_days", "must be 0 or more"),
        ({"minutes_working_days": "61"}, "minutes_working_days", "must be 60 or less"),
        ({"months": ["13"]}, "months", "Choose one of the answers offered"),
        ({"mode": "by post"}, "mode", "Choose one of the answers offered"),
        ({"notes": "x" * 501}, "notes", "Shorten each note"),
        ({"eligibility": "Senior.\n" + "x" * 1001}, "eligibility", "Shorten each line to 1000 characters"),
        ({"approved": "in October"}, "approved", "Enter a year, a month or a day, such as 2024"),
        ({"approved": "2026-02-30"}, "approved", "Enter a year, a month or a day, such as 2024"),
        ({"at_least": "on"}, "meetings_a_year", "Enter how many meetings there are at least"),
        ({"meetings_a_year": "0"}, "meetings_a_year", "must be 1 or more"),
        ({"meetings_a_year": "4", "in_person_a_year": "5"}, "in_person_a_year", "more than the meetings of a year"),
        ({"months_are_usual": "on"}, "months", "Choose the months in which it usually meets"),
        ({"agenda_cycle": "July: Budget\nSmarch: Report"}, "agenda_cycle", "“Smarch: Report” is not understood."),
        ({"agenda_cycle": "July"}, "agenda_cycle", "Write it as “July: Annual report; Budget”"),
        ({"agenda_cycle": "July: Budget\nJul: Report"}, "agenda_cycle", "July stands here twice"),
        ({"agenda_cycle": "July: " + "x" * 301}, "agenda_cycle", "Shorten each item to 300 characters"),
        ({"barred_offices": ["king"]}, "barred_offices", "Choose one of the answers offered"),
        ({"sponsor": "0"}, "sponsor", "Choose one of the answers offered"),
        ({"sponsor": "x"}, "sponsor", "Choose one of the answers offered"),
        ({"chair_by": "force"}, "chair_by", "Choose one of the answers offered"),
        ({"chair_by": "rotation", "chair_among": ["Polic"]}, "chair_among", "Choose one of the answers offered"),
        ({"chair_by": "rotation", "chair_months": "241"}, "chair_months", "must be 240 or less"),
        ({"chair_by": "office", "chair_months": "24"}, "chair_months", "Only a chair in turns or by appointment"),
        ({"chair_words": "Chief Constable"}, "chair_by", "Choose how somebody comes to be chair"),
        ({"vice_by": "none", "vice_among": ["TVP"]}, "vice_by", "Choose how somebody comes to be vice-chair"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field_and_nothing_is_lost(clerk, typed, act, values, field, sentence):
    answer = clerk.post(NEW, typed(act=act, **{"summary": "In our words"} | values))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert any(sentence in error for error in answer.context["form"].errors[field])
    assert "In our words" in answer.content.decode()
    assert versions() == 1


def test_while_building_only_the_rules_are_checked(clerk, typed):
    answer = clerk.post(NEW, typed(act="check", edition="", starts_on_0="", rules="quorum: two members"))
    assert answer.status_code == 200
    assert answer.context["read"]["english"][0] == "The quorum is two members."
    answer = clerk.post(NEW, typed(act="check", edition="", rules="remote: perhaps"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["rules"]
    assert answer.context["read"] is None


def test_a_built_clause_is_appended_to_the_text_with_its_english(clerk, typed, words):
    answer = clerk.post(
        NEW,
        typed(**{"act": "clause-least", "least-count": "3", "least-limit": "half", "least-limited": "councillor",
                 "heading-decision": "financial", "heading-join": "and"}),
    )  # fmt: skip
    assert answer.status_code == 200
    line = "quorum for financial decisions: three members, of whom no more than half may be councillors"
    assert answer.context["form"].data["rules"].splitlines()[-1] == line
    page = words(answer)
    assert f"Put into the rules: {line}" in page
    assert "The quorum for financial decisions is three members, of whom no more than half may be councillors." in page
    assert versions() == 1


def test_a_clause_that_is_not_complete_stays_open_with_its_sentence(clerk, typed):
    answer = clerk.post(NEW, typed(**{"act": "clause-each", "each-count": "1"}))
    assert answer.status_code == 422
    assert answer.context["builder"].asked.errors == {
        "names": ["Choose the partners that must each have somebody there"]
    }
    assert "<details open>" in answer.content.decode()
    assert answer.context["form"].data["rules"] == typed()["rules"]


@pytest.mark.parametrize("act", ["clause-nothing", "clause", "clause-", "x", ""])
def test_a_button_that_there_is_not_changes_nothing(clerk, typed, act):
    answer = clerk.post(NEW, typed(act=act))
    assert answer.status_code == 200
    assert versions() == 1


def test_the_builder_offers_the_partners_and_types_of_the_places(clerk, review):
    AgencyFactory(short_name="Elsewhere")
    form = dict(clerk.get(NEW).context["builder"].clauses)["each"]
    assert [name for name, _label in form.fields["names"].choices] == ["MKCC", "TVP"]
    group = dict(clerk.get(NEW).context["builder"].clauses)["different"].fields["group"]
    assert {"councillor", "police"} < {value for value, _label in group.choices}


def test_a_rule_that_can_never_be_met_is_warned_of_and_may_be_published(clerk, typed, words):
    answer = clerk.post(NEW, typed(act="continue", rules="quorum: one from each of MKCC, CNWL"))
    page = words(answer)
    assert "No place carries “CNWL”: this can never be met." in page
    assert "Cannot be quorate" in page
    assert clerk.post(NEW, typed(act="publish", rules="quorum: one from each of MKCC, CNWL")).status_code == 302


def test_a_number_that_the_places_do_not_have_is_warned_of_and_may_be_published(clerk, typed, words):
    Agency.objects.update(classes=["statutory partner"])
    rules = "quorum: one from each of the three statutory partners"
    answer = clerk.post(NEW, typed(act="continue", rules=rules))
    assert "the rule says three, and two statutory partners have a place." in words(answer)
    assert clerk.post(NEW, typed(act="publish", rules=rules)).status_code == 302


def test_a_board_without_terms_gets_its_first(clerk, review, typed, words, first_day):
    Body.objects.filter(pk=review.body.pk).first().terms.all().delete()
    assert "There are no terms of reference yet." in words(clerk.get(NEW))
    answer = clerk.post(NEW, typed(act="continue"))
    assert {row["what"] for row in answer.context["changes"]} == {"new"}
    clerk.post(NEW, typed(act="publish"))
    assert review.body.terms_on(first_day).edition == "Handbook of 2027"


# --- Everything that terms can state ----------------------------------------------------------------------------------


@pytest.fixture
def full(review):
    """The terms of the Review group, now stating everything that terms can state."""
    police = review.commander.seat.agency
    stated = {
        "sponsor": police,
        "deputies": "Each names one.\nSenior, and briefed.",
        "member_level": "Heads of service.",
        "eligibility": ["No councillor who chairs a scrutiny committee."],
        "barred_offices": ["scrutiny chair"],
        "attending": ["Independent scrutineer"],
        "expectations": ["Prepare.", "Decide for their partner."],
        "expectations_of_agencies": ["Send the same people."],
        "at_least": True,
        "frequency": "every two months",
        "months_are_usual": True,
        "mode": "mixed",
        "in_person_a_year": 1,
        "is_public": False,
        "public_note": "Parts are private.",
        "papers_note": "By the rules of the council.",
        "minutes_working_days": 10,
        "purpose": "Reviews cases.",
        "functions": ["Decide which are reviewed.", "Follow actions"],
        "standing_items": ["Risks"],
        "agenda_cycle": {"4": ["Plan", "Budget"], "11": ["Report"]},
        "chair_by": "rotation",
        "chair_words": "One of the partners",
        "chair_agency": police,
        "chair_among": ["TVP", "MKCC", "Police of old"],
        "chair_months": 24,
        "vice_by": "office",
        "vice_words": "Head of Adults",
        "summary": "In our words.",
    }
    for name, value in stated.items():
        setattr(review.terms, name, value)
    review.terms.save()
    return review.terms


def as_sent(form, **values):
    """What a browser sends of ``form`` when nothing is touched, and ``values`` beside it."""
    shown = {one.html_name: one.value() for one in form if one.name != "starts_on"}
    return {name: value for name, value in shown.items() if value not in (None, False)} | values


def test_every_field_of_the_terms_is_in_the_form(clerk, full):
    kept = {field.name for field in TermsOfReference._meta.concrete_fields}
    not_typed = {"id", "body", "arrangement", "order", "ends_on"}
    assert set(clerk.get(NEW).context["form"].fields) == kept - not_typed


def test_a_form_that_nobody_touches_changes_nothing(clerk, full, typed, first_day):
    form = clerk.get(NEW).context["form"]
    sent = as_sent(form, **typed(rules=full.rules))
    answer = clerk.post(NEW, sent | {"act": "continue"})
    assert answer.status_code == 200
    assert answer.context["changes"] == []
    clerk.post(NEW, sent | {"act": "publish"})
    published = full.body.terms_on(first_day)
    of_its_own = {"id", "starts_on", "ends_on", "edition"}
    for field in TermsOfReference._meta.concrete_fields:
        if field.name not in of_its_own:
            assert getattr(published, field.name) == getattr(full, field.name), field.name


def test_chair_deputies_and_days_are_stated_and_shown_before_they_hold(clerk, review, typed, first_day):
    police = review.commander.seat.agency
    sent = typed(
        approved="2026-10", approved_by="the partners", deputies="Each names two.\r\nThey are briefed.",
        papers_working_days="5", minutes_working_days="10", mode="mixed", in_person_a_year="1", meetings_a_year="6",
        months=["3", "7", "11"], chair_by="office", chair_words="Commander", chair_agency=str(police.pk),
        vice_by="rotation", vice_among=["MKCC", "TVP"], vice_months="12", agenda_cycle="nov: Report; Budget",
        notes="Silent on papers.",
    )  # fmt: skip
    rows = {row["label"]: (row["what"], row["after"]) for row in clerk.post(NEW, sent | {"act": "continue"}).context[
        "changes"
    ]}  # fmt: skip
    assert rows == {
        "Chair": ("new", "Commander, TVP"),
        "Vice-chair": ("new", "In turns, among MKCC and TVP, after one year"),
        "Deputies and substitutes": ("new", "Each names two.\nThey are briefed."),
        "In person": ("new", "At least one meeting a year"),
        "How it meets": ("changed", "In person or virtual"),
        "Minutes": ("new", "10 working days after the meeting"),
        "Agenda by month": ("new", "November: Report; Budget."),
        "Approved": ("new", "October 2026 by the partners"),
    }
    clerk.post(NEW, sent | {"act": "publish"})
    published = review.body.terms_on(first_day)
    assert (published.chair_by, published.chair_agency, published.vice_months) == ("office", police, 12)
    assert published.agenda_cycle == {"11": ["Report", "Budget"]}


def test_what_was_stated_and_is_emptied_is_gone_and_not_stated(clerk, full, typed, first_day):
    sent = typed(rules=full.rules)
    gone = {row["label"] for row in clerk.post(NEW, sent | {"act": "continue"}).context["changes"]}
    assert {"Chair", "Vice-chair", "Deputies and substitutes", "In person", "Papers", "Minutes", "Sponsor"} <= gone
    clerk.post(NEW, sent | {"act": "publish"})
    published = full.body.terms_on(first_day)
    assert (published.chair_by, published.chair_among, published.sponsor, published.deputies) == ("", [], None, "")
    assert (published.in_person_a_year, published.agenda_cycle, published.at_least) == (None, {}, False)


@pytest.mark.parametrize(("words", "kept"), [("every two months", ""), ("monthly", "monthly")])
def test_the_words_of_another_number_of_meetings_are_not_kept(clerk, full, typed, first_day, words, kept):
    clerk.post(NEW, typed(act="publish", meetings_a_year="12", frequency=words))
    assert full.body.terms_on(first_day).frequency == kept


def test_a_partner_that_another_succeeded_is_offered_only_where_the_terms_name_it(clerk, full, review):
    council = review.adults.seat.agency
    AgencyFactory(short_name="Gone", succeeded_by=council)
    full.sponsor.succeeded_by = council
    full.sponsor.save()
    form = clerk.get(NEW).context["form"]
    sponsors = [name for _key, name in form.fields["sponsor"].choices]
    among = [name for name, _label in form.fields["chair_among"].choices]
    assert {"Not stated", "MKCC", "TVP"} <= set(sponsors)
    assert {"MKCC", "TVP", "Police of old"} <= set(among)
    assert "Gone" not in {*sponsors, *among}


# --- At the door -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_team_of_the_area_enters_terms(as_user, review, team, scrutineer, outsider, typed, method):
    member = review.adults.person.user
    stranger = AppointmentFactory(with_account=True).person.user
    deputy = review.commander.seat.deputies.get().person.user
    expected = {member: 403, deputy: 403, review.chair: 403, scrutineer: 403, stranger: 403, outsider: 404, team: 200}
    for user, status in expected.items():
        answer = getattr(as_user(user), method)(NEW, typed(act="continue"))
        assert answer.status_code == status, user
        if status == 403:
            assert "Only the support team can enter a new version" in answer.content.decode()
    assert Client().get(NEW).status_code == 302


def test_a_shared_board_is_changed_by_its_own_area_alone(as_user, review, outsider):
    review.body.shared_with.add(outsider.person.area)
    answer = as_user(outsider).get(NEW)
    assert answer.status_code == 403
    assert "This board or group belongs to another area." in answer.content.decode()


def test_a_board_that_there_is_not(clerk):
    assert clerk.get("/boards/nothing/terms/new/").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_places_and_meetings_of_any_number_cost_the_same(clerk, review, typed, count, django_assert_num_queries):
    for number in range(count):
        AppointmentFactory(seat=SeatFactory(body=review.body))
        MeetingFactory(body=review.body)
        BodyFactory(slug=f"other-{number}")
    clerk.get(NEW)
    with django_assert_num_queries(8):
        clerk.get(NEW)
    with django_assert_num_queries(9):
        clerk.post(NEW, typed(act="continue"))
