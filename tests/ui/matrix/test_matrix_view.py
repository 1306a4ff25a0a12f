"""Matrix view: the texts of its cells, their arrangement, and pointer and keyboard."""

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


def test_every_cell_names_its_status(view):
    names = [button.accessibleName() for button in view.findChildren(CellButton)]
    assert names[0] == "Tent: your answer. bed: tent, water: river"
    assert any(name.startswith("Cook: conflict.") for name in names)
    assert any(name.startswith("No: no change.") for name in names)


def test_click_on_a_cell_gives_the_answer(view, qtbot):
    with qtbot.waitSignal(view.answered) as answered:
        qtbot.mouseClick(view.cell_button("rain", "yes"), Qt.MouseButton.LeftButton)
    assert answered.args == ["rain", "yes"]


def test_arrow_keys_move_between_cells_and_enter_gives_the_answer(view, qtbot):
    view.focus_first()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(view.focusWidget(), key)
    assert view.focusWidget() is view.cell_button("food", "fast"), "the focus stops at the last cell"
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)
    assert view.focusWidget() is view.cell_button("rain", "no"), "the last cell of a shorter row"

    with qtbot.waitSignal(view.answered) as answered:
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    assert answered.args == ["rain", "no"]


def test_new_matrix_of_the_same_questions_keeps_the_focus(view):
    view.focus_first()
    before = view.focusWidget()

    view.show_matrix(Toy().engine.matrix(given("hut")))

    assert view.focusWidget() is before
    assert view.cell_button("shelter", "hut").accessibleName().startswith("Hut: your answer")


def test_cell_shows_every_change_and_grows_with_its_text(view):
    button = view.cell_button("food", "cook")
    button.show_cell(cell("a", "b", "c", "d"), THEMES["light"].window)
    assert button.visible_texts == ("Tent", "C0: a", "C1: b", "C2: c", "C3: d")
    assert button.heightForWidth(200) > button.heightForWidth(2000) - 1

    button.show_cell(cell("a long way to go " * 4), THEMES["light"].window)
    assert button.heightForWidth(120) > 2 * button.heightForWidth(2000)


def test_narrow_view_stacks_the_cells_and_cuts_no_text(view, qtbot):
    assert view.cell_button("food", "cook").y() == view.cell_button("food", "fast").y()

    view.resize(420, 500)

    qtbot.waitUntil(lambda: view.cell_button("food", "cook").y() < view.cell_button("food", "fast").y())
    for button in view.findChildren(CellButton):
        assert button.height() >= button.heightForWidth(button.width())


def test_arrow_down_goes_through_stacked_cells(view, qtbot):
    view.resize(420, 500)
    qtbot.waitUntil(lambda: view.cell_button("food", "cook").y() < view.cell_button("food", "fast").y())
    view.cell_button("rain", "yes").setFocus()
    visited = []
    for _ in range(3):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)
        visited.append(view.focusWidget().accessibleName().split(":")[0])
    assert visited[0] != visited[-1]
    assert {"Fast", "Buy"} & set(visited)
    for _ in range(9):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)
    assert view.focusWidget() in (view.cell_button("shelter", "tent"), view.cell_button("shelter", "hut"))


def test_matrix_is_painted_in_both_themes(view):
    light = view.grab().toImage()
    view.show_colors(THEMES["dark"].window)
    assert view.grab().toImage() != light
