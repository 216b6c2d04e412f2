"""Forms: what the library gets wrong stays mended, and what people type is understood or answered in words."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from mktogether.lib.forms import ClockField, DayField, PortalForm, PoundsField, moment_of
from tests.front.pages import Page
from tests.front.sample_forms import EveryField, WithQuestion

SHOWN = """{% load crispy_forms_tags crispy_forms_gds %}{% error_summary form %}{% crispy form %}"""
VISIBLE = "You can enter up to 60 characters"


def html(form):
    return engines["django"].from_string(SHOWN).render({"form": form, "csrf_token": "x"})


def page(form):
    return Page(html(form))


def a_day(first, second, third, **kwargs):
    return DayField(**kwargs).clean([first, second, third])


def complaint(field, value):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


def test_every_line_of_the_error_summary_leads_to_an_input():
    shown = page(EveryField({}))
    targets = shown.targets_of_error_summary()
    assert len(targets) == len(EveryField.base_fields)
    assert {tag for tag, _ in targets.values()} == {"input", "textarea"}
    assert targets["id_reply"] == ("input", "radio")
    assert targets["id_partners"] == ("input", "checkbox")
    assert targets["id_aware_on_0"] == ("input", "text")


@pytest.mark.parametrize("data", [None, {}, {"aware_on_0": "31", "aware_on_1": "2", "aware_on_2": "2026"}])
def test_every_reference_of_a_form_has_its_element_and_no_id_stands_twice(data):
    shown = page(EveryField(data))
    assert shown.broken_references() == []
    assert len(shown.ids) == len(set(shown.ids))


def test_a_question_that_opens_another_refers_to_it():
    shown = page(WithQuestion())
    assert shown.broken_references() == []
    assert shown.all("input", value="remote")[0]["data-aria-controls"] in shown.ids
    assert "data-aria-controls" not in shown.all("input", value="room")[0]


@pytest.mark.parametrize("data", [None, {"reason": ""}])
def test_a_counted_text_without_a_hint_is_shown_and_described_by_its_count(data):
    form = EveryField(data)
    assert VISIBLE in html(form)
    box = page(form).all("textarea", name="reason")[0]
    assert "id_reason-info" in box["aria-describedby"].split()
    assert "maxlength" not in box


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("21", "1", "2025"), dt.date(2025, 1, 21)),
        ((" 1 ", "March", "2026"), dt.date(2026, 3, 1)),
        (("29", "feb", "2024"), dt.date(2024, 2, 29)),
        (("5", "Sept.", "2025"), dt.date(2025, 9, 5)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed, day):
    assert a_day(*typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("1", "2", "26"), "Enter the year with four digits, such as 2026"),
        (("31", "2", "2026"), "February 2026 has no day 31. Check the day and the month"),
        (("29", "2", "2025"), "February 2025 has no day 29. Check the day and the month"),
        (("x", "2", "2026"), "Enter the day as a number from 1 to 31"),
        (("1", "13", "2026"), "Enter the month as a number from 1 to 12, or its name"),
        (("1", "ma", "2026"), "Enter the month as a number from 1 to 12, or its name"),
        (("1", "", "2026"), "Enter the month as a number from 1 to 12, or its name"),
        (("1", "2", "0026"), "Enter a year from 1900 to 2199"),
        (("²", "2", "2026"), "Enter the day as a number from 1 to 31"),
        (("", "", ""), "Enter the day, month and year"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_an_instruction(typed, sentence):
    assert complaint(DayField(), list(typed)) == sentence


def test_a_day_that_is_not_asked_for_may_be_left_out():
    assert a_day("", "", "", required=False) is None
    assert DayField(required=False).clean(None) is None


def test_only_the_box_at_fault_is_marked():
    shown = page(EveryField({"aware_on_0": "1", "aware_on_1": "2", "aware_on_2": "26"}))
    marked = [box["name"] for box in shown.all("input") if box.get("aria-invalid") and "aware_on" in box["name"]]
    assert marked == ["aware_on_2"]
    assert "id_aware_on_2" in shown.targets_of_error_summary()


def test_the_fault_of_one_form_is_not_shown_in_the_next():
    assert not EveryField({"aware_on_0": "1", "aware_on_1": "2", "aware_on_2": "26"}).is_valid()
    shown = page(EveryField({"aware_on_0": "1", "aware_on_1": "2", "aware_on_2": "2026"}))
    assert not [box for box in shown.all("input") if box.get("aria-invalid") and "aware_on" in box["name"]]


def test_a_day_has_a_number_pad_and_keeps_what_was_typed():
    boxes = page(EveryField({"aware_on_0": "31", "aware_on_2": "x"})).all("input")
    day, month, year = (box for box in boxes if box["name"].startswith("aware_on"))
    assert [box["inputmode"] for box in (day, month, year)] == ["numeric"] * 3
    assert (day["value"], month.get("value"), year["value"]) == ("31", None, "x")


def test_an_untouched_day_is_unchanged():
    form = EveryField(
        {"aware_on_0": "21", "aware_on_1": "1", "aware_on_2": "2025", "starts_at": "09:30", "amount": "3,200"},
        initial={"aware_on": dt.date(2025, 1, 21), "starts_at": dt.time(9, 30), "amount": Decimal("3200.00")},
    )
    assert {"aware_on", "starts_at", "amount"}.isdisjoint(form.changed_data)


@pytest.mark.parametrize("name", ["title", "starts_at", "amount", "places", "link"])
def test_every_box_to_type_in_has_the_design_systems_class(name):
    box = page(EveryField()).all("input", name=name)[0]
    assert "govuk-input" in box["class"].split()
    assert "required" not in box


def test_numbers_have_no_spinner():
    box = page(EveryField()).all("input", name="places")[0]
    assert (box["type"], box["inputmode"]) == ("text", "numeric")


def test_a_field_at_fault_says_so_to_a_screen_reader():
    box = page(EveryField({})).all("input", name="link")[0]
    assert box["aria-invalid"] == "true"
    assert "govuk-input--error" in box["class"]
    assert box["aria-describedby"] == "id_link_1_error"


def test_labels_and_hints_are_escaped():
    class Named(PortalForm):
        text = forms.CharField(label="<b>Board</b>", help_text="<script>alert(1)</script>")
        way = forms.ChoiceField(label="<i>Way</i>", choices=[("a", "<u>A</u>")], widget=forms.RadioSelect)
        days = forms.MultipleChoiceField(label="<s>D</s>", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
        day = DayField(label="<em>Day</em>")
        sure = forms.BooleanField(label="<q>Sure</q>")

    shown = html(Named({}))
    tags = {tag for tag, _ in Page(shown).elements}
    assert tags.isdisjoint({"b", "i", "u", "s", "em", "q", "script"})
    assert "&lt;script&gt;" in shown


def test_errors_name_the_field_and_say_what_to_do():
    errors = EveryField({"title": "x" * 41, "reply": "perhaps", "places": "0"}).errors
    assert errors["title"] == ["Shorten “Title of the paper” to 40 characters. It has 41"]
    assert errors["reply"] == ["Choose one of the answers offered for “Will you come?”"]
    assert errors["places"] == ["“Places” must be 1 or more"]
    assert errors["reason"] == ["Fill in “Reason”"]
    assert errors["paper"] == ["Choose a file for “Paper”"]
    assert errors["aware_on"] == ["Enter the day you became aware"]


def test_a_label_with_a_per_cent_sign_does_not_break_its_errors():
    class Share(PortalForm):
        share = forms.CharField(label="Share in %", max_length=3)

    assert Share({}).errors["share"] == ["Fill in “Share in %”"]
    assert Share({"share": "1000"}).errors["share"] == ["Shorten “Share in %” to 3 characters. It has 4"]


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("09:30", 9, 30), ("9.30", 9, 30), ("0930", 9, 30), ("2pm", 14, 0), ("12 am", 0, 0), ("11.15 PM", 23, 15)],
)
def test_a_time_is_read_as_people_type_it(typed, hour, minute):
    assert ClockField().clean(typed) == dt.time(hour, minute)


@pytest.mark.parametrize("typed", ["9", "25:00", "9:75", "13pm", "half past nine", "09:30:15"])
def test_a_time_that_could_mean_two_things_is_asked_again(typed):
    assert complaint(ClockField(), typed) == "Enter the time on the 24-hour clock, such as 09:30 or 14:00"


def test_a_day_and_a_time_are_a_moment_in_the_portals_time_zone():
    assert moment_of(dt.date(2025, 7, 21), dt.time(9, 30)).utcoffset() == dt.timedelta(hours=1)
    assert moment_of(dt.date(2025, 1, 21), dt.time(9, 30)).utcoffset() == dt.timedelta(0)
    assert moment_of(None, dt.time(9, 30)) is None
    assert moment_of(dt.date(2025, 1, 21), None) is None


@pytest.mark.parametrize(
    ("typed", "amount"), [("£3,200", "3200"), ("3 200.50", "3200.50"), ("−912", "-912"), ("0", "0")]
)
def test_an_amount_is_read_with_or_without_pound_sign_and_commas(typed, amount):
    assert PoundsField().clean(typed) == Decimal(amount)


def test_an_amount_that_is_none_is_refused_with_an_example():
    assert complaint(PoundsField(), "a lot") == "Enter the amount in pounds, such as 3,200 or 3,200.50"
    assert complaint(PoundsField(), "a lot, or so") == "Enter the amount in pounds, such as 3,200 or 3,200.50"


@pytest.mark.parametrize(
    "typed", ["12,34", "1.234,50", "1,2345", "1,00,000", "12 34", ",5", "£-3,20", "1,234,5.00", "5,"]
)
def test_a_comma_that_parts_no_thousands_is_asked_about_and_never_dropped(typed):
    assert complaint(PoundsField(), typed).startswith("Enter the amount with commas between thousands alone")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(["£{:,}", "{:,}", "{}", " £ {:,} "]))
def test_an_amount_is_read_as_it_is_written(amount, written):
    assert PoundsField().clean(written.format(amount)) == amount
