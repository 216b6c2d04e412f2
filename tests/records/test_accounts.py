"""Accounts: guessing is slow, sessions end, and mail about accounts leads to the portal alone."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from records import accounts
from records.models import OutboxMessage, User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"
WRONG = "not the password"


@pytest.fixture
def user():
    return UserFactory(email="ines.kirk@mktogether.example")


def sign_in(client, email, password=WRONG, **extra):
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- Guessing ---


def test_the_right_password_signs_in(client, user):
    assert sign_in(client, user.email, PASSWORD).status_code == 302
    assert is_signed_in(client)


def test_ten_wrong_guesses_close_the_door_to_the_right_one_too(client, user):
    answers = [sign_in(client, user.email, REMOTE_ADDR=f"192.0.2.{number}") for number in range(10)]
    assert {answer.status_code for answer in answers} == {200}
    late = sign_in(client, user.email, PASSWORD, REMOTE_ADDR="198.51.100.1")
    assert late.status_code == 429
    assert "Too many attempts" in late.content.decode()
    assert not is_signed_in(client)


def test_another_account_is_not_shut_out_with_it(client, user):
    for number in range(11):
        sign_in(client, user.email, REMOTE_ADDR=f"192.0.2.{number}")
    other = UserFactory()
    assert sign_in(client, other.email, PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_guesses_at_many_accounts_from_one_address_are_counted_together(client):
    answers = [sign_in(client, f"person{number}@mktogether.example").status_code for number in range(12)]
    assert answers == [200] * 10 + [429] * 2


@pytest.mark.parametrize(
    "spelling",
    [
        lambda email, _number: email.upper(),
        lambda email, number: email[:number].upper() + email[number:],
        lambda email, _number: f"  {email} ",
        lambda email, _number: email.replace("i", "\N{LATIN SMALL LETTER DOTLESS I}", 1),
        lambda email, _number: email.replace("s", "\N{LATIN SMALL LETTER LONG S}", 1),
        lambda email, _number: email.replace("k", "\N{KELVIN SIGN}", 1),
    ],
    ids=["upper", "mixed", "spaces", "dotless i", "long s", "Kelvin"],
)
def test_other_spellings_of_the_address_share_its_counter(client, user, spelling):
    for number in range(10):
        sign_in(client, spelling(user.email, number), REMOTE_ADDR=f"192.0.2.{number}")
    assert sign_in(client, user.email, PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 429


def test_an_address_has_one_spelling():
    accented = "In\N{LATIN SMALL LETTER E WITH ACUTE}s@Example.org"
    wide = "\N{FULLWIDTH LATIN SMALL LETTER I}nes@example.org"
    assert {accounts.one_spelling(each) for each in (accented, wide, "INES@EXAMPLE.ORG")} == {"ines@example.org"}


def test_the_name_by_which_the_portal_is_called_gives_no_further_guesses(client, user):
    for number in range(10):
        sign_in(client, user.email, REMOTE_ADDR=f"192.0.2.{number}", HTTP_HOST=f"localhost:{8000 + number}")
    late = sign_in(client, user.email, PASSWORD, REMOTE_ADDR="198.51.100.1", HTTP_HOST="localhost:9000")
    assert late.status_code == 429


@pytest.mark.parametrize("proxies", [0, 1])
def test_what_a_client_claims_of_its_address_gives_no_further_guesses(client, settings, proxies):
    """Behind one proxy, the last entry is the proxy's own word; without a proxy nothing in the header is."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    proxys_word = ", 203.0.113.9" if proxies else ""
    answers = [
        sign_in(client, f"person{number}@mktogether.example", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}{proxys_word}")
        for number in range(12)
    ]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2


