"""The canvas shows what it is given, keeps what stays, and says what was chosen."""

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
from explorer.ui.diagram.items import CanvasColors, RingKind
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


# What is shown


def test_before_the_first_picture_it_says_so_calmly(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    assert canvas.grab().toImage().pixelColor(2, 2) == "#ffffff"
    assert canvas._message_label.text()  # noqa: SLF001
    canvas.show_picture(PLAIN)
    assert not canvas._message_label.isVisibleTo(canvas)  # noqa: SLF001


def test_a_message_lies_over_the_picture_as_plain_text_and_the_picture_stays(canvas):
    canvas.show_message("<b>No</b> layout")
    message = canvas._message_label  # noqa: SLF001
    assert message.isVisible()
    assert message.textFormat() == Qt.TextFormat.PlainText
    assert in_place(canvas, PLAIN)
    canvas.show_message("")
    assert not message.isVisible()


def test_what_stays_keeps_its_object_and_what_goes_is_gone(canvas):
    before = {item.id: canvas.drawn_item(item.id) for item in PLAIN.items}
    canvas.show_picture(picture(USERS, ECS))
    assert canvas.drawn_item("users") is before["users"]
    assert canvas.item_at(middle(canvas, LOGS)) is None
    with pytest.raises(KeyError):
        canvas.drawn_item("logs")


def test_only_what_changed_is_drawn_anew(canvas, qtbot, monkeypatch):
    drawn: list[str] = []
    for item in PLAIN.items:
        shown = canvas.drawn_item(item.id)
        monkeypatch.setattr(shown, "show_item", lambda _value, key=item.id: drawn.append(key))
    canvas.set_animation_enabled(False)
    canvas.show_picture(replace(PLAIN, items=tuple(replace(i, name="!") if i is ECS else i for i in PLAIN.items)))
    assert set(drawn) == {"ecs"}


# Motion


def test_what_moves_is_seen_to_move_and_arrives(canvas, qtbot):
    moved = picture(USERS, node("ecs", 300, 180))
    canvas.show_picture(moved)
    assert canvas.drawn_item("ecs").item.box == ECS.box
    qtbot.waitUntil(lambda: in_place(canvas, moved), timeout=2000)


def test_with_reduced_motion_everything_is_there_at_once(canvas):
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
    ids=["skipped", "motion turned off", "zoomed", "resized", "clicked"],
)
def test_motion_that_is_interrupted_leaves_everything_in_its_place(canvas, interrupt):
    moved = picture(node("ecs", 300, 180), edge(USERS, LOGS), node("new", 20, 200))
    canvas.show_picture(moved)
    interrupt(canvas)
    assert in_place(canvas, moved)


def test_the_last_of_many_quick_pictures_is_the_one_that_stands(canvas, qtbot):
    last = PLAIN
    for step in range(10):
        last = picture(node("ecs", 20 + 30 * step, 180), *([LOGS] if step % 2 else [STORE]))
        canvas.show_picture(last)
    qtbot.waitUntil(lambda: in_place(canvas, last), timeout=2000)
    canvas.finish_animation()
    assert in_place(canvas, last)


# Choosing


@pytest.mark.parametrize("item", [ECS, STORE, edge(USERS, ECS)], ids=lambda item: item.id)
def test_a_click_says_what_was_chosen(canvas, qtbot, item):
    with qtbot.waitSignal(canvas.selected) as said:
        click(canvas, middle(canvas, item))
    assert said.args == [item.id]


def test_a_click_on_nothing_says_nothing(canvas, qtbot):
    with qtbot.waitSignal(canvas.selected) as said:
        click(canvas, spot(canvas, 400, 250))
    assert said.args == [""]


def test_a_group_is_chosen_at_its_border_and_not_in_its_inside(canvas):
    assert canvas.item_at(spot(canvas, 181, 150)) == "vpc"
    assert canvas.item_at(spot(canvas, 200, 150)) is None


def test_a_node_comes_before_the_edge_and_the_group_under_it(canvas):
    covering = replace(edge(USERS, ECS), shapes=(Polyline((Point(0, 70), Point(500, 70)), Stroke(INK, 1)),))
    canvas.show_picture(picture(GROUP, USERS, ECS, covering))
    assert canvas.item_at(middle(canvas, ECS)) == "ecs"


def test_showing_a_selection_rings_it_and_emits_nothing(canvas):
    chosen: list[str] = []
    canvas.selected.connect(chosen.append)
    plain = canvas.grab().toImage()
    canvas.show_selection("ecs")
    ringed = canvas.grab().toImage()
    canvas.show_selection("no such item")
    assert canvas.grab().toImage() == plain
    assert ringed != plain
    assert chosen == []


def test_hovering_rings_and_points_and_leaving_ends_it(canvas):
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas.viewport(), middle(canvas, ECS))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert canvas.grab().toImage() != plain
    QApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    assert canvas.grab().toImage() == plain


def test_a_tool_tip_shows_markup_as_it_stands(canvas, qtbot):
    canvas.show_picture(picture(replace(ECS, name="<b>bold</b> & <img src=x>", description="a < b")))
    canvas.finish_animation()
    place = middle(canvas, ECS)
    event = QHelpEvent(QEvent.Type.ToolTip, place, canvas.viewport().mapToGlobal(place))
    QApplication.sendEvent(canvas.viewport(), event)
    assert QToolTip.text() == "<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;img src=x&gt;<br>a &lt; b</p>"
    QToolTip.hideText()


def test_another_theme_takes_effect_at_once(canvas):
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
def test_whatever_is_done_the_last_picture_stands_in_its_place(canvas, events):
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
