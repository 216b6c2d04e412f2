"""However far the table of representation is scrolled to its side, each row still says whose it is."""

import pytest

from tests.browser import PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_each_row_names_its_post_while_the_meetings_scroll_by(open_page, delivery):
    page = open_page(**PHONE)
    sign_in(page, delivery.member)
    page.goto("/boards/delivery/representation/?year=2024-25")
    table = page.locator(".scroll:has(> .matrix)").first
    table.evaluate("one => one.scrollLeft = one.scrollWidth")
    assert table.evaluate("one => one.scrollLeft") > 0
    left = table.bounding_box()["x"]
    posts = table.locator("tbody .matrix__post").all()
    assert [post.inner_text() for post in posts] == ["Adults", "Children's", "Commander"]
    assert [round(post.bounding_box()["x"] - left) for post in posts] == [0, 0, 0]
