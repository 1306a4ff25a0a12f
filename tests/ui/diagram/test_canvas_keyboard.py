"""Canvas: every item can be reached by keyboard and is exposed to screen readers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.diagram.items import RingKind
from explorer.ui.diagram.navigation import reading_order
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


def test_tab_order_is_nodes_edges_groups_in_reading_order():
    ids = [item.id for item in reading_order(PLAIN.items)]
    assert ids == ["users", "ecs", "logs", "store", "users>ecs", "ecs>logs", "vpc"]


def test_tab_enters_the_canvas_visits_its_items_and_leaves(canvas, between_buttons):
    _before, after = between_buttons
    visited = []
    for _ in range(len(PLAIN.items)):
        press(Qt.Key.Key_Tab)
        visited.append(canvas.focused_id)
    assert visited == [item.id for item in reading_order(PLAIN.items)]
    press(Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert canvas.focused_id is None


def test_shift_tab_visits_the_items_in_reverse(canvas, between_buttons):
    before, after = between_buttons
    after.setFocus()
    visited = []
    for _ in range(len(PLAIN.items)):
        press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        visited.append(canvas.focused_id)
    assert visited == [item.id for item in reversed(reading_order(PLAIN.items))]
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert before.hasFocus()


def test_canvas_without_items_is_one_tab_stop(canvas, between_buttons):
    _before, after = between_buttons
    canvas.show_picture(picture())
    press(Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    press(Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_arrow_keys_focus_the_nearest_node_in_their_direction(canvas, between_buttons):
    press(Qt.Key.Key_Tab)
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right):
        press(key)
        seen.append(canvas.focused_id)
    assert seen == ["ecs", "store", "ecs", "logs", "logs"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_select_the_focused_item(canvas, between_buttons, qtbot, key):
    press(Qt.Key.Key_Tab)
    with qtbot.waitSignal(canvas.selected) as selected:
        press(key)
    assert selected.args == ["users"]


def test_escape_clears_the_selection(canvas, between_buttons, qtbot):
    press(Qt.Key.Key_Tab)
    canvas.show_selection("users")
    with qtbot.waitSignal(canvas.selected) as selected:
        press(Qt.Key.Key_Escape)
    assert selected.args == [""]


def test_other_keys_go_to_the_window(canvas, between_buttons, qtbot):
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


def test_focused_item_has_a_ring_and_is_scrolled_into_view(canvas, between_buttons):
    canvas.zoom(8, QPointF(middle(canvas, USERS)))
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert canvas.focused_id == "logs"
    assert canvas.viewport().rect().contains(middle(canvas, LOGS))
    assert canvas._rings[RingKind.FOCUS].isVisible()  # noqa: SLF001


def test_ring_of_a_node_does_not_touch_the_node_below_it(canvas, between_buttons):
    below = node("scan", 220, 103)
    canvas.show_picture(picture(ECS, below))
    press(Qt.Key.Key_Tab)
    assert canvas.focused_id == "ecs"
    ring = canvas._rings[RingKind.FOCUS]._path.boundingRect()  # noqa: SLF001
    assert ring.contains(QRectF(*ECS.box))
    assert not ring.intersects(QRectF(*below.box))


def test_canvas_keeps_the_focus_when_the_focused_item_disappears(canvas, between_buttons):
    press(Qt.Key.Key_Tab)
    assert canvas.focused_id == "users"
    canvas.show_picture(picture(ECS))
    assert canvas.hasFocus()
    assert canvas.focused_id is None
    press(Qt.Key.Key_Right)
    assert canvas.focused_id == "ecs"


# Screen reader


def test_every_item_is_accessible_with_its_name_description_and_place(canvas):
    viewport = QAccessible.queryAccessibleInterface(canvas.viewport())
    children = [viewport.child(index) for index in range(viewport.childCount())]
    accessible = {
        child.text(QAccessible.Text.Name): (child.role(), child.text(QAccessible.Text.Description))
        for child in children
    }
    button = QAccessible.Role.Button
    assert accessible == {
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


def test_accessible_focus_follows_the_keyboard_and_the_item_can_be_pressed(canvas, between_buttons, qtbot):
    press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    accessible = QAccessible.queryAccessibleInterface(focused)
    assert accessible.text(QAccessible.Text.Name) == "Users"
    assert accessible.state().focused
    with qtbot.waitSignal(canvas.selected) as selected:
        accessible.actionInterface().doAction("Press")
    assert selected.args == ["users"]
