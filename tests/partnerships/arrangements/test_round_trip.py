"""The four arrangements of the documents: loaded, loaded again, written and loaded elsewhere."""

import pytest
from django.db import transaction

from records.models import Event
from tests.partnerships.arrangements import files

pytestmark = pytest.mark.django_db


def elsewhere(work):
    """What ``work`` answers with in a portal that holds nothing yet."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def load_and_write(texts):
    """Load the files, and answer with the structure that came of them and with the files written anew."""
    for text in texts:
        files.load_text(text)
    return files.structure(), list(files.dumps().values())


def test_writing_and_loading_gives_the_same_structure_twice_over():
    texts = [(files.FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in files.FILES]
    from_fixtures, written = elsewhere(lambda: load_and_write(texts))
    again, written_again = elsewhere(lambda: load_and_write(written))
    third, written_thrice = elsewhere(lambda: load_and_write(written_again))
    for name, rows in from_fixtures.items():
        assert again[name] == rows
    assert third == from_fixtures
    assert written == written_again == written_thrice


def test_a_second_loading_changes_nothing():
    files.load_all()
    before, events = files.structure(), Event.objects.count()
    for name in files.FILES:
        assert files.load_file(name).changes == []
    assert files.structure() == before
    assert Event.objects.count() == events


def test_a_rehearsal_says_what_a_loading_does_and_keeps_nothing():
    empty = files.structure()
    rehearsed = files.load_file("luton-2024", dry_run=True)
    assert files.structure() == empty
    assert not Event.objects.filter(verb="arrangement.loaded").exists()
    assert rehearsed.changes == files.load_file("luton-2024").changes
    assert "Board “Luton Joint Case Review Group” (working group) is added, with 1 place." in rehearsed.changes
