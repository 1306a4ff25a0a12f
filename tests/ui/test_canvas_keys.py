"""Everything in a picture can be reached by keys and is told to a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.diagram.items import RingKind, reading_order
from tests.ui import stage
from tests.ui.stage import ECS, LOGS, PLAIN, USERS, middle, node, picture, press


@pytest.fixture
def canvas(qtbot):
    canvas = stage.canvas_in_window(qtbot)
    yield canvas
    canvas.finish_animation()


@pytest.fixture
def between_buttons(canvas, qtbot):
    window, before, after = stage.put_between_buttons(canvas, qtbot)
    yield before, after
    canvas.setParent(None)
    window.close()


def test_tab_goes_through_nodes_then_edges_then_groups_in_reading_order():
    ids = [item.id for item in reading_order(PLAIN.items)]
    assert ids == ["users", "ecs", "logs", "store", "users>ecs", "ecs>logs", "vpc"]


def test_tab_enters_the_canvas_goes_through_it_and_leaves_it(canvas, between_buttons):
    _before, after = between_buttons
    gone_through = []
    for _ in range(len(PLAIN.items)):
        press(Qt.Key.Key_Tab)
        gone_through.append(canvas.focused_id)
    assert gone_through == [item.id for item in reading_order(PLAIN.items)]
    press(Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert canvas.focused_id is None


def test_shift_tab_goes_the_same_way_back(canvas, between_buttons):
    before, after = between_buttons
    after.setFocus()
    gone_through = []
    for _ in range(len(PLAIN.items)):
        press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        gone_through.append(canvas.focused_id)
    assert gone_through == [item.id for item in reversed(reading_order(PLAIN.items))]
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert before.hasFocus()


def test_a_canvas_without_items_is_one_stop(canvas, between_buttons):
    _before, after = between_buttons
    canvas.show_picture(picture())
    press(Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    press(Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_arrow_keys_go_to_the_nearest_node_that_way(canvas, between_buttons):
    press(Qt.Key.Key_Tab)
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right):
        press(key)
        seen.append(canvas.focused_id)
    assert seen == ["ecs", "store", "ecs", "logs", "logs"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_choose_what_has_the_keyboard(canvas, between_buttons, qtbot, key):
    press(Qt.Key.Key_Tab)
    with qtbot.waitSignal(canvas.selected) as said:
        press(key)
    assert said.args == ["users"]


def test_escape_lets_go_of_the_selection(canvas, between_buttons, qtbot):
    press(Qt.Key.Key_Tab)
    canvas.show_selection("users")
    with qtbot.waitSignal(canvas.selected) as said:
        press(Qt.Key.Key_Escape)
    assert said.args == [""]


def test_other_keys_are_left_to_the_window(canvas, between_buttons, qtbot):
    class Window(QWidget):
        keys: list[int] = []  # noqa: RUF012

        def keyPressEvent(self, event):
            self.keys.append(event.key())

    window = Window()
    qtbot.addWidget(window)
    canvas.setParent(window)
    canvas.show()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_1, Qt.Key.Key_Backspace, Qt.Key.Key_F5, Qt.Key.Key_Escape):
        press(key)
    assert window.keys == [Qt.Key.Key_1, Qt.Key.Key_Backspace, Qt.Key.Key_F5, Qt.Key.Key_Escape]
    canvas.setParent(None)


def test_what_has_the_keyboard_is_ringed_and_brought_into_view(canvas, between_buttons):
    canvas.zoom(8, QPointF(middle(canvas, USERS)))
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert canvas.focused_id == "logs"
    assert canvas.viewport().rect().contains(middle(canvas, LOGS))
    assert canvas._rings[RingKind.FOCUS].isVisible()  # noqa: SLF001


def test_the_ring_of_a_box_keeps_off_what_hangs_beneath_it(canvas, between_buttons):
    beneath = node("scan", 220, 103)
    canvas.show_picture(picture(ECS, beneath))
    press(Qt.Key.Key_Tab)
    assert canvas.focused_id == "ecs"
    ring = canvas._rings[RingKind.FOCUS]._path.boundingRect()  # noqa: SLF001
    assert ring.contains(QRectF(*ECS.box))
    assert not ring.intersects(QRectF(*beneath.box))


def test_when_what_has_the_keyboard_goes_the_canvas_keeps_it(canvas, between_buttons):
    press(Qt.Key.Key_Tab)
    assert canvas.focused_id == "users"
    canvas.show_picture(picture(ECS))
    assert canvas.hasFocus()
    assert canvas.focused_id is None
    press(Qt.Key.Key_Right)
    assert canvas.focused_id == "ecs"


# What a screen reader is told


def test_a_screen_reader_finds_every_item_with_its_name_words_and_place(canvas):
    viewport = QAccessible.queryAccessibleInterface(canvas.viewport())
    children = [viewport.child(index) for index in range(viewport.childCount())]
    told = {
        child.text(QAccessible.Text.Name): (child.role(), child.text(QAccessible.Text.Description))
        for child in children
    }
    button = QAccessible.Role.Button
    assert told == {
        "Users": (button, "about users"),
        "Ecs": (button, "about ecs"),
        "Logs": (button, "about logs"),
        "Store": (button, "about store"),
        "users to ecs, arrow": (button, ""),
        "ecs to logs, arrow": (button, ""),
        "VPC, group": (button, ""),
    }
    first = children[0].rect()
    assert first.contains(canvas.viewport().mapToGlobal(middle(canvas, USERS)))
    assert QAccessible.queryAccessibleInterface(canvas).text(QAccessible.Text.Name) == "Architecture"


def test_a_screen_reader_is_where_the_keyboard_is_and_can_press(canvas, between_buttons, qtbot):
    press(Qt.Key.Key_Tab)
    holder = QApplication.focusWidget()
    assert holder is not None
    here = QAccessible.queryAccessibleInterface(holder)
    assert here.text(QAccessible.Text.Name) == "Users"
    assert here.state().focused
    with qtbot.waitSignal(canvas.selected) as said:
        here.actionInterface().doAction("Press")
    assert said.args == ["users"]
