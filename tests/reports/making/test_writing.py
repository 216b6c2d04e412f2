"""Writing a section: versions, two people at once, problems at their lines, a preview, bringing a version back."""

import pytest

from mktogether.lib.verdict import Refusal
from records.models import EarlierValue, Event
from reports import actions
from reports.models import Section, Version
from tests.factories import SectionFactory, VersionFactory
from tests.reports.making.conftest import TEXT

pytestmark = pytest.mark.django_db

BETTER = TEXT.replace("four", "five")


def edit(section):
    return f"{section.get_absolute_url()}edit/"


def typed(text, seen=1, act="save"):
    return {"text": text, "seen": seen, "act": act}


# --- Saving -----------------------------------------------------------------------------------------------------------


def test_saving_makes_the_next_version_and_keeps_the_one_before(section, team):
    saved = actions.save_section(section, BETTER, by=team, seen=1)
    assert (saved.number, saved.text) == (2, BETTER)
    rows = Version.objects.of(section).values_list("number", "text", "by")
    assert rows.first() == (2, BETTER, team.pk)
    assert rows.get(number=1)[1] == TEXT


def test_the_history_has_who_wrote_and_none_of_the_words(section, team):
    actions.save_section(section, BETTER, by=team, seen=1)
    event = Event.objects.get(verb="report.written")
    assert (event.actor_id, event.target_id, event.details) == (team.pk, section.pk, {"version": 2})
    assert "five" not in str(event.fields)
    assert not EarlierValue.objects.filter(event=event).exists()


def test_saving_what_stands_there_makes_no_version(section, team):
    actions.save_section(section, TEXT.replace("\n", "\r\n") + "\n ", by=team, seen=1)
    actions.save_section(section, TEXT, by=team, seen=0)
    assert Version.objects.of(section).count() == 1
    assert not Event.objects.filter(verb="report.written").exists()


def test_a_second_writer_saves_nothing_over_what_they_have_not_seen(section, team, colleague):
    actions.save_section(section, BETTER, by=team, seen=1)
    with pytest.raises(actions.Meanwhile) as meanwhile:
        actions.save_section(section, "Mine.", by=colleague, seen=1)
    assert meanwhile.value.section.text == BETTER
    assert Version.objects.of(section).count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Fine.\n\n<script>alert(1)</script>", "Line 3: HTML such as “<script>alert(1)</script>” is not used"),
        ("See [this](http://127.0.0.1/x).", "Line 1: “127.0.0.1” is not on the public web"),
        ("See [this](file:///etc/passwd).", "Line 1: A link cannot lead to “file:///etc/passwd”."),
        ("It was {money of nobody}.", "Line 1: There is no figure called “money of nobody”."),
        ("![A](image:6c1f0c2e-0000-4000-8000-000000000000)", "Line 1: This picture does not belong to the report"),
    ],
)
def test_what_cannot_stand_in_a_report_is_refused_at_its_line_and_kept_in_the_box(
    as_user, section, team, words, again, text, sentence
):
    answer = as_user(team).post(edit(section), typed(text))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert answer.context["form"]["text"].value() == text
    assert again(section).text == TEXT


@pytest.mark.parametrize("who", ["scrutineer", "partner", "finance", "outsider"])
def test_only_the_team_and_chairs_write(section, request, who):
    user = request.getfixturevalue(who)
    with pytest.raises(Refusal, match="The support team and the chairs of partnerships write the report"):
        actions.save_section(section, BETTER, by=user, seen=1)


def test_a_chair_of_a_partnership_writes_too(section, chair):
    assert actions.save_section(section, BETTER, by=chair, seen=1).number == 2


def test_while_it_waits_for_approval_nothing_is_written(proposed, section, team, as_user, words):
    with pytest.raises(Refusal, match="Withdraw the proposal first"):
        actions.save_section(section, BETTER, by=team, seen=1)
    answer = as_user(team).post(edit(section), typed(BETTER), follow=True)
    assert answer.redirect_chain == [(section.get_absolute_url(), 302)]
    assert "Withdraw the proposal first" in words(answer)


# --- Its page ---------------------------------------------------------------------------------------------------------


def test_the_page_saves_and_says_how_long_the_text_is(as_user, section, team, words, again):
    answer = as_user(team).post(edit(section), typed(BETTER), follow=True)
    assert answer.redirect_chain == [(section.get_absolute_url(), 302)]
    assert "Saved. 11 of 300 words." in words(answer)
    assert again(section).text == BETTER


def test_too_many_words_are_told_and_not_refused(as_user, section, team, words, again):
    client = as_user(team)
    saved = words(client.post(edit(section), typed("word " * 301), follow=True))
    assert "Saved. 301 of 300 words: 1 over the limit." in saved
    assert "all the same" not in saved
    assert again(section).number == 2
    assert "1 over the limit. It can be saved all the same." in words(client.get(edit(section)))


