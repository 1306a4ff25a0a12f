"""Qt hands back every reference it borrows; a build that does not kills the app after some minutes of use."""

import sys

from PySide6.QtCore import QObject


def test_a_thousand_calls_cost_no_reference_to_none():
    thing = QObject()
    before = sys.getrefcount(None)

    for _ in range(1000):
        thing.setObjectName("x")

    assert abs(sys.getrefcount(None) - before) < 100
