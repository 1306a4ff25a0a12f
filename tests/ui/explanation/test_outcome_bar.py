"""The outcome bar says what each choice came to and how firmly, without relying on colour."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea

from explorer.core.model.outcome import Status
from explorer.ui.explanation.outcome_bar import OutcomeBar, OutcomeItem
from tests.ui.toy import entry

WORDS = {
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


def said(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("status", Status, ids=lambda status: status.name)
def test_every_status_has_a_word(bar, status):
    bar.show_outcome((entry("bed", "tent", status),), "")

    assert said(items(bar)[0]) == ["BED", "tent", WORDS[status]]
    assert items(bar)[0].accessibleName() == f"Bed: tent ({WORDS[status]})"


def test_choices_stand_in_order_with_the_whole_beside_them(bar):
    bar.show_outcome((entry("bed"), entry("water", "river")), "A night outside")

    assert [said(item)[0] for item in items(bar)] == ["BED", "WATER"]
    assert "A night outside" in said(bar)


def test_what_is_still_possible_is_told_by_the_tool_tip(bar):
    bar.show_outcome((entry("bed", alternatives="hut, car"),), "")

    assert "Also possible: hut, car." in items(bar)[0].toolTip()


def test_an_undecided_choice_says_that_it_is_not_decided(bar):
    bar.show_outcome((entry("bed", "", Status.OPEN),), "")

    assert items(bar)[0].accessibleName() == "Bed: not decided (open)"


def test_clicking_a_choice_reports_it_and_marks_nothing_by_itself(bar, qtbot):
    bar.show_outcome((entry("bed"), entry("water")), "")

    with qtbot.waitSignal(bar.choice_selected) as chosen:
        qtbot.mouseClick(items(bar)[1], Qt.MouseButton.LeftButton)

    assert chosen.args == ["water"]
    assert not items(bar)[1].isChecked()


def test_the_choice_that_is_looked_at_is_marked(bar):
    bar.show_outcome((entry("bed"), entry("water")), "")

    bar.show_selected("water")
    assert [item.isChecked() for item in items(bar)] == [False, True]

    bar.show_selected(None)
    assert not any(item.isChecked() for item in items(bar))


def test_another_value_changes_items_and_makes_none_anew(bar):
    bar.show_outcome((entry("bed", "tent"),), "")
    before = items(bar)

    bar.show_outcome((entry("bed", "hut"),), "")

    assert items(bar) == before
    assert "hut" in said(items(bar)[0])


def test_where_it_is_narrow_a_value_takes_two_lines_before_it_is_cut(bar, qtbot):
    flow = bar.findChild(QScrollArea)
    bar.show_outcome(tuple(entry(f"choice {n}", "ECR, mirrored on site") for n in range(7)), "")
    value = items(bar)[0].findChildren(QLabel)[1]
    qtbot.waitUntil(lambda: value.visible_lines == ("ECR, mirrored on site",))
    one_line = flow.sizeHint().height()

    bar.resize(1024, 110)

    qtbot.waitUntil(lambda: len(value.visible_lines) == 2 and flow.sizeHint().height() > one_line)
    assert " ".join(value.visible_lines) == "ECR, mirrored on site"
    assert value.toolTip() == ""
    two_lines = flow.sizeHint().height()
    bar.show_outcome(tuple(entry(f"choice {n}", "ECR") for n in range(7)), "")
    qtbot.waitUntil(lambda: value.visible_lines == ("ECR",))
    assert flow.sizeHint().height() == two_lines, "it does not jump as values change"


def test_what_does_not_fit_can_be_scrolled_to_and_is_told_by_a_tool_tip(bar, qtbot):
    bar.show_outcome(tuple(entry(f"choice {n}", "a very long value " * 4) for n in range(12)), "")
    bar.resize(1024, 90)

    flow = bar.findChild(QScrollArea)
    qtbot.waitUntil(lambda: flow.horizontalScrollBar().maximum() > 0)
    words = [item.findChildren(QLabel)[2] for item in items(bar)]
    assert all(word.width() >= word.sizeHint().width() for word in words)
    value = items(bar)[0].findChildren(QLabel)[1]
    assert "a very long value a very long value" in value.toolTip()
