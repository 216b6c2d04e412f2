"""The list of reports, the page on which one is made, and asking for a build."""

import pytest

from records.models import Job
from reports import access, actions, building
from reports.assembling import content_of, fingerprint
from reports.models import Report, Version
from reports.rows import moment
from tests.factories import (
    AnotherAreaFactory,
    AnswerFactory,
    CommentFactory,
    ImageFactory,
    JobFactory,
    ReportFactory,
    SectionFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(report):
    return f"/reports/{report.slug}/making/"


def state_of(context, title):
    return next(row["state"] for row in context["sections"] if row["title"] == title)


# --- The list ---------------------------------------------------------------------------------------------------------


def test_those_who_follow_it_find_the_draft_and_others_do_not(client, as_user, report, scrutineer, finance, outsider):
    for user in (scrutineer, finance):
        assert [row["title"] for row in as_user(user).get("/reports/").context["drafts"]] == [report.title]
    for visitor in (client, as_user(outsider)):
        assert visitor.get("/reports/").context["drafts"] == []


def test_without_a_published_report_the_list_says_so(client, report, words):
    assert "No report is published yet." in words(client.get("/reports/"))


def test_everybody_who_is_signed_in_finds_reports_in_the_head_of_the_page(as_user, outsider):
    assert '<a href="/reports/" aria-current="true">Reports</a>' in as_user(outsider).get("/reports/").content.decode()


def test_the_list_costs_the_same_for_three_and_three_hundred(as_user, team, django_assert_num_queries):
    client = as_user(team)
    ReportFactory.create_batch(3)
    with django_assert_num_queries(5):
        client.get("/reports/")
    ReportFactory.create_batch(97)
    with django_assert_num_queries(5):
        client.get("/reports/")


# --- Its making -------------------------------------------------------------------------------------------------------


def test_it_shows_each_section_with_its_owner_its_words_and_where_it_is(as_user, report, section, money, team, page):
    SectionFactory(report=report, order=3, title="Priorities", text="", number=0)
    SectionFactory(report=report, order=4, title="Too long", text="word " * 12, word_limit=10)
    context = as_user(team).get(page).context
    assert [row["title"] for row in context["sections"]] == ["Foreword", "Contributions", "Priorities", "Too long"]
    assert [row["number"] for row in context["sections"]] == ["1", "B", "2", "3"]
    assert (context["sections"][0]["owner"], context["sections"][0]["words"]) == ("Chair", "11 / 300")
    assert "Written" in state_of(context, "Foreword")
    assert "Built from records" in state_of(context, "Contributions")
    assert "Not started" in state_of(context, "Priorities")
    assert "Written, 2 words over" in state_of(context, "Too long")
    assert context["written"] == {"done": 2, "of": 3, "from_records": 1}


def test_it_counts_what_is_said_and_what_has_no_answer(as_user, report, section, team, page, words):
    CommentFactory.create_batch(2, section=section)
    AnswerFactory(comment__section=section)
    AnswerFactory(comment=section.comments.first())
    context = as_user(team).get(page).context
    assert (context["sections"][0]["said"], context["sections"][0]["said_open"]) == (3, 1)
    assert context["said"] == {"all": 3, "open": 1}


def test_its_stages_say_which_is_in_hand(as_user, report, section, team, page):
    def stages():
        return [(one["name"], one["is_done"], one["is_now"]) for one in as_user(team).get(page).context["stages"]]

    assert stages()[:3] == [
        ("Sections written", True, False),
        ("Draft with the scrutineer", False, True),
        ("Draft built", False, False),
    ]
    AnswerFactory(comment__section=section)
    assert stages()[1:3] == [("Draft with the scrutineer", True, False), ("Draft built", False, True)]


def test_as_many_sections_are_counted_as_written_as_say_so(as_user, report, section, team, page, words):
    reviews = SectionFactory(report=report, order=2, title="The year in reviews", kind="reviews")
    picture = ImageFactory(report=report)
    SectionFactory(report=report, order=3, title="A picture", text=f"![](image:{picture.public_id})")

    def counted():
        answer = as_user(team).get(page)
        states = [row["state"] for row in answer.context["sections"]]
        assert sum("Written" in state for state in states) == answer.context["written"]["done"]
        return words(answer)

    assert "3 of 3 written No day is set" in counted()
    actions.save_section(reviews, "", by=team, seen=1)
    assert "2 of 2 written, 1 built from records" in counted()
    actions.save_section(section, "", by=team, seen=1)
    assert "1 of 2 written, 1 built from records" in counted()


def in_hand(as_user, user, page):
    """The stage in hand, and whether each is done."""
    found = as_user(user).get(page).context["stages"]
    return [one["name"] for one in found if one["is_now"]], [one["is_done"] for one in found]


def test_a_draft_counts_as_built_while_it_shows_what_is_there_now(
    as_user, report, section, team, page, build_of, words
):
    build_of(report)
    assert in_hand(as_user, team, page) == (["Proposed"], [True, False, True, False, False])
    assert "Draft of" in words(as_user(team).get(page))
    actions.save_section(section, "Another text.", by=team, seen=1)
    assert in_hand(as_user, team, page) == (["Draft with the scrutineer"], [True, False, False, False, False])
    told = words(as_user(team).get(page))
    assert "Draft of" not in told
    assert "Outdated: the report changed since" in told


def test_what_the_scrutineer_says_is_in_hand_again_while_a_correction_is_not_settled(
    as_user, proposed, section, team, scrutineer, page
):
    assert in_hand(as_user, team, page) == (["Approved and published"], [True, False, True, True, False])
    comment = actions.comment(section, "correction", "Five times.", by=scrutineer, seen=1)
    actions.answer(comment, "accepted", "We will.", by=team)
    assert in_hand(as_user, team, page) == (["Draft with the scrutineer"], [True, False, True, True, False])
    found = as_user(team).get(page).context["stages"]
    assert found[1]["how"] == "1 of 1 answered, 1 correction to settle"
    actions.answer(comment, "kept", "It was four.", by=team)
    assert in_hand(as_user, team, page) == (["Approved and published"], [True, True, True, True, False])


def test_a_challenge_without_an_answer_holds_nothing_up(as_user, report, section, team, page, build_of):
    CommentFactory(section=section)
    build_of(report)
    assert in_hand(as_user, team, page) == (["Proposed"], [True, False, True, False, False])


def test_who_proposed_and_who_approved_is_said_and_before_that_how_many_it_takes(
    as_user, proposed, team, partner, page
):
    def how():
        return [one["how"] for one in as_user(team).get(page).context["stages"]][3:]

    assert how() == [f"{moment(proposed.proposed_at)}, by {team.person.post}", "by a second person"]
    published = actions.approve(proposed, by=partner, seen=fingerprint(content_of(proposed)))
    assert how()[1] == f"{moment(published.published_at)}, by {partner.person.post}"


def test_the_file_without_the_marks_of_a_draft_says_so_and_so_does_the_published_one(
    as_user, proposed, team, partner, page
):
    def built():
        return [one["what"] for one in as_user(team).get(page).context["builds"]]

    assert built() == ["Without the marks of a draft, built on", "Draft of"]
    actions.approve(proposed, by=partner, seen=fingerprint(content_of(proposed)))
    assert built() == ["As it was published, built on", "Draft of"]


def test_the_page_of_a_published_report_is_not_called_in_the_making(as_user, proposed, team, partner, page):
    def title():
        return as_user(team).get(page).content.decode().partition("<title>")[2].partition(" – ")[0]

    assert title() == f"{proposed.title}, in the making"
    actions.approve(proposed, by=partner, seen=fingerprint(content_of(proposed)))
    assert title() == f"{proposed.title}: how it was made"


def test_the_finance_editor_reads_the_parts_about_money_alone(as_user, report, section, money, finance, page, words):
    CommentFactory(section=section, text="About the foreword")
    CommentFactory(section=money, text="About money")
    answer = as_user(finance).get(page)
    assert [row["title"] for row in answer.context["sections"]] == ["Contributions"]
    assert answer.context["said"] == {"all": 1, "open": 1}
    assert answer.context["stages"] == answer.context["builds"] == []
    said = words(as_user(finance).get(f"/reports/{report.slug}/comments/?state=all"))
    assert "About money" in said
    assert "About the foreword" not in said


def test_earlier_versions_are_for_those_who_read_the_draft(section, money, team, finance, outsider):
    of_text, of_money = VersionFactory(section=section, number=2), VersionFactory(section=money)
    of_another_area = VersionFactory(section__report__area=AnotherAreaFactory())

    def seen(user):
        return {of_text, of_money, of_another_area}.intersection(Version.objects.visible_to(user))

    assert seen(team) == {of_text, of_money}
    assert seen(finance) == {of_money}
    assert seen(outsider) == set()


def test_it_shows_the_build_under_way_and_those_that_are_over(as_user, report, section, team, page, words):
    of_report = {"kind": building.KIND, "target_id": report.pk}
    JobFactory(**of_report, failed=True)
    JobFactory(**of_report, running=True, step="Laying out page 12")
    text = words(as_user(team).get(page))
    assert "Building a draft: Laying out page 12" in text
    assert "40 per cent. Watch it" in text
    assert "Could not be made The printer was away." in text


def test_asking_for_a_build_leads_to_where_it_is_watched(as_user, report, section, team):
    answer = as_user(team).post(f"/reports/{report.slug}/build/")
    job = Job._base_manager.get()
    assert answer["Location"] == job.get_absolute_url()
    assert (job.kind, job.target_id, job.asked_by) == (building.KIND, report.pk, team)


def test_a_second_press_asks_for_nothing_more(as_user, report, section, team):
    answers = [as_user(team).post(f"/reports/{report.slug}/build/")["Location"] for _twice in range(2)]
    assert answers[0] == answers[1]
    assert Job._base_manager.count() == 1


def test_who_only_reads_asks_for_no_build(as_user, report, section, scrutineer, words):
    answer = as_user(scrutineer).post(f"/reports/{report.slug}/build/", follow=True)
    assert "The support team and the chairs of partnerships write the report." in words(answer)
    assert not Job._base_manager.exists()


def test_its_history_is_told_to_those_who_follow_it(as_user, report, section, team, scrutineer, words):
    actions.save_section(section, "Another text.", by=team, seen=1)
    path = f"/history/of/report/{report.public_id}/"
    assert "wrote the section “Foreword”" in words(as_user(scrutineer).get(path))


def test_its_history_is_no_page_for_others(as_user, report, section, outsider):
    assert as_user(outsider).get(f"/history/of/report/{report.public_id}/").status_code == 404


def test_it_costs_the_same_for_three_and_three_hundred_sections(as_user, report, team, page, django_assert_num_queries):
    client = as_user(team)
    AnswerFactory.create_batch(3, comment__section__report=report)
    with django_assert_num_queries(8):
        client.get(page)
    AnswerFactory.create_batch(297, comment__section__report=report)
    with django_assert_num_queries(8):
        client.get(page)


def test_pictures_cost_the_same_however_many(as_user, report, section, team, django_assert_num_queries):
    client = as_user(team)
    ImageFactory.create_batch(3, report=report)
    with django_assert_num_queries(6):
        client.get(f"/reports/{report.slug}/images/")
    ImageFactory.create_batch(47, report=report)
    with django_assert_num_queries(6):
        client.get(f"/reports/{report.slug}/images/")


# --- From section to section ------------------------------------------------------------------------------------------


def test_a_section_is_read_with_its_number_and_leads_to_those_beside_it(as_user, report, section, money, scrutineer):
    SectionFactory(report=report, order=3, title="Priorities", part="What we did")

    def place(number):
        page = as_user(scrutineer).get(report.sections.get(order=number).get_absolute_url())
        return page.context["place"], page.content.decode()

    first, page = place(1)
    assert (first["number"], first["words"], first["previous"]) == ("1", "Section 1 of 3", None)
    assert "<h1>1 Foreword</h1>" in page
    assert f'<a href="{money.get_absolute_url()}" rel="next">Next: B Contributions</a>' in page
    second, page = place(2)
    assert (second["previous"]["title"], second["following"]["title"]) == ("1 Foreword", "2.1 Priorities")
    assert f'<a href="{section.get_absolute_url()}" rel="prev">Previous: 1 Foreword</a>' in page
    assert place(3)[0]["following"] is None


def test_the_finance_editor_is_led_to_the_parts_about_money_alone(as_user, report, section, money, finance):
    SectionFactory(report=report, order=3, title="Priorities")
    budget = SectionFactory(report=report, order=4, title="The year-end position", kind="budget")
    found = as_user(finance).get(money.get_absolute_url()).context["place"]
    assert (found["number"], found["words"], found["previous"]) == ("B1", "Section 1 of 2", None)
    assert found["following"] == {"title": "B2 The year-end position", "href": budget.get_absolute_url()}


# --- Figures ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def figures(report):
    return f"/reports/{report.slug}/figures/"


@pytest.fixture
def shown(report):
    """A text and a part about money that show a figure each."""
    SectionFactory(report=report, order=3, title="Priorities", text="It spent {expenditure}.")
    SectionFactory(report=report, order=4, title="Money", kind="budget", text="It was {contributions total}.")


def test_a_figure_says_what_it_is_where_it_comes_from_and_where_it_is_shown(
    as_user, section, shown, team, figures, words
):
    client = as_user(team)
    row = next(row for row in client.get(figures).context["rows"] if "contributions total" in row["names"])
    assert (row["href"], row["shown_in"][0]["title"]) == (f"{figures}contributions-total/", "Money")
    text = words(client.get(row["href"]))
    for told in ("What partners contributed in all", "The contributions of the year", "{contributions total}"):
        assert told in text


def test_the_finance_editor_finds_the_figures_of_the_parts_about_money(as_user, section, shown, finance, figures):
    client = as_user(finance)
    assert [row["names"] for row in client.get(figures).context["rows"]] == [["contributions total"]]
    assert client.get(f"{figures}expenditure/").status_code == 404


def test_those_who_read_the_parts_about_money_are_led_on_to_the_records(report, team, finance, outsider):
    assert access.opens_records(team, report)
    assert access.opens_records(finance, report)
    assert not access.opens_records(outsider, report)


def test_a_figure_that_there_is_not_is_no_page(as_user, section, team, figures):
    assert as_user(team).get(f"{figures}nothing/").status_code == 404


def test_once_published_a_figure_is_for_everybody_and_stays_as_it_was(client, published, figures, words):
    frozen = Report._base_manager.get().content["figures"]["expenditure"]
    page = client.get(f"{figures}expenditure/")
    assert frozen["label"] in words(page)
    assert "As it was published" in words(page)
    assert page.context["figure"]["records_href"] == ""


def test_figures_of_a_draft_are_no_page_for_the_public(client, section, figures):
    assert client.get(figures).status_code == 404
    assert client.get(f"{figures}expenditure/").status_code == 404