def test_a_preview_shows_the_text_and_saves_nothing(as_user, section, team, words, again):
    answer = as_user(team).post(edit(section), typed("It was **bold**.", act="preview"))
    assert answer.status_code == 200
    assert "<strong>bold</strong>" in answer.content.decode()
    assert "Not saved yet" in words(answer)
    assert answer.context["form"]["text"].value() == "It was **bold**."
    assert again(section).number == 1


def test_a_preview_says_what_will_be_refused(as_user, section, team, words):
    answer = as_user(team).post(edit(section), typed("<b>x</b> {nothing}", act="preview"))
    assert "Line 1: There is no figure called “nothing”." in words(answer)
    assert "<b>x</b>" not in answer.content.decode().partition("Preview</h2>")[2].partition("<textarea")[0]


def test_the_second_of_two_writers_sees_both_texts_and_can_then_save(as_user, section, team, colleague, words, again):
    as_user(team).post(edit(section), typed(BETTER))
    mine = "It heard from nobody at all."
    answer = as_user(colleague).post(edit(section), typed(mine))
    assert answer.status_code == 422
    page = words(answer)
    assert f"{team.person.post} saved version 2 while you were writing" in page
    assert "The board met five times." in page
    assert answer.context["form"]["text"].value() == mine
    assert again(section).text == BETTER

    seen = answer.context["form"]["seen"].value()
    as_user(colleague).post(edit(section), typed(mine, seen=seen))
    assert again(section).text == mine
    assert Version.objects.of(section).get(number=2).text == BETTER


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 400])
def test_a_form_that_does_not_say_what_it_was_made_from_saves_nothing(as_user, section, team, again, seen):
    answer = as_user(team).post(edit(section), typed(BETTER, seen=seen))
    assert answer.status_code == 422
    assert again(section).number == 1


def test_nothing_but_the_text_can_be_set(as_user, section, team, again):
    as_user(team).post(edit(section), typed(BETTER) | {"title": "X", "number": "9", "owner": "X", "word_limit": "1"})
    assert (again(section).title, again(section).number, again(section).owner) == ("Foreword", 2, "Chair")


# --- Versions ---------------------------------------------------------------------------------------------------------


def test_an_earlier_version_is_brought_back_as_the_newest(as_user, section, team, words, again):
    actions.save_section(section, BETTER, by=team, seen=1)
    client = as_user(team)
    page = client.get(f"{section.get_absolute_url()}versions/1/")
    assert "four" in words(page)
    assert "<del>" in page.content.decode()
    answer = client.post(f"{section.get_absolute_url()}versions/1/bring-back/", {"number": 2}, follow=True)
    assert "Version 1 was brought back." in words(answer)
    assert (again(section).number, again(section).text) == (3, TEXT)
    assert Version.objects.of(section).get(number=2).text == BETTER
    assert Event.objects.get(verb="report.brought_back").details == {"version": 3, "of": 1}


def test_a_version_that_came_with_the_files_is_not_said_to_be_somebodys(as_user, section, team, words):
    """Without an account there is only what the report was loaded with."""
    made = SectionFactory(report=section.report, title="Priorities")
    VersionFactory(section=made, number=1, by=None)
    client = as_user(team)
    assert "Version 1 stands there now Loaded from files" in words(client.get(f"{made.get_absolute_url()}versions/"))
    assert "Loaded from files, " in words(client.get(f"{made.get_absolute_url()}versions/1/"))
    assert f"Saved by {team.person.post}, " in words(client.get(f"{section.get_absolute_url()}versions/1/"))


def test_a_version_is_not_brought_back_over_one_that_was_not_seen(as_user, section, team, words, again):
    actions.save_section(section, BETTER, by=team, seen=1)
    answer = as_user(team).post(f"{section.get_absolute_url()}versions/1/bring-back/", {"number": 1}, follow=True)
    assert "Somebody else saved this section" in words(answer)
    assert again(section).text == BETTER


def test_a_version_with_a_figure_that_is_gone_is_not_brought_back(as_user, section, report, team, words, again):
    Version.objects.create(section=section, number=2, text="{gone}", at=Version.objects.of(section)[0].at, by=team)
    Section._base_manager.filter(pk=section.pk).update(number=2)
    actions.save_section(again(section), BETTER, by=team, seen=2)
    answer = as_user(team).post(f"{section.get_absolute_url()}versions/2/bring-back/", {"number": 3})
    assert answer.status_code == 422
    assert "There is no figure called “gone”" in words(answer)
    assert again(section).text == BETTER


def test_a_version_that_there_is_not_is_no_page(as_user, section, team):
    client = as_user(team)
    assert client.get(f"{section.get_absolute_url()}versions/7/").status_code == 404
    assert client.get(f"{section.get_absolute_url()}versions/{'9' * 30}/").status_code == 404


def test_its_queries_do_not_grow_with_the_versions(as_user, section, team, django_assert_num_queries):
    client = as_user(team)
    for number in range(2, 5):
        VersionFactory(section=section, number=number, by=team)
    with django_assert_num_queries(5):
        client.get(f"{section.get_absolute_url()}versions/")
    for number in range(5, 305):
        VersionFactory(section=section, number=number, by=team)
    with django_assert_num_queries(5):
        client.get(f"{section.get_absolute_url()}versions/")
