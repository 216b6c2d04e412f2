"""The accounts of the sample: one password for all, in this one place."""

from django.contrib.auth.hashers import make_password

from meetings.sample.files import read
from partnerships.models import Person
from records.models import User

PASSWORD = "sample-portal-2024"  # noqa: S105 - printed for whoever starts the sample, and refused in production
DOMAIN = "mktogether.example"


def address(account):
    """The e-mail address with which ``account`` (an entry of the file) signs in."""
    return f"{account.text('sign in')}@{DOMAIN}"


def load(people_file, people):
    """Give the posts of the file their accounts; one that is there already keeps its password."""
    wanted = {address(account): _person(account, people) for account in people_file.entries("accounts")}
    users = {user.email: user for user in User.objects.filter(email__in=wanted)}
    hashed = make_password(PASSWORD)
    new = [User(email=email, password=hashed) for email in wanted if email not in users]
    User.objects.bulk_create(new)
    users |= {user.email: user for user in new}
    linked = []
    for email, person in wanted.items():
        if person.user_id is None:
            person.user = users[email]
            linked.append(person)
    Person.objects.bulk_update(linked, ["user"])


def _person(account, people):
    account.only("sign in", "agency", "post", "role")
    return people.of(account)


def sign_ins(folder):
    """What there is to sign in with: (role in words, e-mail address, password)."""
    accounts = read(folder, "people.yaml").entries("accounts")
    return [(account.text("role"), address(account), PASSWORD) for account in accounts]
