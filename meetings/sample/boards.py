"""Boards and groups, places and people of the sample, from files of arrangements as any area has its own."""

from django.conf import settings

from meetings.sample.files import WrongFile
from partnerships.arrangements import loading, reading
from partnerships.arrangements.source import WrongArrangement
from partnerships.models import Chairing

FOLDER = "arrangements"


class Boards:
    """The boards and groups of the files by their slug, and their places by the files' keys."""

    def __init__(self, bodies, places):
        self.bodies = bodies
        self.places = places

    def of(self, entry, key="body"):
        """The board or group that ``entry`` names."""
        slug = entry.text(key)
        if slug not in self.bodies:
            raise entry.wrong(f"no board or group is called “{slug}” in {FOLDER}/.", key)
        return self.bodies[slug]

    def place(self, entry, body, key):
        """The place of ``body`` that the files call ``key``."""
        if (body.slug, key) not in self.places:
            raise entry.wrong(f"{body.name} has no place with the key “{key}”.", key)
        return self.places[body.slug, key]


def chair_of(body, at):
    """The id of the person who chairs ``body`` at the moment; None where nobody does."""
    chairs = body.chairings.in_force(at).filter(part=Chairing.Part.CHAIR)
    return chairs.values_list("person_id", flat=True).first()


def load(area_file):
    """Bring boards and groups up to the files, older editions first; whom people have entered since then stays."""
    bodies, places = {}, {}
    for name in area_file.texts("arrangements"):
        loaded = _load(name)
        bodies |= loaded.bodies
        places |= loaded.seats
    return Boards(bodies, places)


def _load(name):
    try:
        return loading.load(reading.read(settings.FIXTURES_FOLDER / FOLDER / name), keep_people=True)
    except WrongArrangement as wrong:
        first = wrong.problems[0]
        others = "".join(f"\n{problem}" for problem in wrong.problems[1:])
        raise WrongFile(name, first.line, f"{first.message} {first.remedy}{others}") from None
