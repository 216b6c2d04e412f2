"""Publishing: what keeps it from happening, the second person, what is frozen, and that nothing changes afterwards."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from mktogether.lib.verdict import Refusal
from records.models import Event, Job
from reports import actions, building, readiness, sources
from reports.assembling import content_of, fingerprint
from reports.models import Report, Section
from reports.rows import moment
from tests.factories import AnswerFactory, CommentFactory, SectionFactory
from tests.reports import example

pytestmark = pytest.mark.django_db


def at(report, act="making"):
    return f"/reports/{report.slug}/{act}/"


def seen(report):
    return fingerprint(content_of(report))


def test_the_content_says_when_it_was_proposed_and_no_longer_once_that_is_withdrawn(proposed, team):
    assert content_of(proposed)["proposed_on"] == timezone.localdate(proposed.proposed_at).isoformat()
    assert content_of(actions.withdraw(proposed, by=team))["proposed_on"] == ""


# --- Proposing --------------------------------------------------------------------------------------------------------


def test_the_team_proposes_once_it_was_built_and_its_file_is_asked_for(as_user, report, section, team, build_of, words):
    build_of(report)
    client = as_user(team)
    assert "Nothing stands in the way." in words(client.get(at(report, "propose")))
    answer = client.post(at(report, "propose"), follow=True)
    assert answer.redirect_chain == [(at(report), 302)]
    proposed = Report._base_manager.get()
    assert (proposed.state, proposed.proposed_by) == ("proposed", team)
    assert Event.objects.get(verb="report.proposed").actor_id == team.pk


def test_without_a_build_it_is_not_proposed(as_user, report, section, team, words):
    answer = as_user(team).post(at(report, "propose"))
    assert answer.status_code == 422
    assert "There is no finished build of what is in the report now." in words(answer)
    assert Report._base_manager.get().state == "draft"


def test_a_build_of_what_was_there_before_is_not_enough(report, section, team, build_of):
    build_of(report)
    actions.save_section(section, "Another text.", by=team, seen=1)
    with pytest.raises(actions.NotReady) as refused:
        actions.propose(report, by=team)
    assert [one.sentence.partition(".")[0] for one in refused.value.obstacles] == [
        "There is no finished build of what is in the report now"
    ]


def test_a_section_without_its_text_stands_in_the_way_and_one_that_is_built_does_not(report, section, team):
    SectionFactory(report=report, order=7, title="Priorities", text=" ", number=0)
    SectionFactory(report=report, order=8, title="Abbreviations", kind="glossary", text="", number=0)
    assert stands_in_the_way(report, team) == ["“Priorities” has no text yet."]


def test_records_that_nobody_entered_yet_stand_in_the_way(report, money, team):
    SectionFactory(report=report, order=7, title="Money", text="It was {contributions total}.")
    assert stands_in_the_way(report, team) == [
        "The records of “Contributions” are not entered yet.",
        "“Money” shows the figure “contributions total”, whose records are not entered yet.",
    ]


def test_a_text_with_a_figure_that_is_gone_stands_in_the_way(report, team):
    SectionFactory(report=report, title="Priorities", text="So.\n\n{gone}")
    (sentence,) = stands_in_the_way(report, team)
    assert sentence.startswith("“Priorities”, line 3: There is no figure called “gone”.")


def test_a_factual_correction_stands_in_the_way_until_it_is_settled(report, section, team, scrutineer):
    comment = actions.comment(section, "correction", "Five times.", by=scrutineer, seen=1)
    assert stands_in_the_way(report, team) == ["A factual correction of “Foreword” has no answer yet."]
    actions.answer(comment, "accepted", "We will.", by=team)
    assert stands_in_the_way(report, team) == [
        "A factual correction of “Foreword” was accepted, and the section is not said to be changed yet."
    ]
    actions.save_section(section, "The board met five times.", by=team, seen=1)
    actions.answer(comment, "changed", "We did.", by=team)
    assert stands_in_the_way(report, team) == []


def test_a_challenge_stands_in_nobodys_way_and_whoever_approves_is_told(as_user, report, section, team, words):
    CommentFactory(section=section)
    AnswerFactory(comment__section=section)
    assert stands_in_the_way(report, team) == []
    page = words(as_user(team).get(at(report, "propose")))
    assert "1 challenge of the scrutineer has no answer yet." in page


def test_an_unexplained_difference_stands_in_the_way(report, section, team, monkeypatch):
    """The records of money are another app's; what they say is put in their place."""
    differs = replace(example.CONTRIBUTIONS_DIFFER, explanation=None)
    monkeypatch.setattr(sources, "money_of", lambda report: example.money((differs,)))
    (sentence,) = stands_in_the_way(report, team)
    assert sentence == "Contributions: printed £257,880, computed £258,792. It has no explanation yet."
    monkeypatch.setattr(sources, "money_of", lambda report: example.money())
    assert stands_in_the_way(report, team) == []


