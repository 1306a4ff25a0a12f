"""The bundled font has every character of the program and the packs."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF

from explorer.qt.fonts import MissingFontError, font_family, picture_font

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(("folder", "kind"), [("explorer", "*.py"), ("data", "*.toml")])
def test_the_font_has_every_character_that_is_used(folder, kind, bold):
    metrics = QFontMetricsF(picture_font(bold))
    used = {character for file in (ROOT / folder).rglob(kind) for character in file.read_text("utf-8")}
    assert not {character for character in used - {"\n"} if not metrics.inFontUcs4(ord(character))}


def test_the_error_for_a_missing_font_names_the_file(tmp_path):
    with pytest.raises(MissingFontError, match=r"LiberationSans-Regular\.ttf"):
        font_family(tmp_path)
