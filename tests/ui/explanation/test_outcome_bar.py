"""Outcome bar: values and statuses of the choices, readable without color and at any width."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from explorer.core.model.outcome import Status
from explorer.ui.explanation.outcome_bar import OutcomeBar, OutcomeItem
from tests.ui.toy import entry

STATUS_WORDS = {
    Status.FORCED: "decided",
    Status.PREFERRED: "fits best",
    Status.DEFAULT: "default",
    Status.OPEN: "open",
    Status.CONFLICT: "conflict",
}


@pytest.fixture
def bar(qtbot):
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    bar.resize(1400, 90)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def items(bar):
    """The choices from left to right."""
    return bar.findChildren(OutcomeItem)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("status", Status, ids=lambda status: status.name)
def test_every_status_has_a_word(bar, status):
    bar.show_outcome((entry("bed", "tent", status),), "")

    assert texts(items(bar)[0]) == ["BED", "tent", STATUS_WORDS[status]]
    assert items(bar)[0].accessibleName() == f"Bed: tent ({STATUS_WORDS[status]})"


def test_choices_are_in_order_beside_the_summary(bar):
    bar.show_outcome((entry("bed"), entry("water", "river")), "A night outside")

    assert [texts(item)[0] for item in items(bar)] == ["BED", "WATER"]
    assert "A night outside" in texts(bar)


def test_tooltip_names_the_alternatives(bar):
    bar.show_outcome((entry("bed", alternatives="hut, car"),), "")

    assert "hut, car" in items(bar)[0].toolTip()


def test_open_choice_is_named_not_decided(bar):
    bar.show_outcome((entry("bed", "", Status.OPEN),), "")

    assert items(bar)[0].accessibleName() == "Bed: not decided (open)"


def test_click_on_a_choice_reports_it_and_selects_nothing(bar, qtbot):
    bar.show_outcome((entry("bed"), entry("water")), "")

    with qtbot.waitSignal(bar.choice_selected) as chosen:
        qtbot.mouseClick(items(bar)[1], Qt.MouseButton.LeftButton)

    assert chosen.args == ["water"]
    assert not items(bar)[1].isChecked()


def test_focused_choice_is_marked(bar):
    bar.show_outcome((entry("bed"), entry("water")), "")

    bar.show_selected("water")
    assert [item.isChecked() for item in items(bar)] == [False, True]

    bar.show_selected(None)
    assert not any(item.isChecked() for item in items(bar))


def test_new_value_reuses_the_items(bar):
    bar.show_outcome((entry("bed", "tent"),), "")
    before = items(bar)

    bar.show_outcome((entry("bed", "hut"),), "")

    assert items(bar) == before
    assert "hut" in texts(items(bar)[0])


def test_narrow_bar_uses_two_lines_before_it_cuts_values(bar, qtbot):
    scroll_area = bar.findChild(QScrollArea)
    bar.show_outcome(tuple(entry(f"choice {n}", "ECR, mirrored on site") for n in range(7)), "")
    value = items(bar)[0].findChildren(QLabel)[1]
    qtbot.waitUntil(lambda: value.visible_lines == ("ECR, mirrored on site",))
    one_line = scroll_area.sizeHint().height()

    bar.resize(1024, 110)

    qtbot.waitUntil(lambda: len(value.visible_lines) == 2 and scroll_area.sizeHint().height() > one_line)
    assert " ".join(value.visible_lines) == "ECR, mirrored on site"
    assert value.toolTip() == ""
    two_lines = scroll_area.sizeHint().height()
    bar.show_outcome(tuple(entry(f"choice {n}", "ECR") for n in range(7)), "")
    qtbot.waitUntil(lambda: value.visible_lines == ("ECR",))
    assert scroll_area.sizeHint().height() == two_lines, "the height does not depend on the values"


def test_long_values_can_be_scrolled_to_and_are_in_the_tooltip(bar, qtbot):
    bar.show_outcome(tuple(entry(f"choice {n}", "a very long value " * 4) for n in range(12)), "")
    bar.resize(1024, 90)

    scroll_area = bar.findChild(QScrollArea)
    qtbot.waitUntil(lambda: scroll_area.horizontalScrollBar().maximum() > 0)
    statuses = [item.findChildren(QLabel)[2] for item in items(bar)]
    assert all(status.width() >= status.sizeHint().width() for status in statuses)
    value = items(bar)[0].findChildren(QLabel)[1]
    assert "a very long value a very long value" in value.toolTip()