def stands_in_the_way(report, team):
    """What keeps it from being proposed, but for the build."""
    with pytest.raises(actions.NotReady) as refused:
        actions.propose(report, by=team)
    return [one.sentence for one in refused.value.obstacles if "finished build" not in one.sentence]


@pytest.mark.parametrize("who", ["scrutineer", "partner", "finance"])
def test_who_does_not_write_does_not_propose(as_user, report, section, request, who, words):
    answer = as_user(request.getfixturevalue(who)).post(at(report, "propose"), follow=True)
    assert "The support team and the chairs of partnerships write the report." in words(answer)
    assert Report._base_manager.get().state == "draft"


def test_each_thing_in_the_way_leads_to_where_it_is_mended(as_user, report, section, team, scrutineer):
    comment = actions.comment(section, "correction", "Five times.", by=scrutineer, seen=1)
    empty = SectionFactory(report=report, order=7, title="Priorities", text="", number=0)
    page = as_user(team).get(at(report, "propose"))
    assert [one.href for one in page.context["shown"]["obstacles"]] == [
        empty.get_absolute_url(),
        f"{section.get_absolute_url()}#comment-{comment.public_id}",
        f"{at(report)}#builds-head",
    ]
    assert f'<a href="{section.get_absolute_url()}#comment-{comment.public_id}">A factual correction of' in (
        page.content.decode()
    )


def test_what_stands_in_the_way_costs_the_same_for_three_and_thirty(report, section, django_assert_num_queries):
    content = content_of(report)
    CommentFactory.create_batch(3, section=section, correction=True)
    with django_assert_num_queries(4):
        readiness.obstacles(report, content)
    CommentFactory.create_batch(27, section=section, correction=True)
    with django_assert_num_queries(4):
        readiness.obstacles(report, content)


# --- Approving --------------------------------------------------------------------------------------------------------


def test_a_second_person_approves_what_they_were_shown_and_it_is_frozen(as_user, proposed, team, partner, words):
    client = as_user(partner)
    page = client.get(at(proposed, "approve"))
    assert "What will be public" in words(page)
    assert f"{team.person.post} proposed it on {moment(proposed.proposed_at)}." in words(page)
    form = {"seen": page.context["form"]["seen"].value(), "read_it": "on"}
    answer = client.post(at(proposed, "approve"), form, follow=True)
    assert "The report is published, and nothing of it changes any more." in words(answer)
    published = Report._base_manager.get()
    assert (published.state, published.published_by) == ("published", partner)
    assert published.content["sections"][0]["text"].startswith("The board met four times.")
    assert published.file == building.builds_of(published).filter(state="done").first().result


def test_whoever_proposed_it_does_not_approve_it(as_user, report, section, chair, build_of, words):
    build_of(report)
    actions.propose(report, by=chair)
    build_of(report)
    answer = as_user(chair).post(at(report, "approve"), {"seen": seen(report), "read_it": "on"}, follow=True)
    assert "You proposed it. Publishing needs a second person" in words(answer)
    assert Report._base_manager.get().state == "proposed"


def test_the_database_keeps_it_to_two_people(published):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Report._base_manager.filter(pk=published.pk).update(published_by=published.proposed_by)


def test_what_changed_since_it_was_shown_is_not_published(as_user, proposed, partner, words):
    answer = as_user(partner).post(at(proposed, "approve"), {"seen": "0" * 64, "read_it": "on"})
    assert answer.status_code == 422
    assert "Something in the report changed since it was proposed" in words(answer)
    assert Report._base_manager.get().state == "proposed"


def test_a_correction_that_came_meanwhile_is_settled_first(proposed, section, scrutineer, partner):
    actions.comment(section, "correction", "Five.", by=scrutineer, seen=1)
    with pytest.raises(actions.NotReady):
        actions.approve(proposed, by=partner, seen=seen(proposed))
    assert Report._base_manager.get().state == "proposed"


