"""What every answer tells the browser, and the pages for what went wrong."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from records.models import User
from tests.factories import PASSWORD, UserFactory
from tests.mktogether.test_start import python

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
HSTS = "max-age=31536000; includeSubDomains; preload"
OF_PRODUCTION = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "ALLAUTH_TRUSTED_PROXY_COUNT", "DEBUG", "ALLOWED_HOSTS")


@pytest.fixture(scope="module")
def production_settings():
    """What production sets that one machine does not, read in a process of its own."""
    code = (
        "import json; from mktogether import settings as s; "
        f"print(json.dumps({{n: getattr(s, n) for n in dir(s) if n.startswith({OF_PRODUCTION!r})}}))"
    )
    return json.loads(python("-c", code).stdout)


@pytest.fixture
def production(settings, production_settings):
    """The portal with production's orders to the browser."""
    for name, value in production_settings.items():
        setattr(settings, name, value)
    return settings


@pytest.fixture
def static(settings, tmp_path):
    """Static files as WhiteNoise serves them: collected."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", "--noinput", verbosity=0, ignore_patterns=["vendor/*"])


@pytest.fixture
def exploding(settings):
    settings.ROOT_URLCONF = "tests.mktogether.exploding_urls"


@pytest.fixture
def visitor(db):
    return Client(raise_request_exception=False, HTTP_HOST="localhost")


def policy_of(response):
    return {directive.strip() for directive in response["Content-Security-Policy"].split(";")}


# path, status: a page, pages for what goes wrong, a form, a redirect, a file of the design, and a text
ANSWERS = [
    ("/", 200),
    ("/nowhere/", 404),
    ("/meetings/", 302),
    ("/sign-in/", 200),
    ("/health/", 200),
    ("/explodes/", 500),
    ("/forbids/", 403),
    ("/suspects/", 400),
    ("/static/img/mark.svg", 200),
    ("/static/nowhere.css", 404),
]


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_the_orders_to_the_browser(visitor, production, exploding, static, path, status):
    response = visitor.get(path, secure=True, HTTP_HOST="portal.example.org")
    b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == status
    assert policy_of(response) == POLICY
    assert response["Strict-Transport-Security"] == HSTS
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    if not path.startswith("/static/img"):
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
    assert "Server" not in response
    assert "X-Powered-By" not in response


def test_one_machine_promises_no_https(visitor):
    """At http://localhost a browser that was told otherwise would lose its way to every other portal there."""
    assert "Strict-Transport-Security" not in visitor.get("/")


def test_production_leads_to_https(visitor, production):
    response = visitor.get("/meetings/", HTTP_HOST="portal.example.org")
    assert response["Location"] == "https://portal.example.org/meetings/"
    assert visitor.get("/health/", HTTP_HOST="portal.example.org").status_code == 200


def test_the_proxys_word_is_taken_for_the_scheme_alone(visitor, production):
    response = visitor.get("/", HTTP_HOST="portal.example.org", HTTP_X_FORWARDED_PROTO="https")
    assert response.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "portal.example.org.evil.example", "portal.example.org@evil.example"])
def test_production_answers_to_its_own_name_alone(visitor, production, host):
    response = visitor.get("/", secure=True, HTTP_HOST=host)
    assert response.status_code == 400
    assert b"evil" not in response.content


def test_cookies_are_for_this_host_over_https_and_out_of_reach_of_scripts(visitor, production):
    user = UserFactory()
    visitor.get("/sign-in/", secure=True, HTTP_HOST="portal.example.org")
    answer = visitor.post(
        "/sign-in/",
        {"login": user.email, "password": PASSWORD},
        secure=True,
        HTTP_HOST="portal.example.org",
        HTTP_ORIGIN="https://portal.example.org",
    )
    assert answer.status_code == 302
    assert set(answer.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in answer.cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
    assert answer.cookies["__Host-session"]["max-age"] <= 12 * 60 * 60


def test_a_signed_in_page_stays_in_no_cache(visitor):
    visitor.force_login(UserFactory())
    assert "no-store" in visitor.get("/account/password/")["Cache-Control"]


def test_production_shows_no_insides(production_settings):
    assert production_settings["DEBUG"] is False
    assert production_settings["ALLOWED_HOSTS"] == ["portal.example.org"]
    assert production_settings["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


# --- Pages for what went wrong ---


def test_a_fault_of_ours_is_admitted_and_tells_nothing(visitor, exploding):
    response = visitor.get("/explodes/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "The fault is ours" in page
    for inside in ("canary", "Traceback", "RuntimeError", "exploding_urls", "django", "/work", "settings"):
        assert inside not in page


def test_the_page_for_a_fault_needs_no_database(visitor, exploding, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visitor.get("/explodes/").status_code == 500


def test_who_may_not_is_told_why(visitor, exploding):
    response = visitor.get("/forbids/")
    assert response.status_code == 403
    assert "Only the chair can do that." in response.content.decode()


def test_a_suspicious_request_is_told_nothing(visitor, exploding):
    response = visitor.get("/suspects/")
    assert response.status_code == 400
    assert b"canary" not in response.content


@pytest.mark.parametrize("path", ["/nowhere/", "/nowhere/?q=<script>alert(1)</script>", "/<script>alert(1)</script>/"])
def test_a_page_that_is_not_there_says_so_and_repeats_nothing(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert "alert(1)" not in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_secret_is_explained():
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.post("/sign-in/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "This page was open too long, or cookies are blocked." in response.content.decode()


@pytest.mark.django_db
def test_too_many_attempts_are_answered_with_their_page(visitor):
    answers = [visitor.post("/sign-in/", {"login": "a@mktogether.example", "password": "b"}) for _ in range(11)]
    assert answers[-1].status_code == 429
    assert "Wait five minutes" in answers[-1].content.decode()
    assert not User.objects.exists()


def test_the_settings_cannot_be_made_to_show_insides():
    """No setting of the environment switches debugging on."""
    asked = python("-c", "from mktogether import settings; print(settings.DEBUG)", DEBUG="1", DJANGO_DEBUG="1")
    assert asked.stdout.strip() == "False"


def test_what_is_far_too_large_to_be_a_form_gets_a_page_in_plain_words(client, db):
    answer = client.post("/sign-in/", {f"field{number}": "x" for number in range(2001)})
    assert answer.status_code == 400
    assert "This could not be read" in answer.content.decode()


def test_a_page_is_compressed_where_no_proxy_does_it(client, db):
    answer = client.get("/accessibility/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "gzip" not in client.get("/accessibility/").get("Content-Encoding", "")
