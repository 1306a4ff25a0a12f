"""Faults are listed with their places, in plain words, and the list goes with them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.core.errors import Problem
from explorer.ui.pack.problem_list import MAX_ROWS, ProblemList

FAULTS = (
    Problem("packs/mine/rules.toml", 12, "unknown part “slep”", "did you mean “sleep”?"),
    Problem("packs/mine/pack.toml", 3, "“title” is 1", "a text in quotes"),
    Problem("packs/mine/practice.toml", 1, "the file is missing"),
)


@pytest.fixture
def problems(qtbot):
    problems = ProblemList()
    qtbot.addWidget(problems)
    problems.resize(800, 200)
    return problems


def test_each_fault_is_a_line_with_its_place(problems):
    problems.show_problems("Three faults.", FAULTS)

    assert [row.accessibleName() for row in problems.rows] == [
        "rules.toml:12: unknown part “slep”, did you mean “sleep”?",
        "pack.toml:3: “title” is 1, expected a text in quotes",
        "practice.toml:1: the file is missing",
    ]
    assert problems.summary == "Three faults."


def test_a_line_reports_its_fault_by_click_and_by_key(qtbot, problems):
    problems.show_problems("Three faults.", FAULTS)
    with qtbot.waitSignal(problems.open_requested, check_params_cb=lambda fault: fault == FAULTS[1]):
        problems.rows[1].click()
    with qtbot.waitSignal(problems.open_requested, check_params_cb=lambda fault: fault == FAULTS[2]):
        qtbot.keyClick(problems.rows[2], Qt.Key.Key_Return)


def test_no_faults_no_list(problems):
    problems.show_problems("Three faults.", FAULTS)
    problems.show_problems("", ())
    assert (problems.isHidden(), problems.summary, problems.problems) == (True, "", ())


def test_hidden_by_hand_it_comes_back_with_the_next_faults(problems):
    problems.show_problems("Three faults.", FAULTS)
    problems.hide()
    problems.show_problems("One fault.", FAULTS[:1])
    assert problems.problems == FAULTS[:1]


def test_what_is_too_much_to_list_is_counted_and_copied_whole(qtbot, problems):
    many = tuple(Problem("rules.toml", line, "wrong") for line in range(1, MAX_ROWS + 1001))
    problems.show_problems("Many.", many)

    assert len(problems.rows) == MAX_ROWS
    assert "and 1,000 more; “Copy all” has them all" in {label.text() for label in problems.findChildren(QLabel)}
    with qtbot.waitSignal(problems.copy_requested) as copied:
        problems.copy_button.click()
    assert copied.args[0].splitlines() == [str(problem) for problem in many]


def test_markup_in_a_fault_is_shown_as_it_stands(problems):
    problems.show_problems("<b>told</b>", (Problem("a.toml", 1, "<b>bold</b>"),))
    for label in problems.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