def test_its_file_is_built_before_it_is_approved(report, section, team, partner, build_of):
    build_of(report)
    actions.propose(report, by=team)
    Job._base_manager.all().delete()
    with pytest.raises(actions.NotReady, match="cannot be published yet"):
        actions.approve(report, by=partner, seen=seen(Report._base_manager.get()))


def test_without_saying_that_one_read_it_nothing_is_published(as_user, proposed, partner, words):
    answer = as_user(partner).post(at(proposed, "approve"), {"seen": seen(proposed)})
    assert answer.status_code == 422
    assert "Read the report as it will be published, and tick that you did" in words(answer)


@pytest.mark.parametrize("who", ["colleague", "finance"])
def test_others_do_not_approve(as_user, proposed, request, who):
    user = request.getfixturevalue(who)
    as_user(user).post(at(proposed, "approve"), {"seen": seen(proposed), "read_it": "on"})
    assert Report._base_manager.get().state == "proposed"
    with pytest.raises(Refusal):
        actions.approve(proposed, by=user, seen=seen(proposed))


@pytest.mark.parametrize("who", ["scrutineer", "chair"])
def test_the_scrutineer_or_a_chair_can_be_the_second_person(proposed, request, who):
    user = request.getfixturevalue(who)
    assert actions.approve(proposed, by=user, seen=seen(proposed)).is_published


# --- Withdrawing ------------------------------------------------------------------------------------------------------


def test_a_proposal_is_withdrawn_and_the_report_can_be_written_again(as_user, proposed, section, team, words):
    answer = as_user(team).post(at(proposed, "withdraw"), follow=True)
    assert "The proposal is withdrawn." in words(answer)
    again = Report._base_manager.get()
    assert (again.state, again.proposed_by) == ("draft", None)
    assert actions.save_section(section, "Another text.", by=team, seen=1).number == 2


def test_there_is_nothing_to_withdraw_from_a_draft(report, team):
    with pytest.raises(Refusal, match="There is no proposal to withdraw"):
        actions.withdraw(report, by=team)


# --- Published --------------------------------------------------------------------------------------------------------


def test_everybody_finds_it_and_its_file(client, published, words):
    page = words(client.get("/reports/"))
    assert "Safeguarding annual report 2021-22" in page
    assert "In the making" not in page
    answer = client.get(at(published, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_draft_has_no_file_for_anybody(client, as_user, report, section, team, build_of):
    build_of(report)
    assert client.get(at(report, "pdf")).status_code == 404
    assert as_user(team).get(at(report, "pdf")).status_code == 404


def test_nothing_of_it_changes(published, section, team, chair, partner, scrutineer):
    for act in (
        lambda: actions.save_section(section, "Other.", by=team, seen=1),
        lambda: actions.build(published, by=team),
        lambda: actions.propose(published, by=team),
        lambda: actions.approve(published, by=chair, seen=seen(published)),
        lambda: actions.withdraw(published, by=partner),
        lambda: actions.comment(section, "challenge", "No.", by=scrutineer, seen=1),
    ):
        with pytest.raises(Refusal, match="This report is published"):
            act()


@pytest.mark.parametrize(
    "change",
    [
        lambda report: Report._base_manager.filter(pk=report.pk).update(title="Another"),
        lambda report: Report._base_manager.filter(pk=report.pk).update(content={}),
        lambda report: Report._base_manager.filter(pk=report.pk).delete(),
        lambda report: Section._base_manager.filter(report=report).update(text="Another"),
        lambda report: Section._base_manager.filter(report=report)._raw_delete("default"),
    ],
    ids=["title", "content", "report", "text", "section"],
)
def test_the_database_refuses_to_change_it(published, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(published)


def test_the_public_finds_nothing_of_how_it_was_made(client, as_user, published, section, outsider):
    for path in (at(published), at(published, "comments"), at(published, "images"), section.get_absolute_url()):
        assert client.get(path)["Location"].startswith("/sign-in/")
        assert as_user(outsider).get(path).status_code == 404


def test_those_who_made_it_still_read_what_was_said(as_user, published, section, scrutineer, words):
    page = words(as_user(scrutineer).get(section.get_absolute_url()))
    assert "What was said of its drafts stays on record here." in page
    assert "Comment on this" not in page
