"""The referrals of the sample that were closed without a case."""

from reviews.models import Referral

OF_REFERRAL = ("kind", "happened", "known", "sent", "by", "closed")


def load(file, area, people):
    """Enter the referrals that are not there yet; one that is there stays as it is."""
    for number, entry in enumerate(file.entries("referrals"), start=1):
        entry.only(*OF_REFERRAL)
        drawn = f"R-SAMPL{number}"
        if Referral.objects.filter(number=drawn).exists():
            continue
        person = people.of(entry.entry("by").only("agency", "post"))
        closed = entry.entry("closed").only("on", "because")
        team = people.at(None, "Team officer", entry, "closed").user
        referral = Referral.objects.create(
            area=area,
            number=drawn,
            kind=entry.choice("kind", Referral.Kind.values),
            happened=entry.text("happened"),
            known_on=entry.day("known"),
            referred_at=entry.moment("sent"),
            referred_by=person.user or team,  # sent on their behalf, where they have no account
            person=person,
            decided_at=closed.moment("on"),
            decided_by=team,
            closed_because=closed.text("because"),
        )
        referral.agencies.set([person.agency])
