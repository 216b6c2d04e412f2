"""The frame around every page: header, navigation, footer, skip link, errors."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import RequestFactory
from django.views.defaults import server_error

from tests.front.pages import Page

PAGES = ["/styleguide/", "/form/", "/forbidden/"]
KB = 1024


@pytest.fixture
def signed_in(client, db):
    client.force_login(get_user_model().objects.create(email="manager@sample.example"))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_inline_script_or_style_and_no_broken_reference(client, address):
    html = client.get(address).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", html)
    page = Page(html)
    assert page.broken_references() == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_its_language_title_and_main_part(client, address):
    html = client.get(address).content.decode()
    page = Page(html)
    assert page.all("html", lang="en-GB")
    assert re.search(r"<title>[^<]+ – MK Together</title>", html)
    assert len(page.all("main", id="main")) == len(page.all("h1") or [1]) == 1
    assert page.all("a", href="#main")


@pytest.mark.django_db
def test_a_visitor_can_leave_quickly_and_reads_whom_to_tell(client):
    page = Page(client.get("/styleguide/").content.decode())
    assert page.all("a", href="/worried/")
    assert [link for link in page.all("a") if "data-portal-leave" in link]
    assert page.all("a", href="/account_login/")


def test_somebody_signed_in_has_a_way_out_and_no_exit_button(signed_in):
    page = Page(signed_in.get("/styleguide/").content.decode())
    assert page.all("form", method="post", action="/account_logout/")
    assert not [link for link in page.all("a") if "data-portal-leave" in link]


def test_the_part_of_the_portal_that_one_is_in_is_marked(signed_in):
    page = Page(signed_in.get("/styleguide/").content.decode())
    assert page.all("nav", **{"aria-label": "Portal"})


@pytest.mark.django_db
def test_the_title_of_a_form_with_errors_says_so_first(client):
    html = client.post("/form/", {"title": ""}).content.decode()
    assert "<title>Error: Reply to the invitation" in html


@pytest.mark.django_db
def test_a_refusal_shows_its_sentence(client):
    answer = client.get("/forbidden/")
    assert answer.status_code == 403
    assert "Only the chair can close this meeting." in answer.content.decode()


@pytest.mark.django_db
def test_a_missing_page_says_what_to_do(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "Go to your home page" in answer.content.decode()


def test_the_page_for_a_fault_of_ours_needs_neither_database_nor_session(settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {"context_processors": ["tests.front.broken.portal"]}}]
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()


@pytest.mark.django_db
def test_the_first_view_of_a_page_is_light(client, settings, tmp_path):
    """At most 120 KB and 8 requests, compressed as WhiteNoise serves them."""
    settings.STATIC_ROOT = tmp_path
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    html = client.get("/form/").content
    addresses = set(re.findall(rf'"{settings.STATIC_URL}([^"]+)"', html.decode()))
    (sheet,) = (address for address in addresses if address.endswith(".css"))
    faces = re.findall(r'normal;font-weight:\d+;[^}]*url\("fonts/([^"]+)"', (tmp_path / sheet).read_text())
    files = [*(tmp_path / address for address in addresses), *(tmp_path / "vendor/fonts" / face for face in faces)]
    sizes = {file.name: _served(file) for file in files}
    assert len(sizes) + 1 <= 8
    assert sum(sizes.values()) + len(html) <= 120 * KB, sizes


def _served(file):
    compressed = file.with_name(f"{file.name}.br")
    return (compressed if compressed.is_file() else file).stat().st_size
