"""The self-check finds each defect of an installation and names what is affected."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF

from explorer.diagnostics import self_check
from explorer.export.formats import export_bytes, format_of
from explorer.export.request.request import Request, SubjectKind
from explorer.render.picture import Picture

pytestmark = pytest.mark.usefixtures("qapp")


def failure(name: str) -> str:
    """Run the self-check and return the detail of a check that must fail."""
    result = next(result for result in self_check.run_self_check(None) if result.name == name)
    assert not result.ok
    return result.detail


def test_text_without_width_fails_the_font_check(monkeypatch):
    monkeypatch.setattr(QFontMetricsF, "horizontalAdvance", lambda *_: 0)
    assert "measured" in failure("font")


def test_missing_letters_are_named(monkeypatch):
    monkeypatch.setattr(QFontMetricsF, "inFontUcs4", lambda _, letter: chr(letter) not in "AB")
    assert " A B" in failure("font")


@pytest.mark.no_qt_log  # Qt also warns about the invalid files
def test_invalid_icons_are_named(tmp_path, monkeypatch):
    for name in ("a.svg", "b.svg"):
        (tmp_path / name).write_text("no picture")
    monkeypatch.setattr(self_check, "resource_path", lambda *_: tmp_path)
    assert "a.svg, b.svg" in failure("icons")


def test_an_installation_without_icons_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(self_check, "resource_path", lambda *_: tmp_path)
    assert "no icons" in failure("icons")


def blank_png() -> bytes:
    return export_bytes(Request("", Picture((200, 100), "#ffffff", ())), format_of(Path("x.png"), SubjectKind.PICTURE))


@pytest.mark.parametrize("content", [lambda: b"", lambda: bytes(200), blank_png], ids=["empty", "garbage", "blank"])
def test_an_unusable_png_fails(monkeypatch, content):
    monkeypatch.setattr(self_check, "export_file", lambda file, _: file.write_bytes(content()))
    assert "PNG" in failure("png")


def test_an_unexpected_error_points_to_the_log(monkeypatch):
    monkeypatch.setattr(self_check, "font_family", lambda: 1 / 0)
    assert "--debug self-check" in failure("font")
