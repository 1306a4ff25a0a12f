"""Icons come from three sources in one order, and every name that is drawn has one."""

import pickle

import pytest

from explorer.storage.icons import source
from explorer.storage.icons.names import load_icon_names
from explorer.storage.icons.source import (
    GLYPH_FOLDER,
    GLYPHS_ONLY,
    ICON_NAMES_FILE,
    IconOrigin,
    bundled_glyph,
    default_icon_source,
    load_icon_source,
)
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import install_dir, theme_values
from tests.storage.aws_package import ECS, PLAIN, svg, zipped

GLYPH_NAMES = {file.stem for file in GLYPH_FOLDER.glob("*.svg")}


def drawn_names():
    for pack in sorted((install_dir() / "data" / "packs").iterdir()):
        yield from (component.icon for component in load_pack(pack).components)
    for theme in install_dir().joinpath("resources").glob("theme-*.toml"):
        values = theme_values(theme.stem.removeprefix("theme-"))
        yield from (group["icon"] for group in values["group"].values() if group["icon"])


@pytest.fixture
def set_up(tmp_path, monkeypatch):
    """The folder that the set-up step fills, with the icon of EC2 alone in it."""
    monkeypatch.setattr(source, "SET_UP", tmp_path / "icons-aws")
    source.INSTALLED_ICONS.mkdir()
    (source.INSTALLED_ICONS / "NOTICE.txt").touch()
    (source.INSTALLED_ICONS / "Arch_Amazon-EC2_64.svg").write_bytes(svg("<title>set-up</title>"))
    return source.INSTALLED_ICONS


@pytest.mark.parametrize("name", sorted(set(drawn_names())))
def test_every_icon_of_every_shipped_pack_has_a_glyph_and_an_official_icon_or_a_reason(name):
    names = load_icon_names(ICON_NAMES_FILE)
    assert name in GLYPH_NAMES
    assert (name in names.official_files) != (name in names.missing_reasons)


def test_no_glyph_and_no_name_is_left_over():
    names = load_icon_names(ICON_NAMES_FILE)
    assert GLYPH_NAMES - {"unknown"} == {*names.official_files, *names.missing_reasons}
    assert all(reason.endswith(".") for reason in names.missing_reasons.values())


def test_a_package_of_ones_own_comes_first_then_the_set_up_then_our_glyphs(tmp_path, set_up):
    source = load_icon_source(str(zipped(tmp_path / "a.zip")))
    assert source.origin is IconOrigin.PACKAGE
    assert source.svg("ecs") == PLAIN[ECS]
    assert source.svg("ec2") == svg("<title>set-up</title>")
    assert source.svg("eks") == bundled_glyph("eks")
    assert source.svg("pod") == bundled_glyph("pod")


def test_a_source_goes_to_another_process_as_it_is(tmp_path):
    source = load_icon_source(str(zipped(tmp_path / "a.zip")))
    assert pickle.loads(pickle.dumps(source)).svg("ecs") == PLAIN[ECS]


def test_the_icons_of_the_set_up_are_usual_where_they_are(set_up):
    assert default_icon_source().svg("ec2") == svg("<title>set-up</title>")
    (set_up / "NOTICE.txt").unlink()
    assert default_icon_source() is GLYPHS_ONLY


def test_ones_own_glyphs_can_be_asked_for(set_up):
    assert load_icon_source("own").svg("ec2") == bundled_glyph("ec2")


def test_a_taken_icon_that_was_tampered_with_gives_way_to_our_glyph(set_up):
    (set_up / "Arch_Amazon-EC2_64.svg").write_bytes(svg("<script/>"))
    assert default_icon_source().svg("ec2") == bundled_glyph("ec2")


@pytest.mark.parametrize("name", ["../icon", "", "a/b", "C:\\x", "no-such-glyph", "ecs\n"])
def test_an_icon_name_never_leads_out_of_the_folder(name, set_up):
    assert bundled_glyph(name) is None
    assert default_icon_source().svg(name) is None
