"""The installed PySide6 does not leak or over-release references: some builds crash after minutes of use."""

import sys

from PySide6.QtCore import QObject


def test_a_thousand_calls_do_not_change_the_references_to_none():
    thing = QObject()
    before = sys.getrefcount(None)

    for _ in range(1000):
        thing.setObjectName("x")

    assert abs(sys.getrefcount(None) - before) < 100
