"""A failed check names what is wrong and what to do."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF

from explorer.diagnostics import self_check
from explorer.export.formats import export_bytes, format_of
from explorer.export.request.request import Request, SubjectKind
from explorer.render.picture import Picture
from explorer.storage.packs.catalog import read_pack_info
from tests.storage.tiny import write_tiny

pytestmark = pytest.mark.usefixtures("qapp")


def failed_check(name: str) -> str:
    """Run the self-check until this check, which must fail; return its details."""
    result = next(result for result in self_check.run_self_check(None) if result.name == name)
    assert not result.ok
    return result.detail


def test_text_without_a_width_fails(monkeypatch):
    monkeypatch.setattr(QFontMetricsF, "horizontalAdvance", lambda *_: 0)
    assert "Reinstall Berth" in failed_check("font")


def test_missing_glyphs_are_listed(monkeypatch):
    monkeypatch.setattr(QFontMetricsF, "inFontUcs4", lambda _, character: chr(character) not in "AB")
    assert "A B" in failed_check("font")


def test_a_character_of_a_pack_that_the_font_lacks_is_listed(monkeypatch, tmp_path):
    write_tiny(tmp_path)
    (tmp_path / "rules.toml").write_text("# \u5bb9\u5668", encoding="utf-8")
    monkeypatch.setattr(self_check, "shipped_packs", lambda: (read_pack_info(tmp_path),))
    assert "\u5668 \u5bb9" in failed_check("font")


@pytest.mark.no_qt_log  # Qt reports the invalid files too
@pytest.mark.parametrize("files", [(), ("a.svg", "b.svg")])
def test_missing_and_invalid_icons_are_listed(tmp_path, monkeypatch, files):
    for name in files:
        (tmp_path / name).write_text("not an SVG")
    monkeypatch.setattr(self_check, "resource_path", lambda *_: tmp_path)
    detail = failed_check("icons")
    assert ", ".join(files) in detail
    assert "Reinstall Berth" in detail


def white_png() -> bytes:
    return export_bytes(Request("", Picture((200, 100), "#ffffff", ())), format_of(Path("x.png"), SubjectKind.PICTURE))


@pytest.mark.parametrize(
    ("export", "reason"),
    [(lambda: b"", "almost empty"), (lambda: bytes(200), "Cannot read"), (white_png, "blank")],
)
def test_an_invalid_export_fails(monkeypatch, export, reason):
    monkeypatch.setattr(self_check, "export_file", lambda file, _: file.write_bytes(export()))
    detail = failed_check("png")
    assert reason in detail
    assert "PNG" in detail


def test_an_unexpected_error_names_the_log(monkeypatch):
    monkeypatch.setattr(self_check, "font_family", lambda: 1 / 0)
    assert "“berth --debug self-check”" in failed_check("font")