def test_behind_its_proxy_each_client_has_a_counter_of_its_own(client, settings):
    """Or one guesser would shut out everybody, since all requests come from the proxy."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(12):
        sign_in(client, f"person{number}@mktogether.example", HTTP_X_FORWARDED_FOR="203.0.113.9")
    elsewhere = sign_in(client, UserFactory().email, PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.10")
    assert elsewhere.status_code == 302


def test_guesses_are_counted_in_the_database(client, user):
    """So that a queue that is gone, or a second web server, neither opens nor closes the door."""
    sign_in(client, user.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] == 2


def test_guesses_at_a_confirmation_are_counted_too(client, user):
    client.force_login(user)
    answers = [client.post("/account/confirm/", {"password": WRONG}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_confirmation_with_the_right_password_is_taken(client, user):
    client.force_login(user)
    assert client.post("/account/confirm/", {"password": PASSWORD}).status_code == 302


def test_a_wrong_guess_says_the_same_whether_the_account_exists_or_not(client, user):
    known = sign_in(client, user.email)
    unknown = sign_in(client, "nobody@mktogether.example")
    inactive = sign_in(client, UserFactory(inactive=True).email)
    pages = [plain(answer) for answer in (known, unknown, inactive)]
    assert pages[0] == pages[1] == pages[2]
    assert "not correct" in pages[0]


def plain(answer):
    """The page less what differs by itself: the secret of its form and the address typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r"[\w.]+@mktogether\.example", "ADDRESS", page)


# --- Sessions ---


def test_signing_in_gives_the_session_another_key(client, user):
    client.get(SIGN_IN)
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["__Host-session"] = session.session_key
    sign_in(client, user.email, PASSWORD)
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_an_account_that_is_switched_off_is_out_at_the_next_request(client, user):
    client.force_login(user)
    assert client.get("/account/password/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/account/password/")["Location"].startswith(SIGN_IN)


def test_an_account_that_is_switched_off_does_not_come_in(client):
    user = UserFactory(inactive=True)
    sign_in(client, user.email, PASSWORD)
    assert not is_signed_in(client)


def test_a_new_password_ends_the_other_sessions(client, user):
    other = type(client)()
    sign_in(client, user.email, PASSWORD)
    sign_in(other, user.email, PASSWORD)
    new = "another battery horse"
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert other.get("/account/password/")["Location"].startswith(SIGN_IN)


def test_signing_out_takes_a_post(client, user):
    client.force_login(user)
    client.get("/sign-out/")
    assert is_signed_in(client)
    client.post("/sign-out/")
    assert not is_signed_in(client)


def test_nobody_signs_up(client):
    client.post("/sign-up/", {"email": "new@mktogether.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client, user, elsewhere):
    response = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


# --- A new password by mail ---


def ask_for_password(client, email, **extra):
    return client.post("/password/reset/", {"email": email}, **extra)


def test_the_link_in_the_mail_leads_to_the_portals_own_address(client, user, settings):
    settings.SITE_ORIGIN = "https://portal.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    ask_for_password(client, user.email, HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example")
    message = OutboxMessage.objects.get()
    assert message.to == user.email
    links = re.findall(r"https?://\S+", message.text)
    assert links
    assert all(link.startswith("https://portal.example.org/") for link in links)
    assert "evil" not in message.text + message.subject + message.message_id


def test_the_link_in_the_mail_sets_a_password_once(client, user):
    ask_for_password(client, user.email)
    (link,) = re.findall(r"https?://\S+", OutboxMessage.objects.get().text)
    path = urlsplit(link).path
    form = client.get(path, follow=True)
    new = "another battery horse"
    assert form.status_code == 200
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    again = type(client)().get(path, follow=True)
    assert "password1" not in again.content.decode()


def test_asking_for_a_password_says_the_same_whether_the_account_exists_or_not(client, user):
    known = ask_for_password(client, user.email)
    unknown = ask_for_password(client, "nobody@mktogether.example")
    inactive = ask_for_password(client, UserFactory(inactive=True).email)
    assert known.status_code == unknown.status_code == inactive.status_code == 302
    assert known["Location"] == unknown["Location"] == inactive["Location"]
    pages = [plain(client.get(answer["Location"])) for answer in (known, unknown, inactive)]
    assert pages[0] == pages[1] == pages[2]
    assert [message.to for message in OutboxMessage.objects.all()] == [user.email]


def test_the_longest_address_gets_its_mail_too(client):
    user = UserFactory(email=f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 59}.example")
    ask_for_password(client, user.email)
    assert OutboxMessage.objects.get().to == user.email


def test_a_host_that_is_not_the_portals_gets_no_answer(client, user):
    for host in ("evil.example", "localhost.evil.example", "localhost:80:80", "local host"):
        assert client.get("/", HTTP_HOST=host).status_code == 400
    assert client.get("/", HTTP_X_FORWARDED_HOST="evil.example").status_code == 200
