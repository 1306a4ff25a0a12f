"""Icons come from three sources in a fixed order, and every name in use has one."""

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
def installed_icons(tmp_path, monkeypatch):
    """The folder of downloaded icons, with only that of EC2."""
    monkeypatch.setattr(source, "INSTALLED_ICONS", tmp_path / "icons-aws")
    source.INSTALLED_ICONS.mkdir()
    (source.INSTALLED_ICONS / "NOTICE.txt").touch()
    (source.INSTALLED_ICONS / "Arch_Amazon-EC2_64.svg").write_bytes(svg("<title>installed</title>"))
    return source.INSTALLED_ICONS


@pytest.mark.parametrize("name", sorted(set(drawn_names())))
def test_every_icon_of_every_shipped_pack_has_a_glyph_and_an_official_icon_or_a_reason(name):
    names = load_icon_names(ICON_NAMES_FILE)
    assert name in GLYPH_NAMES
    assert (name in names.official_files) != (name in names.missing_reasons)


def test_glyphs_and_icon_names_are_the_same():
    names = load_icon_names(ICON_NAMES_FILE)
    assert GLYPH_NAMES - {"unknown"} == {*names.official_files, *names.missing_reasons}
    assert all(reason.endswith(".") for reason in names.missing_reasons.values())


def test_the_order_is_package_then_installed_icons_then_glyphs(tmp_path, installed_icons):
    source = load_icon_source(str(zipped(tmp_path / "a.zip")))
    assert source.origin is IconOrigin.PACKAGE
    assert source.svg("ecs") == PLAIN[ECS]
    assert source.svg("ec2") == svg("<title>installed</title>")
    assert source.svg("eks") == bundled_glyph("eks")
    assert source.svg("pod") == bundled_glyph("pod")


def test_a_source_can_be_sent_to_another_process(tmp_path):
    source = load_icon_source(str(zipped(tmp_path / "a.zip")))
    assert pickle.loads(pickle.dumps(source)).svg("ecs") == PLAIN[ECS]


def test_the_default_is_the_installed_icons_if_they_exist(installed_icons):
    assert default_icon_source().svg("ec2") == svg("<title>installed</title>")
    (installed_icons / "NOTICE.txt").unlink()
    assert default_icon_source() is GLYPHS_ONLY


def test_own_selects_the_glyphs(installed_icons):
    assert load_icon_source("own").svg("ec2") == bundled_glyph("ec2")


def test_an_unsafe_installed_icon_is_replaced_by_the_glyph(installed_icons):
    (installed_icons / "Arch_Amazon-EC2_64.svg").write_bytes(svg("<script/>"))
    assert default_icon_source().svg("ec2") == bundled_glyph("ec2")


@pytest.mark.parametrize("name", ["../icon", "", "a/b", "C:\\x", "no-such-glyph", "ecs\n"])
def test_an_icon_name_is_never_a_path(name, installed_icons):
    assert bundled_glyph(name) is None
    assert default_icon_source().svg(name) is None
