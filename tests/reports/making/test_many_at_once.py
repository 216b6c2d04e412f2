"""Several people write one section at the same moment: nothing that was acknowledged is lost, and losers are told."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from reports import actions
from reports.models import Section, Version
from tests.factories import OfficeFactory, SectionFactory

pytestmark = pytest.mark.django_db(transaction=True)

EDITORS, SAVES = 5, 8


def write(section, user, number):
    """Save again and again what one has just read, with a line more; what was acknowledged, and how often not."""
    chance = random.Random(number)
    kept, told = [], 0
    try:
        for save in range(SAVES):
            now = Section._base_manager.select_related("report").get(pk=section.pk)
            text = f"{now.text}\n\nEditor {number}, save {save}."
            if chance.random() < 0.3:  # somebody who reads slowly
                now = section
            try:
                kept.append(actions.save_section(now, text, by=user, seen=now.number).number)
            except actions.Meanwhile:
                told += 1
    finally:
        connection.close()
    return kept, told


def test_five_editors_of_one_section_lose_nothing_that_was_saved():
    section = SectionFactory(text="It begins.", number=0)
    users = [OfficeFactory().person.user for _editor in range(EDITORS)]
    with ThreadPoolExecutor(EDITORS) as pool:
        done = list(pool.map(write, [section] * EDITORS, users, range(EDITORS)))
    kept = [number for numbers, _told in done for number in numbers]
    told = sum(told for _numbers, told in done)
    assert len(kept) + told == EDITORS * SAVES, "every save was acknowledged, or its writer was told"
    assert sorted(kept) == list(range(1, len(kept) + 1)), "no two were given the same version"
    assert set(Version._base_manager.values_list("number", flat=True)) == set(kept)
    assert Section._base_manager.get(pk=section.pk).number == max(kept)
