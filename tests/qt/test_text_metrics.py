"""Qt text metrics are proportional to the font size, and equal for a text and its drawable form."""

import pytest

from explorer.qt.text_metrics import QtTextMetrics

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_width_is_proportional_to_the_font_size():
    metrics = QtTextMetrics()
    assert metrics.width("Container", 21) == pytest.approx(2 * metrics.width("Container", 10.5))
    assert metrics.height(21) == pytest.approx(2 * metrics.height(10.5))


def test_bold_text_is_wider():
    metrics = QtTextMetrics()
    assert metrics.width("Container", 12, bold=True) > metrics.width("Container", 12)


def test_a_control_character_is_as_wide_as_a_space():
    metrics = QtTextMetrics()
    assert metrics.width("one\ntwo", 12) == metrics.width("one two", 12)
