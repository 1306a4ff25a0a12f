"""The user zooms and pans; the picture never leaves the view, and the view never moves on its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from explorer.ui.diagram.canvas import Canvas
from tests.ui import stage
from tests.ui.stage import ECS, LOGS, PLAIN, USERS, middle, picture, press, spot, turn_wheel


@pytest.fixture
def canvas(qtbot):
    canvas = stage.canvas_in_window(qtbot)
    yield canvas
    canvas.finish_animation()


def is_whole_picture_visible(canvas: Canvas) -> bool:
    visible, (width, height) = canvas.viewport().rect(), PLAIN.size
    return visible.contains(spot(canvas, 0, 0)) and visible.contains(spot(canvas, width, height))


def test_the_picture_fits_at_first_and_after_a_resize(canvas):
    assert is_whole_picture_visible(canvas)
    for size in ((300, 500), (1200, 200), (40, 40)):
        canvas.resize(*size)
        assert canvas.view_position.scale > 0
    canvas.resize(640, 360)
    assert is_whole_picture_visible(canvas)


def test_the_zoom_of_the_user_stays_until_fit(canvas):
    canvas.zoom(2)
    scale = canvas.view_position.scale
    canvas.resize(500, 500)
    canvas.show_picture(picture(USERS, size=(900, 900)))
    assert canvas.view_position.scale == scale
    canvas.show_picture(PLAIN)
    canvas.fit()
    assert is_whole_picture_visible(canvas)
    canvas.resize(700, 300)
    assert is_whole_picture_visible(canvas)


def test_the_wheel_zooms_at_the_mouse(canvas):
    point = middle(canvas, LOGS)
    for clicks in (1, 3, -2):
        scale = canvas.view_position.scale
        turn_wheel(canvas, point, clicks)
        assert canvas.view_position.scale == pytest.approx(scale * 1.25**clicks)
        assert (middle(canvas, LOGS) - point).manhattanLength() <= 2


def test_the_zoom_is_limited(canvas):
    for factor in (1e9, 1e-9, float("nan"), float("inf"), -1, 0):
        canvas.zoom(factor)
        assert 0.01 < canvas.view_position.scale < 20


def test_keys_zoom_and_fit(canvas):
    canvas.setFocus()
    fitted = canvas.view_position
    press(Qt.Key.Key_Plus)
    assert canvas.view_position.scale > fitted.scale
    press(Qt.Key.Key_Minus)
    press(Qt.Key.Key_Minus)
    assert canvas.view_position.scale <= fitted.scale
    press(Qt.Key.Key_0)
    assert canvas.view_position == fitted


def test_dragging_pans_and_selects_nothing(canvas, qtbot):
    selected: list[str] = []
    canvas.selected.connect(selected.append)
    start, end, viewport = middle(canvas, ECS), middle(canvas, ECS) + QPoint(60, 30), canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + QPoint(20, 20))
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert (middle(canvas, ECS) - end).manhattanLength() <= 2
    assert selected == []


def test_dragging_cannot_move_the_picture_out_of_view(canvas):
    canvas.pan(QPointF(1e6, -1e6))
    x, y = canvas.view_position.x, canvas.view_position.y
    assert 0 <= x <= PLAIN.size[0]
    assert 0 <= y <= PLAIN.size[1]
