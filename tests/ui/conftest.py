"""Fixtures for tests of the window and its controllers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest


class _ErrorLog(logging.Handler):
    """Collects the exceptions that are logged as errors, of which a crash report is written."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.logged: list[object] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.logged.append(record.exc_info and record.exc_info[1])


class Crash:
    """A function that raises an unexpected error, whose text must not reach the user."""

    def __init__(self) -> None:
        self.raised: list[Exception] = []

    def __call__(self, *_: object) -> Any:
        self.raised.append(LookupError("x is not in 0x7f3a"))
        raise self.raised[-1]


@pytest.fixture
def crash() -> Iterator[Crash]:
    """A function that crashes; the test fails if a crash was not logged with its exception."""
    crash, handler = Crash(), _ErrorLog()
    logging.getLogger("explorer").addHandler(handler)
    yield crash
    logging.getLogger("explorer").removeHandler(handler)
    assert [error for error in crash.raised if error not in handler.logged] == []
