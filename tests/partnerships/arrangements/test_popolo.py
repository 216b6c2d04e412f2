"""The public structure in the Popolo vocabulary: every reference leads somewhere, and nobody is named."""

import json

import pytest
from django.core.management import call_command

from partnerships.arrangements import popolo
from partnerships.models import Arrangement, Person
from tests.partnerships.arrangements import files

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "boards", "posts"),
    [("milton-keynes-2017-18", 16, 99), ("milton-keynes-2021-22", 22, 19), ("milton-keynes-2024", 14, 103),
     ("luton-2024", 19, 20)],
)  # fmt: skip
def test_every_reference_leads_somewhere(name, boards, posts):
    found = popolo.of(files.load_file(name).arrangement)
    ids = [one["id"] for kind in found.values() for one in kind]
    assert len(ids) == len(set(ids))
    for one in (one for kind in found.values() for one in kind):
        references = {value for key, value in one.items() if key.endswith("_id")}
        assert references <= set(ids)
    organizations = [one["id"] for one in found["organizations"]]
    assert sum(one.startswith("board/") for one in organizations) == boards
    assert len(found["posts"]) == posts
    assert {one["post_id"] for one in found["memberships"]} <= {one["id"] for one in found["posts"]}


def test_a_board_its_parent_and_a_place_with_its_agency():
    files.load_file("luton-2024")
    found = popolo.of(Arrangement.objects.get())
    by_id = {one["id"]: one for kind in found.values() for one in kind}
    board = by_id["board/luton/strategic-board"]
    assert (board["name"], board["parent_id"]) == (
        "Luton Safeguarding Children Partnership Strategic Board", "board/luton/executive",
    )  # fmt: skip
    post = by_id["board/luton/strategic-board/dcs/2024-01-01"]
    assert (post["label"], post["role"], post["organization_id"]) == (
        "Director of Children's Services", "member", board["id"],
    )  # fmt: skip
    membership = by_id[f"membership/{post['id']}"]
    assert by_id[membership["on_behalf_of_id"]]["name"] == "Luton Borough Council"


def test_it_names_nobody(capsys):
    files.load_file("milton-keynes-2024")
    call_command("dump_arrangement", "milton-keynes", "handbook-2024", "--popolo")
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"areas", "organizations", "posts", "memberships"}
    labels = {post["label"] for post in found["posts"]}
    holders = set(Person.objects.values_list("post", flat=True)) - labels
    assert holders
    text = json.dumps(found, ensure_ascii=False)
    assert [post for post in sorted(holders) if f'"{post}"' in text] == []
