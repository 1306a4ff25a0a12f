"""A window to speak in, and a witness of what broke."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.messages.hearing import broken


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


class Witness(logging.Handler):
    """Hears what a report is made of."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[object] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.exc_info and record.exc_info[1])


@pytest.fixture(autouse=True)
def what_breaks_is_reported():
    """Whatever sentence is said instead: a report is made of what broke."""
    broken.clear()
    witness = Witness()
    logging.getLogger("explorer").addHandler(witness)
    yield
    logging.getLogger("explorer").removeHandler(witness)
    assert [error for error in broken if error not in witness.heard] == []
