"""Canvas: pictures, their animation, selection and hover."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from explorer.layout.geometry import Box, Point
from explorer.render.picture import Polyline, Stroke
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.diagram.canvas_message import CanvasMessage
from explorer.ui.diagram.items import RingKind
from explorer.ui.theme.canvas_colors import CanvasColors
from tests.ui import stage
from tests.ui.stage import (
    ECS,
    GROUP,
    INK,
    LOGS,
    PLAIN,
    STORE,
    USERS,
    click,
    edge,
    in_place,
    middle,
    node,
    picture,
    spot,
    turn_wheel,
)


@pytest.fixture
def canvas(qtbot):
    canvas = stage.canvas_in_window(qtbot)
    yield canvas
    canvas.finish_animation()


# Pictures


def test_empty_canvas_shows_a_message_until_the_first_picture(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    assert canvas.grab().toImage().pixelColor(2, 2) == "#ffffff"
    message = canvas.findChild(CanvasMessage)
    assert message is not None
    assert message.text()
    canvas.show_picture(PLAIN)
    assert not message.isVisibleTo(canvas)


def test_message_is_plain_text_over_the_picture(canvas):
    canvas.show_message("<b>No</b> layout")
    message = canvas.findChild(CanvasMessage)
    assert message.isVisible()
    assert message.textFormat() == Qt.TextFormat.PlainText
    assert in_place(canvas, PLAIN)
    canvas.show_message("")
    assert not message.isVisible()


def test_shared_items_keep_their_graphics_items_and_others_are_removed(canvas):
    before = {item.id: canvas.drawn_item(item.id) for item in PLAIN.items}
    canvas.show_picture(picture(USERS, ECS))
    assert canvas.drawn_item("users") is before["users"]
    assert canvas.item_at(middle(canvas, LOGS)) is None
    with pytest.raises(KeyError):
        canvas.drawn_item("logs")


def test_only_changed_items_are_drawn_again(canvas, qtbot, monkeypatch):
    drawn: list[str] = []
    for item in PLAIN.items:
        shown = canvas.drawn_item(item.id)
        monkeypatch.setattr(shown, "show_item", lambda _value, key=item.id: drawn.append(key))
    canvas.set_animation_enabled(False)
    canvas.show_picture(replace(PLAIN, items=tuple(replace(i, name="!") if i is ECS else i for i in PLAIN.items)))
    assert set(drawn) == {"ecs"}


# Animation


def test_moved_item_is_animated_and_arrives(canvas, qtbot):
    moved = picture(USERS, node("ecs", 300, 180))
    canvas.show_picture(moved)
    assert canvas.drawn_item("ecs").item.box == ECS.box
    qtbot.waitUntil(lambda: in_place(canvas, moved), timeout=2000)


def test_without_animation_items_are_in_place_at_once(canvas):
    canvas.set_animation_enabled(False)
    moved = picture(USERS, node("ecs", 300, 180), node("new", 20, 200))
    canvas.show_picture(moved)
    assert in_place(canvas, moved)


@pytest.mark.parametrize(
    "interrupt",
    [
        lambda canvas: canvas.finish_animation(),
        lambda canvas: canvas.set_animation_enabled(False),
        lambda canvas: canvas.zoom_in(),
        lambda canvas: canvas.resize(500, 400),
        lambda canvas: click(canvas, QPoint(3, 3)),
    ],
    ids=["finished", "disabled", "zoomed", "resized", "clicked"],
)
def test_interrupted_animation_leaves_items_in_place(canvas, interrupt):
    moved = picture(node("ecs", 300, 180), edge(USERS, LOGS), node("new", 20, 200))
    canvas.show_picture(moved)
    interrupt(canvas)
    assert in_place(canvas, moved)


def test_last_of_many_quick_pictures_is_shown(canvas, qtbot):
    last = PLAIN
    for step in range(10):
        last = picture(node("ecs", 20 + 30 * step, 180), *([LOGS] if step % 2 else [STORE]))
        canvas.show_picture(last)
    qtbot.waitUntil(lambda: in_place(canvas, last), timeout=2000)
    canvas.finish_animation()
    assert in_place(canvas, last)


# Selection and hover


@pytest.mark.parametrize("item", [ECS, STORE, edge(USERS, ECS)], ids=lambda item: item.id)
def test_click_selects_the_item(canvas, qtbot, item):
    with qtbot.waitSignal(canvas.selected) as selected:
        click(canvas, middle(canvas, item))
    assert selected.args == [item.id]


def test_click_beside_the_items_selects_nothing(canvas, qtbot):
    with qtbot.waitSignal(canvas.selected) as selected:
        click(canvas, spot(canvas, 400, 250))
    assert selected.args == [""]


def test_group_reacts_at_its_border_only(canvas):
    assert canvas.item_at(spot(canvas, 181, 150)) == "vpc"
    assert canvas.item_at(spot(canvas, 200, 150)) is None


def test_node_is_hit_before_the_edge_and_the_group_below_it(canvas):
    covering = replace(edge(USERS, ECS), shapes=(Polyline((Point(0, 70), Point(500, 70)), Stroke(INK, 1)),))
    canvas.show_picture(picture(GROUP, USERS, ECS, covering))
    assert canvas.item_at(middle(canvas, ECS)) == "ecs"


def test_shown_selection_has_a_ring_and_is_not_reported(canvas):
    chosen: list[str] = []
    canvas.selected.connect(chosen.append)
    plain = canvas.grab().toImage()
    canvas.show_selection("ecs")
    ringed = canvas.grab().toImage()
    canvas.show_selection("no such item")
    assert canvas.grab().toImage() == plain
    assert ringed != plain
    assert chosen == []


def test_hover_shows_a_ring_and_a_pointing_hand_until_the_pointer_leaves(canvas):
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas.viewport(), middle(canvas, ECS))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert canvas.grab().toImage() != plain
    QApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    assert canvas.grab().toImage() == plain


def test_tooltip_shows_markup_as_text(canvas, qtbot):
    canvas.show_picture(picture(replace(ECS, name="<b>bold</b> & <img src=x>", description="a < b")))
    canvas.finish_animation()
    place = middle(canvas, ECS)
    event = QHelpEvent(QEvent.Type.ToolTip, place, canvas.viewport().mapToGlobal(place))
    QApplication.sendEvent(canvas.viewport(), event)
    assert QToolTip.text() == "<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;img src=x&gt;<br>a &lt; b</p>"
    QToolTip.hideText()


def test_colors_of_another_theme_are_used_at_once(canvas):
    canvas.show_picture(replace(PLAIN, background=None))
    canvas.finish_animation()
    canvas.show_colors(CanvasColors(canvas="#0b1017", selected="#ff00ff"))
    assert canvas.grab().toImage().pixelColor(1, 1) == "#0b1017"


# Any order of events

EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("show"), st.lists(st.sampled_from(PLAIN.items), unique=True)),
        st.tuples(st.just("move"), st.integers(0, 500)),
        st.tuples(st.just("click"), st.integers(0, 800)),
        st.tuples(st.just("wheel"), st.integers(-5, 5)),
        st.tuples(st.just("pan"), st.integers(-900, 900)),
        st.tuples(
            st.just("key"),
            st.sampled_from([Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return]),
        ),
        st.tuples(st.just("select"), st.sampled_from([None, "ecs", "vpc", "ecs>logs", "?"])),
    ),
    max_size=15,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(events=EVENTS)
def test_after_any_events_the_last_picture_is_in_place(canvas, events):
    shown = PLAIN
    canvas.show_picture(shown)
    for what, value in events:
        match what:
            case "show":
                shown = picture(*value)
                canvas.show_picture(shown)
            case "move":
                shown = picture(*(replace(i, box=Box(value, *i.box[1:])) if i.id == "ecs" else i for i in shown.items))
                canvas.show_picture(shown)
            case "click":
                click(canvas, QPoint(value, value // 2))
            case "wheel":
                turn_wheel(canvas, QPoint(100, 100), value)
            case "pan":
                canvas.pan(QPointF(value, -value))
            case "key":
                QTest.keyClick(canvas, value)
            case "select":
                canvas.show_selection(value)
        canvas.grab()
    canvas.finish_animation()
    assert in_place(canvas, shown)
    assert len(canvas.scene().items()) == len(shown.items) + len(RingKind)
