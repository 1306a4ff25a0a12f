"""The problem list shows each problem with its position and hides if there are none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.core.errors import Problem
from explorer.ui.pack.problem_list import MAX_ROWS, ProblemList

PROBLEMS = (
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


def test_each_problem_has_a_row_with_its_position(problems):
    problems.show_problems("3 problems", PROBLEMS)

    assert [row.accessibleName() for row in problems.rows] == [
        "rules.toml:12: unknown part “slep”, did you mean “sleep”?",
        "pack.toml:3: “title” is 1, expected a text in quotes",
        "practice.toml:1: the file is missing",
    ]
    assert problems.summary == "3 problems"


def test_a_row_is_opened_by_click_and_by_key(qtbot, problems):
    problems.show_problems("3 problems", PROBLEMS)
    with qtbot.waitSignal(problems.open_requested, check_params_cb=lambda problem: problem == PROBLEMS[1]):
        problems.rows[1].click()
    with qtbot.waitSignal(problems.open_requested, check_params_cb=lambda problem: problem == PROBLEMS[2]):
        qtbot.keyClick(problems.rows[2], Qt.Key.Key_Return)


def test_the_list_is_hidden_without_problems(problems):
    problems.show_problems("3 problems", PROBLEMS)
    problems.show_problems("", ())
    assert (problems.isHidden(), problems.summary, problems.problems) == (True, "", ())


def test_a_dismissed_list_returns_with_the_next_problems(problems):
    problems.show_problems("3 problems", PROBLEMS)
    problems.hide()
    problems.show_problems("1 problem", PROBLEMS[:1])
    assert problems.problems == PROBLEMS[:1]


def test_problems_beyond_the_limit_are_counted_and_all_are_copied(qtbot, problems):
    many = tuple(Problem("rules.toml", line, "wrong") for line in range(1, MAX_ROWS + 1001))
    problems.show_problems("Many.", many)

    assert len(problems.rows) == MAX_ROWS
    assert any("1,000 more" in label.text() for label in problems.findChildren(QLabel))
    with qtbot.waitSignal(problems.copy_requested) as copied:
        problems.copy_button.click()
    assert copied.args[0].splitlines() == [str(problem) for problem in many]


def test_markup_in_a_problem_is_shown_as_plain_text(problems):
    problems.show_problems("<b>summary</b>", (Problem("a.toml", 1, "<b>bold</b>"),))
    for label in problems.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
