"""The area with the contacts of its public page, people by their posts, and accounts."""

from django.utils import timezone

from meetings.sample import accounts
from meetings.sample.files import REQUIRED, read
from meetings.sample.settling import settle
from partnerships.models import Office, Person, PublicContact
from records.models import Area

WITHOUT_AGENCY = "without an agency"


class People:
    """Who there is, by agency and post, as the other files name them."""

    def __init__(self, agencies, people):
        self.agencies = agencies
        self._people = {(person.agency_id, person.post): person for person in people}

    def agency(self, entry, key="agency"):
        """The partner that ``entry`` names; None where it names none."""
        short_name = entry.text(key, None)
        if short_name is None:
            return None
        if short_name not in self.agencies:
            raise entry.wrong(f"no partner is called “{short_name}” in the arrangements.", key)
        return self.agencies[short_name]

    def of(self, entry, key="post", *, usually=None):
        """The person whom ``entry`` names by its agency and its ``key``; ``usually`` is their post if it names none."""
        return self.at(self.agency(entry), entry.text(key, usually or REQUIRED), entry, key)

    def at(self, agency, post, entry, key=None):
        """Whoever has the ``post`` at ``agency`` (None: at none); ``entry`` is to blame if nobody has."""
        person = self._people.get((agency.pk if agency else None, post))
        if person is None:
            whose = agency.short_name if agency else WITHOUT_AGENCY
            raise entry.wrong(f"there is no “{post}” under {whose}, in people.yaml or in the arrangements.", key)
        return person


def load_area(folder):
    """The area with its contacts. Returns it, and its file."""
    area_file = read(folder, "area.yaml").only("area", "arrangements", "in force from", "contacts")
    area = _area(area_file.entry("area").only("name", "slug", "code", "notice"))
    _contacts(area, area_file.entries("contacts"))
    return area, area_file


def load(folder, area, area_file):
    """Those who have no place by the arrangements, accounts, and the roles that no document of arrangements gives."""
    agencies = {agency.short_name: agency for agency in area.agencies.all()}
    people_file = read(folder, "people.yaml").only("people", "offices", "accounts")
    people = People(agencies, _people(area, agencies, people_file.entry("people")))
    accounts.load(people_file, people)
    _offices(area, people, people_file.entries("offices"), area_file.moment("in force from"))
    return people


def _area(entry):
    values = {"name": entry.text("name"), "code": entry.text("code"), "sample_notice": entry.text("notice")}
    area, _created = Area.objects.update_or_create(slug=entry.text("slug"), defaults=values)
    return area


def _people(area, agencies, entry):
    entry.only(*agencies, WITHOUT_AGENCY)
    wanted = [
        Person(area=area, agency=agencies.get(short_name), post=post)
        for short_name in entry.values
        for post in entry.texts(short_name)
    ]
    return settle(area.people.all(), wanted, ["agency_id", "post"]).values()


def _offices(area, people, entries, starts_at):
    wanted = [
        Office(area=area, person=people.of(entry), kind=entry.choice("kind", Office.Kind.values), starts_at=starts_at)
        for entry in (entry.only("kind", "agency", "post") for entry in entries)
    ]
    settle(area.offices.all(), wanted, ["person_id", "kind"])


def _contacts(area, entries):
    wanted = [_contact(area, entry, order) for order, entry in enumerate(entries, start=1)]
    settle(area.public_contacts.all(), wanted, ["audience", "name"], update=["telephone", "email", "hours", "owner"])


def _contact(area, entry, order):
    entry.only("audience", "name", "telephone", "email", "hours", "owner")
    return PublicContact(
        area=area,
        audience=entry.choice("audience", PublicContact.Audience.values),
        name=entry.text("name"),
        telephone=entry.text("telephone", ""),
        email=entry.text("email", ""),
        hours=entry.text("hours", ""),
        owner=entry.text("owner"),
        checked_on=timezone.localdate(),
        order=order,
    )
