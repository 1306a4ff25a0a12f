"""One typeface for every picture, carried along, so that text is as wide here as it is everywhere.

Text is set at `EM` pixels and scaled down by the painter. A whole number of
pixels is the only size that Qt takes without asking the device for its
resolution, so this is what makes 10.5 pt the same width on a screen, in a PNG
and in the ruler.
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
    """The typeface that comes with the program cannot be read."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"The font “{file.name}” cannot be read, so nothing can be drawn: reinstall Berth.")


@cache
def font_family(folder: Path = _FONT_DIR) -> str:
    """The family's name, once its files have been handed to Qt."""
    regular, _bold = (_register_font(folder / file) for file in _FILES)
    return regular


@cache
def _register_font(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MissingFontError(file) from error
    number = QFontDatabase.addApplicationFontFromData(QByteArray(data))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise MissingFontError(file)
    return families[0]


def picture_font(bold: bool = False) -> QFont:
    """The typeface at `EM` pixels to the em, yours to use in any thread."""
    font = QFont(font_family())
    font.setPixelSize(EM_PIXELS)
    font.setBold(bold)
    # Hinting would round the advance of every letter to whole pixels.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Coloured fringes have no place in a picture that is copied elsewhere.
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


@cache
def baseline_offset() -> float:
    """How far the baseline lies below the middle of a line, in ems."""
    metrics = QFontMetricsF(picture_font())
    return (metrics.ascent() - metrics.descent()) / 2 / EM_PIXELS


def printable(text: str) -> str:
    r"""The text as one line that can be drawn: a control character becomes a space, half a character a mark.

    >>> printable("one\ntwo")
    'one two'
    """
    return _LONE_SURROGATE.sub("\ufffd", _CONTROL_CHARS.sub(" ", text))
