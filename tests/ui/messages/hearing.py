"""Listens to what the window says, and breaks what it says something of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.core.errors import Problem

FAULT = Problem("rules.toml", 3, "nothing follows", "only")

broken: list[Exception] = []
"""What has broken in this story."""


def unforeseen(*_: object) -> Any:
    """Break as nobody foresaw, with words that nobody is to read in the window."""
    broken.append(LookupError("x is not in 0x7f3a"))
    raise broken[-1]


def said(qtbot: QtBot, signal: SignalInstance, deed: Callable[[], object]) -> str:
    """What a signal says of a deed."""
    with qtbot.waitSignal(signal) as heard:
        deed()
    words = heard.args[0]
    assert isinstance(words, str)
    return words


def labels(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]
