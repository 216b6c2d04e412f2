"""What is said about a draft: on a paragraph or on the section, answered, kept private, and never changed."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from mktogether.lib.verdict import Refusal
from records import submissions
from records.models import Event, OutboxMessage
from reports import actions, texts
from reports.models import Answer, Comment, LastRead, PrivateNote
from tests.factories import AnswerFactory, CommentFactory, PrivateNoteFactory, SectionFactory, YearCountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(section):
    """The first paragraph of the section, as it is read."""
    return texts.reader_of(section.report)(section.text)[0]


def said(section, text="Was it four?", kind="correction", **more):
    return {"kind": kind, "text": text, "number": section.number, **more}


def at(section, act=""):
    return f"{section.get_absolute_url()}{act}"


# --- Saying something -------------------------------------------------------------------------------------------------


def test_the_scrutineer_challenges_a_paragraph_without_a_script(as_user, section, scrutineer, words, first):
    client = as_user(scrutineer)
    page = client.get(at(section))
    assert f'href="{at(section)}?paragraph={first.key}#say"' in page.content.decode()
    page = client.get(at(section), {"paragraph": first.key})
    assert page.context["chosen"] == first.key
    answer = client.post(
        at(section, "comment/"), said(section, "Who came?", "challenge", paragraph=first.key), follow=True
    )
    comment = Comment._base_manager.get()
    assert answer.redirect_chain == [(f"{at(section)}#comment-{comment.public_id}", 302)]
    assert (comment.paragraph, comment.quoted, comment.number) == (first.key, "The board met four times.", 1)
    assert "Challenge No answer yet Who came?" in words(answer)
    assert Event.objects.get(verb="report.commented").details == {"comment": comment.pk}


def test_a_comment_on_the_section_as_a_whole_quotes_nothing(section, scrutineer):
    comment = actions.comment(section, "challenge", " Too long. ", by=scrutineer, seen=1)
    assert (comment.paragraph, comment.quoted, comment.text) == ("", "", "Too long.")


def test_a_comment_keeps_the_words_that_were_read_though_they_have_changed_since(section, scrutineer, team, first):
    section = actions.save_section(section, "Nothing of it.", by=team, seen=1)
    comment = actions.comment(section, "correction", "No.", by=scrutineer, seen=1, paragraph=first.key)
    assert (comment.quoted, comment.number) == ("The board met four times.", 1)


def test_a_paragraph_that_there_never_was_is_refused_and_what_was_typed_kept(as_user, section, scrutineer, words):
    answer = as_user(scrutineer).post(at(section, "comment/"), said(section, paragraph="none"))
    assert answer.status_code == 422
    assert "That paragraph is not in the text that you read." in words(answer)
    assert "Was it four?" in words(answer)
    assert not Comment._base_manager.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": ""}, "Choose whether it is a factual correction or a challenge"),
        ({"kind": "praise"}, "Choose one of the answers offered for “What is it?”"),
        ({"text": "  "}, "Enter what you want to say"),
        ({"text": "x" * 4001}, "Shorten “Your comment” to 4000 characters. It has 4001"),
    ],
)
def test_bad_input_gets_its_sentence_beside_the_paragraph(as_user, section, scrutineer, words, first, values, sentence):
    answer = as_user(scrutineer).post(at(section, "comment/"), said(section, paragraph=first.key) | values)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert answer.context["chosen"] == first.key
    assert not Comment._base_manager.exists()


def test_the_same_form_sent_twice_says_it_once(as_user, section, scrutineer):
    form = said(section, submission=submissions.new_token())
    client = as_user(scrutineer)
    answers = [client.post(at(section, "comment/"), form)["Location"] for _twice in range(2)]
    assert answers[0] == answers[1]
    assert Comment._base_manager.count() == 1


@pytest.mark.parametrize("who", ["team", "chair", "partner"])
def test_others_who_read_drafts_do_not_comment(as_user, section, request, who, words):
    answer = as_user(request.getfixturevalue(who)).post(at(section, "comment/"), said(section), follow=True)
    assert "The independent scrutineer comments on drafts" in words(answer)
    assert not Comment._base_manager.exists()


def test_after_publication_nothing_more_is_said(as_user, published, section, scrutineer, words):
    answer = as_user(scrutineer).post(at(section, "comment/"), said(section), follow=True)
    assert "This report is published." in words(answer)
    assert not Comment._base_manager.exists()


def test_a_comment_and_an_answer_are_never_changed_or_deleted(section):
    answer = AnswerFactory(comment__section=section)
    for row in (answer, answer.comment):
        for change in (lambda row=row: row.delete(), lambda row=row: row.save(update_fields=["text"])):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


# --- Where it stands --------------------------------------------------------------------------------------------------


def test_corrections_come_before_challenges(as_user, section, scrutineer):
    CommentFactory(section=section, kind="challenge", text="First written")
    CommentFactory(section=section, kind="correction", text="Second written")
    page = as_user(scrutineer).get(at(section))
    assert [one["text"] for one in page.context["about_all"]] == ["Second written", "First written"]


def test_a_comment_stands_at_its_paragraph_while_the_words_stay(as_user, section, scrutineer, team, first):
    actions.comment(section, "challenge", "Who?", by=scrutineer, seen=1, paragraph=first.key)
    actions.save_section(section, "New before it.\n\n" + section.text, by=team, seen=1)
    page = as_user(scrutineer).get(at(section))
    assert [[one["text"] for one in block["said"]] for block in page.context["blocks"]] == [[], ["Who?"], []]


def test_when_the_words_change_it_stands_at_the_head_with_what_it_was_about(
    as_user, section, scrutineer, team, first, words
):
    actions.comment(section, "challenge", "Who?", by=scrutineer, seen=1, paragraph=first.key)
    actions.save_section(section, section.text.replace("four", "five"), by=team, seen=1)
    page = as_user(scrutineer).get(at(section))
    assert [one["text"] for one in page.context["about_changed"]] == ["Who?"]
    assert "About words that have changed since" in words(page)
    assert "The board met four times." in words(page)


# --- Answers ----------------------------------------------------------------------------------------------------------


def answering(comment):
    return f"/reports/comments/{comment.public_id}/answer/"


def test_the_team_answers_and_whoever_wrote_it_is_told_without_a_word_of_it(as_user, section, scrutineer, team, words):
    comment = actions.comment(section, "challenge", "Who came to it?", by=scrutineer, seen=1)
    page = as_user(team).get(answering(comment))
    assert "Who came to it?" in words(page)
    answer = as_user(team).post(answering(comment), {"outcome": "kept", "text": "It is in Appendix A."}, follow=True)
    assert answer.redirect_chain == [(f"{at(section)}#comment-{comment.public_id}", 302)]
    assert "Not accepted, because It is in Appendix A." in words(answer)

    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (
        scrutineer.email,
        f"Comment {comment.pk}: What you said about a draft was answered",
    )
    assert f"{at(section)}#comment-{comment.public_id}" in mail.text
    assert "Appendix" not in mail.text
    assert "Who came" not in mail.text
    assert section.title not in mail.text
    event = Event.objects.get(verb="report.answered")
    assert (event.actor_id, event.target_id) == (team.pk, section.pk)


def test_a_further_answer_stands_beneath_and_is_told_of_too(as_user, section, scrutineer, team):
    comment = actions.comment(section, "correction", "It met five times.", by=scrutineer, seen=1)
    actions.answer(comment, "accepted", "It is accepted.", by=team)
    actions.save_section(section, section.text.replace("four", "five"), by=team, seen=1)
    actions.answer(comment, "changed", "It is changed.", by=team)
    page = as_user(scrutineer).get(at(section))
    (one,) = page.context["about_all"]
    assert [row["text"] for row in one["answers"]] == ["It is accepted.", "It is changed."]
    assert "Accepted, the section is changed" in one["state"]
    assert OutboxMessage.objects.count() == 2


def test_nobody_is_told_who_cannot_sign_in(section, scrutineer, team):
    comment = actions.comment(section, "correction", "No.", by=scrutineer, seen=1)
    comment.by.is_active = False
    actions.answer(comment, "kept", "Yes.", by=team)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"outcome": ""}, "Choose what came of it"), ({"text": ""}, "Enter your answer")],
)
def test_an_answer_that_is_not_whole_is_refused(as_user, section, team, words, values, sentence):
    comment = CommentFactory(section=section)
    answer = as_user(team).post(answering(comment), {"outcome": "kept", "text": "So."} | values)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Answer._base_manager.exists()


def test_a_section_that_is_as_it_was_is_not_said_to_be_changed(as_user, section, scrutineer, team, words):
    comment = actions.comment(section, "correction", "It met five times.", by=scrutineer, seen=1)
    answer = as_user(team).post(answering(comment), {"outcome": "changed", "text": "We did."})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "outcome": ["The section is still as it was when this was said. Change it first, or choose another answer."]
    }
    assert "We did." in words(answer)
    assert not Answer._base_manager.exists()
    assert not OutboxMessage.objects.exists()


def test_a_text_that_was_changed_and_changed_back_is_as_it_was(section, scrutineer, team):
    comment = actions.comment(section, "correction", "It met five times.", by=scrutineer, seen=1)
    actions.save_section(section, "Another text.", by=team, seen=1)
    actions.bring_back(section, 1, by=team, seen=2)
    with pytest.raises(Refusal, match="still as it was"):
        actions.answer(comment, "changed", "We did.", by=team)


def test_what_was_said_of_an_earlier_version_is_answered_by_the_one_that_came_after_it(section, scrutineer, team):
    actions.save_section(section, "It met five times.", by=team, seen=1)
    comment = actions.comment(section, "correction", "It met five times.", by=scrutineer, seen=1)
    assert actions.answer(comment, "changed", "It says so by now.", by=team).outcome == "changed"


@pytest.mark.parametrize(
    "of_section", [{"kind": "reviews", "text": "", "number": 0}, {"text": "There were {reviews rapid adults} of them."}]
)
def test_a_section_is_changed_too_by_the_records_that_it_shows(report, scrutineer, team, of_section):
    count = YearCountFactory(area=report.area, first_day=report.starts_on, key="adult-rapid-reviews", count=4)
    section = SectionFactory(report=report, title="Reviews", **of_section)
    comment = actions.comment(section, "correction", "There were five.", by=scrutineer, seen=section.number)
    with pytest.raises(Refusal, match="still as it was"):
        actions.answer(comment, "changed", "We did.", by=team)
    type(count)._base_manager.filter(pk=count.pk).update(count=5)
    assert actions.answer(comment, "changed", "The records say so now.", by=team).outcome == "changed"


def test_where_nobody_knows_what_the_records_said_then_nobody_is_stuck(money, team):
    comment = CommentFactory(section=money, correction=True, records=None)
    assert actions.answer(comment, "changed", "The records are right now.", by=team).outcome == "changed"


@pytest.mark.parametrize("who", ["scrutineer", "chair", "partner"])
def test_only_the_team_answers(as_user, section, request, who, words):
    comment = CommentFactory(section=section)
    answer = as_user(request.getfixturevalue(who)).post(
        answering(comment), {"outcome": "kept", "text": "So."}, follow=True
    )
    assert "The support team answers what is said about drafts." in words(answer)
    assert not Answer._base_manager.exists()


# --- Private notes ----------------------------------------------------------------------------------------------------


def test_a_private_note_is_read_by_its_writer_alone(as_user, section, scrutineer, team, first, words):
    answer = as_user(scrutineer).post(
        at(section, "note/"), {"text": "Ask the chair.", "number": 1, "paragraph": first.key}, follow=True
    )
    assert "Only you read this Ask the chair." in words(answer)
    assert PrivateNote._base_manager.get().quoted == "The board met four times."
    assert "Ask the chair." not in words(as_user(team).get(at(section)))


def test_the_history_tells_nobody_else_that_there_is_a_note(as_user, section, scrutineer, fresh):
    governance_sees = "kept a private note"
    actions.keep_note(section, "Ask the chair.", by=scrutineer, seen=1)
    event = Event.objects.get(verb="report.note_kept")
    assert event.target == "reports.PrivateNote"
    from partnerships.story import kinds
    from tests.factories import OfficeFactory

    governance = OfficeFactory(information_governance=True).person.user
    assert Event.objects.filter(kinds.secrets(governance)).filter(pk=event.pk).exists(), governance_sees
    assert not Event.objects.filter(kinds.secrets(fresh(scrutineer))).filter(pk=event.pk).exists()


def test_its_writer_removes_a_note_and_nobody_else_finds_it(as_user, section, scrutineer, team, words):
    note = PrivateNoteFactory(section=section, by=scrutineer)
    path = f"/reports/notes/{note.public_id}/remove/"
    assert as_user(team).post(path).status_code == 404
    assert "Your note is removed." in words(as_user(scrutineer).post(path, follow=True))
    with pytest.raises(ObjectDoesNotExist):
        PrivateNote._base_manager.get(pk=note.pk)


def test_the_act_itself_refuses_the_note_of_somebody_else(section, scrutineer, team):
    note = PrivateNoteFactory(section=section, by=scrutineer)
    with pytest.raises(Refusal, match="Only its writer"):
        actions.remove_note(note, by=team)


def test_an_empty_note_is_refused(as_user, section, scrutineer, words):
    answer = as_user(scrutineer).post(at(section, "note/"), {"text": " ", "number": 1})
    assert answer.status_code == 422
    assert "Enter your note" in words(answer)


# --- What changed since somebody last read it -------------------------------------------------------------------------


def test_somebody_who_marked_it_as_read_is_shown_what_changed(as_user, section, scrutineer, team, words):
    client = as_user(scrutineer)
    assert "You have not marked this section as read." in words(client.get(at(section)))
    client.post(at(section, "read/"), {"number": 1})
    assert "Nothing changed since you read it." in words(client.get(at(section)))

    actions.save_section(section, section.text.replace("four", "five") + "\n\nMore.", by=team, seen=1)
    assert "2 paragraphs changed since you read version 1." in words(client.get(at(section)))
    page = client.get(at(section, "changes/"))
    assert "[gone: four ]" in words(page)
    assert "[new: five ]" in words(page)
    assert "New [new: More. ]" in words(page)

    client.post(at(section, "read/"), {"number": 2})
    assert "Nothing changed since you read it." in words(client.get(at(section)))
    assert LastRead._base_manager.count() == 1


def test_what_came_after_the_page_was_opened_is_not_marked_as_read(as_user, section, scrutineer, team):
    client = as_user(scrutineer)
    actions.save_section(section, "New.", by=team, seen=1)
    client.post(at(section, "read/"), {"number": 1})
    assert LastRead._base_manager.get().number == 1


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "9" * 5000])
def test_a_version_that_there_is_not_marks_the_newest(as_user, section, scrutineer, number):
    as_user(scrutineer).post(at(section, "read/"), {"number": number})
    assert LastRead._base_manager.get().number == 1


def test_without_a_mark_the_page_of_changes_says_what_to_do(as_user, section, scrutineer, words):
    answer = as_user(scrutineer).get(at(section, "changes/"), follow=True)
    assert "Mark the section as read first" in words(answer)


# --- Everything that is said ------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_state_and_kind(as_user, report, section, scrutineer):
    CommentFactory(section=section, correction=True, text="Open correction")
    AnswerFactory(comment__section=section, comment__text="Answered challenge")
    CommentFactory(section=SectionFactory(), text="Of another report")
    client = as_user(scrutineer)

    def shown(query=""):
        return [one["text"] for one in client.get(f"/reports/{report.slug}/comments/{query}").context["rows"]]

    assert shown() == ["Open correction"]
    assert shown("?state=answered") == ["Answered challenge"]
    assert shown("?state=all") == ["Open correction", "Answered challenge"]
    assert shown("?state=all&kind=challenge") == ["Answered challenge"]
    assert shown("?state=nonsense&by__email=x") == ["Open correction", "Answered challenge"]


@pytest.mark.parametrize("path", ["{section}", "/reports/{report}/comments/?state=all"])
def test_its_queries_do_not_grow_with_what_is_said(
    as_user, report, section, scrutineer, django_assert_num_queries, path
):
    address = path.format(section=at(section), report=report.slug)
    client = as_user(scrutineer)
    expected = 10 if "sections" in address else 8
    AnswerFactory.create_batch(3, comment__section=section)
    PrivateNoteFactory.create_batch(3, section=section, by=scrutineer)
    with django_assert_num_queries(expected):
        client.get(address)
    AnswerFactory.create_batch(297, comment__section=section)
    PrivateNoteFactory.create_batch(297, section=section, by=scrutineer)
    with django_assert_num_queries(expected):
        client.get(address)
