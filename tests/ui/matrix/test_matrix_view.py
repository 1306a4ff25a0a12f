"""The matrix: every answer with what it would come to, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import Qt

from explorer.core.model.pack import AnswerId
from explorer.core.search.what_if_matrix import ChoiceSummary, MatrixCell
from explorer.ui.matrix.matrix_cell import CellButton
from explorer.ui.matrix.matrix_view import MatrixView
from tests.ui.toy import QUESTIONS, THEMES, Toy


@pytest.fixture
def view(qtbot):
    view = MatrixView()
    view.show_colors(THEMES["light"].window)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show_matrix(Toy().engine.matrix(given("tent")))
    with qtbot.waitExposed(view):
        view.show()
    return view


def given(shelter):
    return {QUESTIONS[0].id: AnswerId(shelter)}


def cell(*values):
    outcome = tuple(ChoiceSummary(f"C{number}", value, True) for number, value in enumerate(values))
    return MatrixCell(QUESTIONS[0].id, QUESTIONS[0].answers[0], False, False, outcome)


def test_every_answer_says_in_words_how_it_stands(view):
    names = [button.accessibleName() for button in view.findChildren(CellButton)]
    assert names[0] == "Tent: your answer. bed: tent, water: river"
    assert any(name.startswith("Cook: conflict.") for name in names)
    assert any(name.startswith("No: no change.") for name in names)


def test_a_click_gives_the_answer(view, qtbot):
    with qtbot.waitSignal(view.answered) as told:
        qtbot.mouseClick(view.cell_button("rain", "yes"), Qt.MouseButton.LeftButton)
    assert told.args == ["rain", "yes"]


def test_arrows_go_from_cell_to_cell_and_enter_answers(view, qtbot):
    view.focus_first()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(view.focusWidget(), key)
    assert view.focusWidget() is view.cell_button("food", "fast"), "and they stop at the end"
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)
    assert view.focusWidget() is view.cell_button("rain", "no"), "the last there is"

    with qtbot.waitSignal(view.answered) as told:
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    assert told.args == ["rain", "no"]


def test_another_matrix_of_the_same_questions_leaves_the_keyboard_where_it_is(view):
    view.focus_first()
    before = view.focusWidget()

    view.show_matrix(Toy().engine.matrix(given("hut")))

    assert view.focusWidget() is before
    assert view.cell_button("shelter", "hut").accessibleName().startswith("Hut: your answer")


def test_a_cell_says_every_change_and_grows_with_its_words(view):
    button = view.cell_button("food", "cook")
    button.show_cell(cell("a", "b", "c", "d"), THEMES["light"].window)
    assert button.visible_texts == ("Tent", "C0: a", "C1: b", "C2: c", "C3: d")
    assert button.heightForWidth(200) > button.heightForWidth(2000) - 1

    button.show_cell(cell("a long way to go " * 4), THEMES["light"].window)
    assert button.heightForWidth(120) > 2 * button.heightForWidth(2000)


def test_where_it_is_narrow_answers_stand_beneath_each_other_and_none_is_cut(view, qtbot):
    assert view.cell_button("food", "cook").y() == view.cell_button("food", "fast").y()

    view.resize(420, 500)

    qtbot.waitUntil(lambda: view.cell_button("food", "cook").y() < view.cell_button("food", "fast").y())
    for button in view.findChildren(CellButton):
        assert button.height() >= button.heightForWidth(button.width())


def test_where_answers_stand_beneath_each_other_the_arrows_go_down_through_them(view, qtbot):
    view.resize(420, 500)
    qtbot.waitUntil(lambda: view.cell_button("food", "cook").y() < view.cell_button("food", "fast").y())
    view.cell_button("rain", "yes").setFocus()
    gone = []
    for _ in range(3):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)
        gone.append(view.focusWidget().accessibleName().split(":")[0])
    assert gone[0] != gone[-1]
    assert {"Fast", "Buy"} & set(gone)
    for _ in range(9):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)
    assert view.focusWidget() in (view.cell_button("shelter", "tent"), view.cell_button("shelter", "hut"))


def test_it_paints_in_both_themes(view):
    light = view.grab().toImage()
    view.show_colors(THEMES["dark"].window)
    assert view.grab().toImage() != light
