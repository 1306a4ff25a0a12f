"""The map to look around in: what is shown, and what the person wished by mouse and by key."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from explorer.core.decision_map.map import FoldState, MapNodeKind
from explorer.core.decision_map.paths import end_of_path
from explorer.core.model.pack import QuestionId
from explorer.ui.map.map_pane import MapPane
from tests.core.packs import make_answers
from tests.ui.toy_map import maps


@pytest.fixture
def atlas(qapp):
    return maps()


@pytest.fixture
def pane(qtbot, atlas):
    pane = MapPane()
    qtbot.addWidget(pane)
    pane.view.animation.is_enabled = False
    pane.resize(900, 600)
    with qtbot.waitExposed(pane):
        pane.show()
    show(pane, atlas)
    return pane


@pytest.fixture
def heard(pane):
    """What the view told."""
    told = []
    pane.view.change_requested.connect(lambda way: told.append(("taken", dict(way))))
    pane.view.question_opened.connect(lambda question: told.append(("opened", question)))
    pane.view.fold_requested.connect(lambda node: told.append(("folded", node)))
    return told


def show(pane, atlas, current="shelter", folding=None, **answers):
    sheet = atlas.draw(make_answers(**answers), QuestionId(current), folding or FoldState(), "light")
    pane.show_map(sheet)
    return sheet


def card(pane, **answers):
    sheet = pane.view.drawn_map
    return sheet.placement.card_by_id[end_of_path(sheet.decision_map, make_answers(**answers)).id]


def spot(pane: MapPane, x: float, y: float) -> QPoint:
    return pane.view.viewportTransform().map(QPointF(x, y)).toPoint()


def click(qtbot, pane, x, y):
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(pane, x, y))


def press(qtbot, pane, *keys):
    for key in keys:
        qtbot.keyClick(pane.view, key)


def test_a_click_on_an_answer_takes_its_branch(qtbot, pane, heard):
    row = card(pane).rows[0]
    click(qtbot, pane, row.line.box.center.x, row.port.y)
    assert heard == [("taken", {"shelter": "tent"})]


def test_a_click_on_an_end_gives_every_answer_that_leads_there(qtbot, pane, heard):
    end = card(pane, shelter="tent", rain="no")
    click(qtbot, pane, end.title.box.x + 4, end.title.box.center.y)
    assert heard == [("taken", {"shelter": "tent", "rain": "no"})]


def test_going_elsewhere_keeps_the_answers_that_may_stay(qtbot, pane, atlas, heard):
    show(pane, atlas, current="food", shelter="tent", rain="no", food="cook")
    end = card(pane, shelter="tent", rain="yes")
    click(qtbot, pane, end.title.box.x + 4, end.title.box.center.y)
    assert heard == [("taken", {"rain": "yes"})]


def test_a_click_on_a_question_that_can_be_reached_only_goes_there(qtbot, pane, heard):
    title = card(pane).title.box
    click(qtbot, pane, title.x + 4, title.center.y)
    assert heard == [("opened", "shelter")]


def test_a_click_on_a_badge_folds_and_on_the_end_of_one_unfolds(qtbot, pane, atlas, heard):
    end = card(pane, shelter="hut")
    click(qtbot, pane, *end.fold_toggle)
    assert heard == [("folded", end.node.id)]
    sheet = show(pane, atlas, folding=pane.view.drawn_map.decision_map.toggle_fold(end.node.id))
    assert sheet.decision_map.node_by_id[end.node.id].kind is MapNodeKind.QUESTION


def test_what_is_unfolded_stays_where_it_was_on_the_screen(qtbot, pane, atlas):
    end = card(pane, shelter="hut")
    pane.view.zoom(1.6)
    before = spot(pane, end.box.x, end.box.y)
    pane.view.toggle_fold(end.node.id)
    sheet = show(pane, atlas, folding=pane.view.drawn_map.decision_map.toggle_fold(end.node.id))
    box = sheet.placement.card_by_id[end.node.id].box
    assert (spot(pane, box.x, box.y) - before).manhattanLength() <= 2


def test_the_arrows_walk_the_map_and_enter_takes_the_branch(qtbot, pane, heard):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Right)
    assert pane.view.focused_node == card(pane, shelter="tent").node.id
    press(qtbot, pane, Qt.Key.Key_Down)
    assert pane.view.focused_node == card(pane, shelter="hut").node.id
    press(qtbot, pane, Qt.Key.Key_Return)
    assert heard == [("taken", {"shelter": "hut"})]
    press(qtbot, pane, Qt.Key.Key_Left)
    assert pane.view.focused_node == pane.view.drawn_map.decision_map.root.id


def test_enter_on_a_question_elsewhere_leads_there_and_asks_it(qtbot, pane, heard):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert heard == [("taken", {"shelter": "tent"}), ("opened", "rain")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Plus])
def test_a_key_unfolds_where_the_keyboard_is(qtbot, pane, heard, key):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, key)
    assert heard == [("folded", card(pane, shelter="hut").node.id)]


def test_minus_folds_a_question(qtbot, pane, heard):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Minus)
    assert heard == [("folded", pane.view.drawn_map.decision_map.root.id)]


def test_plus_zooms_where_there_is_nothing_to_unfold(qtbot, pane):
    before = pane.view.view_position.scale
    press(qtbot, pane, Qt.Key.Key_Plus)
    assert pane.view.view_position.scale > before


def test_searching_finds_questions_and_outcomes_and_goes_on_to_the_next(qtbot, pane):
    qtbot.keyClicks(pane.field, "soup")
    assert pane.result_label.text() == "Nothing found"
    pane.field.clear()
    qtbot.keyClicks(pane.field, "bunk")
    assert pane.result_label.text() == "1 of 1"
    assert pane.view.focused_node == card(pane, shelter="hut").node.id
    pane.field.clear()
    qtbot.keyClicks(pane.field, "mat")
    first = pane.view.focused_node
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    assert pane.result_label.text() == "2 of 2"
    assert pane.view.focused_node != first


def test_a_question_that_is_folded_away_is_named(qtbot, pane):
    qtbot.keyClicks(pane.field, "food")
    assert "food is folded away" in pane.result_label.text()


def test_the_overview_shows_only_what_is_not_all_in_view_and_leads_elsewhere(qtbot, pane):
    assert not pane.view.minimap.isVisible()
    pane.view.zoom(4)
    assert pane.view.minimap.isVisible()
    before = pane.view.view_position
    qtbot.mouseClick(pane.view.minimap, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    assert pane.view.view_position != before
    assert pane.view.view_position.scale == before.scale


def test_what_a_screen_reader_hears_follows_the_keyboard(qtbot, pane):
    press(qtbot, pane, Qt.Key.Key_Home)
    assert pane.view.accessibleDescription() == "shelter, asked now"


@pytest.mark.parametrize("scale", [0.1, 0.3, 1.0, 3.0])
def test_the_map_is_painted_at_every_scale(qtbot, pane, scale):
    pane.view.zoom(scale / pane.view.view_position.scale)
    image = pane.view.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 1


def test_moving_paints_the_same_as_painting_anew(qtbot, pane):
    pane.view.zoom(1.7)
    pane.view.grab()
    pane.view.pan(QPointF(37, -21))
    moved = pane.view.grab().toImage()
    pane.view.show_map(pane.view.drawn_map)
    anew = pane.view.grab().toImage()
    assert moved == anew


def test_the_minimap_never_covers_what_the_keyboard_has_come_to(pane, atlas):
    show(pane, atlas, fold_state=FoldState(frozenset({"night", "day"})))
    pane.view.fit()
    pane.view.zoom(2)
    assert pane.view.minimap.isVisible()
    for placed in pane.view.drawn_map.placement.cards:
        pane.view.focus_node(placed.node.id)
        place = pane.view.viewportTransform().mapRect(QRectF(*placed.box)).toRect()
        assert pane.view.viewport().rect().intersects(place)
        assert not pane.view.minimap.geometry().intersects(place), placed.node.id
