"""Argument types: parse and validate the values of command-line options."""

from __future__ import annotations

import argparse
import math

CAPTION_PARTS = ("title", "date", "source", "credit", "legend")
_MAX_DPI = 10_000
_MIN_SIDE = 64
"""Pixels; a smaller drawing is not legible, so the value is probably a typing error."""


def answer(text: str) -> tuple[str, str]:
    """Parse `ID=VALUE` into a question's id and an answer's id."""
    question, equals, value = text.partition("=")
    if not (question.strip() and equals and value.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form ID=VALUE, such as gpu=yes")
    return question.strip(), value.strip()


def pixel_size(text: str) -> tuple[int, int]:
    """Parse `WxH` into a width and a height in pixels."""
    width, _, height = text.lower().replace("×", "x").partition("x")
    sides = (width.strip(), height.strip())
    if not all(_is_count(side, digits=9) for side in sides):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size in pixels, such as 1920x1080")
    size = int(width), int(height)
    if min(size) < _MIN_SIDE:
        raise argparse.ArgumentTypeError(f"“{text}” is too small: use at least {_MIN_SIDE}x{_MIN_SIDE}")
    return size


def aspect_ratio(text: str) -> float:
    """Parse `W:H` into the ratio of width to height."""
    width, _, height = text.partition(":")
    aspect = positive_number(width) / positive_number(height)
    if not 0.2 <= aspect <= 5:
        raise argparse.ArgumentTypeError(f"“{text}” is not an aspect ratio from 1:5 to 5:1, such as 16:9")
    return aspect


def caption_parts(text: str) -> tuple[str, ...]:
    """Parse a comma-separated list of caption parts."""
    parts = tuple(part.strip() for part in text.lower().split(",") if part.strip())
    for part in parts:
        if part not in CAPTION_PARTS:
            raise argparse.ArgumentTypeError(f"“{part}” is not one of {', '.join(CAPTION_PARTS)}")
    return parts


def positive_number(text: str) -> float:
    """Parse a finite number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not (number > 0 and math.isfinite(number)):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number above 0")
    return number


def job_count(text: str) -> int:
    """Parse the number of worker processes."""
    if not _is_count(text, digits=3):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 to 999")
    return int(text)


def depth(text: str) -> int:
    """Parse the number of questions from the root of the decision map to its leaves."""
    if not _is_count(text, digits=9):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number above 0")
    return int(text)


def resolution(text: str) -> float:
    """Parse a resolution in dots per inch."""
    number = positive_number(text)
    if not 1 <= number <= _MAX_DPI:
        raise argparse.ArgumentTypeError(f"“{text}” is not a resolution from 1 to {_MAX_DPI:,}")
    return number


def _is_count(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits and int(text) > 0
