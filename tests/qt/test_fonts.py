"""What is said can be drawn where no other font is than the one that comes along."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF

from explorer.qt.fonts import MissingFontError, font_family, picture_font

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(("folder", "kind"), [("explorer", "*.py"), ("data", "*.toml")])
def test_the_typeface_has_every_character_that_is_used(folder, kind, bold):
    letters = QFontMetricsF(picture_font(bold))
    used = {letter for file in (ROOT / folder).rglob(kind) for letter in file.read_text("utf-8")}
    assert not {letter for letter in used - {"\n"} if not letters.inFontUcs4(ord(letter))}


def test_a_missing_font_file_is_named(tmp_path):
    with pytest.raises(MissingFontError, match=r"LiberationSans-Regular\.ttf"):
        font_family(tmp_path)
