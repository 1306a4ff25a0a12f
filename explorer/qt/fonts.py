"""Picture font: the bundled font of all pictures, so that text has the same width on every machine.

Text is set at `EM_PIXELS` pixels and scaled by the painter. Qt takes only whole pixel sizes independent of
the device resolution. Therefore 10.5 pt has the same width on a screen, in a PNG and in the text metrics.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from explorer.core.errors import ExplorerError
from explorer.storage.resources import resource_path

EM_PIXELS = 100

_FONT_DIR = resource_path("fonts")
_FILES = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
_CONTROL_CHARS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class MissingFontError(ExplorerError):
    """A bundled font cannot be read."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"Cannot draw anything: the font “{file.name}” is missing or damaged. Reinstall Berth.")


@cache
def font_family(folder: Path = _FONT_DIR) -> str:
    """Register the bundled fonts with Qt and return their family name; MissingFontError if one is unreadable."""
    regular, _bold = (_register_font(folder / file) for file in _FILES)
    return regular


@cache
def _register_font(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MissingFontError(file) from error
    font_id = QFontDatabase.addApplicationFontFromData(QByteArray(data))
    families = QFontDatabase.applicationFontFamilies(font_id)
    if not families:
        raise MissingFontError(file)
    return families[0]


def picture_font(bold: bool = False) -> QFont:
    """Return a new instance of the font with `EM_PIXELS` pixels per em; usable in any thread."""
    font = QFont(font_family())
    font.setPixelSize(EM_PIXELS)
    font.setBold(bold)
    # Hinting would round the advance of every character to whole pixels.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Subpixel antialiasing would leave colored fringes in pictures that are copied elsewhere.
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


@cache
def baseline_offset() -> float:
    """Return the distance in em from the middle of a line down to its baseline."""
    metrics = QFontMetricsF(picture_font())
    return (metrics.ascent() - metrics.descent()) / 2 / EM_PIXELS


def printable(text: str) -> str:
    r"""Return the text as one drawable line.

    Control characters become spaces, and lone surrogates become replacement characters.

    >>> printable("one\ntwo")
    'one two'
    """
    return _LONE_SURROGATE.sub("\ufffd", _CONTROL_CHARS.sub(" ", text))
