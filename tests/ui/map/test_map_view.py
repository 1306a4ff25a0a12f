"""Map view and map pane: pointer, keyboard, search, minimap and painting."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from explorer.core.decision_map.map import FoldState, MapNodeKind
from explorer.core.model.pack import QuestionId
from explorer.ui.map.map_pane import MapPane
from tests.core.map_paths import end_of_path
from tests.core.packs import make_answers
from tests.ui.toy_map import maps


@pytest.fixture
def drawn_maps(qapp):
    return maps()


@pytest.fixture
def pane(qtbot, drawn_maps):
    pane = MapPane()
    qtbot.addWidget(pane)
    pane.view.animation.is_enabled = False
    pane.resize(900, 600)
    with qtbot.waitExposed(pane):
        pane.show()
    show(pane, drawn_maps)
    return pane


@pytest.fixture
def reported(pane):
    """The signals of the view with their arguments, in order."""
    reported = []
    pane.view.change_requested.connect(lambda answers: reported.append(("change", dict(answers))))
    pane.view.question_opened.connect(lambda question: reported.append(("opened", question)))
    pane.view.fold_requested.connect(lambda node: reported.append(("fold", node)))
    return reported


def show(pane, drawn_maps, current="shelter", folding=None, **answers):
    drawn_map = drawn_maps.draw(make_answers(**answers), QuestionId(current), folding or FoldState(), "light")
    pane.show_map(drawn_map)
    return drawn_map


def card(pane, **answers):
    drawn_map = pane.view.drawn_map
    return drawn_map.placement.card_by_id[end_of_path(drawn_map.decision_map, make_answers(**answers)).id]


def spot(pane: MapPane, x: float, y: float) -> QPoint:
    return pane.view.viewportTransform().map(QPointF(x, y)).toPoint()


def click(qtbot, pane, x, y):
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(pane, x, y))


def press(qtbot, pane, *keys):
    for key in keys:
        qtbot.keyClick(pane.view, key)


def test_click_on_an_answer_requests_it(qtbot, pane, reported):
    row = card(pane).rows[0]
    click(qtbot, pane, row.line.box.center.x, row.port.y)
    assert reported == [("change", {"shelter": "tent"})]


def test_click_on_an_end_requests_every_answer_that_leads_there(qtbot, pane, reported):
    end = card(pane, shelter="tent", rain="no")
    click(qtbot, pane, end.title.box.x + 4, end.title.box.center.y)
    assert reported == [("change", {"shelter": "tent", "rain": "no"})]


def test_going_to_another_end_keeps_compatible_answers(qtbot, pane, drawn_maps, reported):
    show(pane, drawn_maps, current="food", shelter="tent", rain="no", food="cook")
    end = card(pane, shelter="tent", rain="yes")
    click(qtbot, pane, end.title.box.x + 4, end.title.box.center.y)
    assert reported == [("change", {"rain": "yes"})]


def test_click_on_a_question_on_the_active_path_only_opens_it(qtbot, pane, reported):
    title = card(pane).title.box
    click(qtbot, pane, title.x + 4, title.center.y)
    assert reported == [("opened", "shelter")]


def test_click_on_a_toggle_folds_or_unfolds_the_node(qtbot, pane, drawn_maps, reported):
    end = card(pane, shelter="hut")
    click(qtbot, pane, *end.fold_toggle)
    assert reported == [("fold", end.node.id)]
    drawn_map = show(pane, drawn_maps, folding=pane.view.drawn_map.decision_map.toggle_fold(end.node.id))
    assert drawn_map.decision_map.node_by_id[end.node.id].kind is MapNodeKind.QUESTION


def test_unfolded_node_keeps_its_place_on_the_screen(qtbot, pane, drawn_maps):
    end = card(pane, shelter="hut")
    pane.view.zoom(1.6)
    before = spot(pane, end.box.x, end.box.y)
    pane.view.toggle_fold(end.node.id)
    drawn_map = show(pane, drawn_maps, folding=pane.view.drawn_map.decision_map.toggle_fold(end.node.id))
    box = drawn_map.placement.card_by_id[end.node.id].box
    assert (spot(pane, box.x, box.y) - before).manhattanLength() <= 2


def test_arrow_keys_move_the_focus_and_enter_goes_to_the_node(qtbot, pane, reported):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Right)
    assert pane.view.focused_node == card(pane, shelter="tent").node.id
    press(qtbot, pane, Qt.Key.Key_Down)
    assert pane.view.focused_node == card(pane, shelter="hut").node.id
    press(qtbot, pane, Qt.Key.Key_Return)
    assert reported == [("change", {"shelter": "hut"})]
    press(qtbot, pane, Qt.Key.Key_Left)
    assert pane.view.focused_node == pane.view.drawn_map.decision_map.root.id


def test_enter_on_another_question_requests_its_answers_and_opens_it(qtbot, pane, reported):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert reported == [("change", {"shelter": "tent"}), ("opened", "rain")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Plus])
def test_space_and_plus_unfold_the_focused_node(qtbot, pane, reported, key):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, key)
    assert reported == [("fold", card(pane, shelter="hut").node.id)]


def test_minus_folds_a_question(qtbot, pane, reported):
    press(qtbot, pane, Qt.Key.Key_Home, Qt.Key.Key_Minus)
    assert reported == [("fold", pane.view.drawn_map.decision_map.root.id)]


def test_plus_zooms_without_a_focused_node(qtbot, pane):
    before = pane.view.view_position.scale
    press(qtbot, pane, Qt.Key.Key_Plus)
    assert pane.view.view_position.scale > before


def test_search_finds_questions_and_outcomes_and_enter_goes_to_the_next(qtbot, pane):
    qtbot.keyClicks(pane.field, "soup")
    assert pane.result_label.text() == "No results"
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


def test_search_names_a_matching_question_that_is_hidden(qtbot, pane):
    qtbot.keyClicks(pane.field, "food")
    assert "food is hidden" in pane.result_label.text()


def test_minimap_is_shown_when_zoomed_and_a_click_moves_the_view(qtbot, pane):
    assert not pane.view.minimap.isVisible()
    pane.view.zoom(4)
    assert pane.view.minimap.isVisible()
    before = pane.view.view_position
    qtbot.mouseClick(pane.view.minimap, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    assert pane.view.view_position != before
    assert pane.view.view_position.scale == before.scale


def test_accessible_description_follows_the_focus(qtbot, pane):
    press(qtbot, pane, Qt.Key.Key_Home)
    assert pane.view.accessibleDescription() == "shelter, current question"


@pytest.mark.parametrize("scale", [0.1, 0.3, 1.0, 3.0])
def test_map_is_painted_at_every_scale(qtbot, pane, scale):
    pane.view.zoom(scale / pane.view.view_position.scale)
    image = pane.view.grab().toImage()
    colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colors) > 1


def test_pan_paints_the_same_pixels_as_a_full_repaint(qtbot, pane):
    pane.view.zoom(1.7)
    pane.view.grab()
    pane.view.pan(QPointF(37, -21))
    moved = pane.view.grab().toImage()
    pane.view.show_map(pane.view.drawn_map)
    repainted = pane.view.grab().toImage()
    assert moved == repainted


def test_minimap_does_not_cover_the_focused_node(pane, drawn_maps):
    show(pane, drawn_maps, folding=FoldState(frozenset({"night", "day"})))
    pane.view.fit()
    pane.view.zoom(2)
    assert pane.view.minimap.isVisible()
    for placed in pane.view.drawn_map.placement.cards:
        pane.view.focus_node(placed.node.id)
        place = pane.view.viewportTransform().mapRect(QRectF(*placed.box)).toRect()
        assert pane.view.viewport().rect().intersects(place)
        assert not pane.view.minimap.geometry().intersects(place), placed.node.id
