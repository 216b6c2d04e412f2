"""The reading page: the draft for those who read drafts, what is published for everybody, public too."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from mktogether.lib.templatetags.wording import day
from reports.assembling import content_of
from tests.factories import OfficeFactory, PersonFactory, ReportFactory, SectionFactory, StoredFileFactory, UserFactory
from tests.reports import example

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    report = ReportFactory(title="Safeguarding annual report 2021-22")
    SectionFactory(report=report, order=1, title="Foreword", text="It met {meetings held} times.", part="")
    SectionFactory(report=report, order=2, title="What partners paid", kind="contributions", text="Words on money.")
    return report


def publish(report, content):
    """``report`` as it is once two people published it."""
    report.content = {**content, "slug": report.slug, "is_draft": False}
    report.state = "published"
    report.proposed_at = report.published_at = timezone.now()
    report.proposed_by, report.published_by = UserFactory(), UserFactory()
    report.file = StoredFileFactory(kind="annual-report", target_id=report.pk)
    report.save()
    return report


@pytest.fixture
def published(draft):
    return publish(draft, example.content())


def page(client, report):
    return client.get(report.get_absolute_url())


def as_office(client, **role):
    client.force_login(OfficeFactory(**role).person.user)


def test_nobody_without_a_part_reads_a_draft(client, draft):
    assert page(client, draft).status_code == 404
    client.force_login(PersonFactory(with_account=True).user)
    assert page(client, draft).status_code == 404


@pytest.mark.parametrize("role", ["scrutineer", "lead_partner", "delegated_partner"])
def test_those_who_read_drafts_read_it_whole(client, draft, role):
    as_office(client, **{role: True})
    shown = page(client, draft).content.decode()
    assert "Draft." in shown
    assert "It met" in shown
    assert "Words on money." in shown
    assert f'<a class="figure" href="/reports/{draft.slug}/figures/meetings-held/">not entered yet</a>' in shown
    assert f"/reports/{draft.slug}/making/" in shown


def test_the_finance_editor_reads_the_parts_about_money(client, draft):
    as_office(client, finance_editor=True)
    shown = page(client, draft).content.decode()
    assert "Words on money." in shown
    assert "It met" not in shown
    assert "Foreword" not in shown
    assert "You read the sections about money." in shown


def test_what_is_published_is_for_everybody_with_its_frozen_figures(client, published):
    shown = page(client, published).content.decode()
    assert "£258,792" in shown
    assert "51 of 66" in shown
    assert f"/reports/{published.slug}/pdf/" in shown
    assert "Draft." not in shown
    assert f"Published on {day(timezone.localdate(published.published_at))}" in shown
    assert "/making/" not in shown


def test_what_is_published_asks_the_database_for_no_figure(client, published, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page(client, published)


# --- Its figures ---


def test_figures_stand_each_once_in_the_order_of_what_they_are(client, published):
    rows = client.get(f"/reports/{published.slug}/figures/").context["rows"]
    labels = [row["label"] for row in rows]
    assert labels == sorted(labels, key=str.casefold)
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if label.startswith("The same")]
    [council] = [row for row in rows if row["label"] == "What MK Council, with public health contributed"]
    assert council["names"] == ["contributions council", "contributions mk-council"]


@pytest.mark.parametrize("name", ["contributions-council", "contributions-mk-council"])
def test_a_figure_with_two_names_has_two_addresses_and_all_its_places(client, draft, name):
    sections = [("Who paid", "", "text", "{contributions council}"), ("Most", "", "text", "{contributions mk-council}")]
    publish(draft, example.content(sections=example.texts(sections)))
    figure = client.get(f"/reports/{draft.slug}/figures/{name}/").context["figure"]
    assert [one["title"] for one in figure["shown_in"]] == ["Who paid", "Most"]


# --- Whatever it is made of ---


def test_it_costs_the_same_for_one_section_and_for_thirty(client, draft, django_assert_max_num_queries):
    as_office(client)
    page(client, draft)
    for number in range(3, 33):
        SectionFactory(report=draft, order=number, text="Words.")
    with django_assert_max_num_queries(17):
        page(client, draft)


def test_every_drawing_is_named_and_every_section_has_its_place(client, published):
    shown = page(client, published).content.decode()
    assert shown.count('role="img"') == shown.count('role="img" viewBox') == 5
    for section in published.content["sections"]:
        assert f'id="{section["key"]}"' in shown
        assert f'href="#{section["key"]}"' in shown


def test_text_that_came_past_the_checks_runs_nothing(client, draft):
    hostile = '<script>alert(1)</script> <img src=x onerror="alert(1)"> [x](javascript:alert(1))'
    content = example.content(sections=example.texts([("Foreword", "", "text", hostile)]))
    shown = page(client, publish(draft, content)).content.decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert 'href="javascript' not in shown


def test_each_kind_of_section_says_so_when_nothing_is_entered(draft):
    from reports import presenting
    from reports.sources import Sources

    made = example.assembled(example.ABOUT, example.texts(), {}, Sources())
    for section in presenting.context_of(made, on_paper=True)["sections"]:
        shown = render_to_string(section["template"], {"section": section})
        if section["kind"] in {"structure", "reviews", "attendance", "contributions", "budget", "contacts"}:
            assert "entered" in shown, section["kind"]


def test_a_draft_names_the_sections_of_records_that_are_there(draft):
    assert [section["number"] for section in content_of(draft)["sections"]] == ["1", "B"]
