"""Comparison of scenarios and the what-if matrix in the real window, with the installed layout program."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from explorer.core.architecture.builder import build_architecture
from explorer.core.session.scenarios import Scenario
from explorer.core.solver.decide import decide
from explorer.export.request.request import Options
from explorer.render.comparison import LEFT_PREFIX, RIGHT_PREFIX
from explorer.ui.compare.compare_view import CURRENT_ANSWERS
from explorer.ui.shell.commands import CommandId
from tests.ui.dialogs import go_on_to_a_file


@pytest.fixture
def window(window):
    window.further_views.compare.page.canvas.set_animation_enabled(False)
    return window


def compared(qtbot, window):
    """The items of the comparison by id, as soon as it is up to date."""
    view = window.further_views.compare.page

    def up_to_date():
        scenarios = window.session.scenarios
        titles = [scenarios.left or CURRENT_ANSWERS, scenarios.right or CURRENT_ANSWERS]
        assert view.comparison is not None
        assert [view.comparison.left, view.comparison.right] == titles

    qtbot.waitUntil(up_to_date)
    return {item.id: item for item in view.comparison.picture.items}


def pin_and_compare(qtbot, window, **answers):
    """Pin the current answers, give these answers, and open the comparison."""
    window.command_actions.by_id[CommandId.PIN].trigger()
    for question, value in answers.items():
        window.walk_panel.answered.emit(question, value)
    window.command_actions.by_id[CommandId.COMPARE].trigger()
    return compared(qtbot, window)


def texts(items, name):
    return [shape.text for shape in items[name].shapes if hasattr(shape, "text")]


def test_difference_is_marked_on_its_side_and_in_the_table(qtbot, window):
    window.walk_panel.answered.emit("operations", "least")
    items = pin_and_compare(qtbot, window, gpu="yes")

    assert texts(items, "left:badge:fargate") == ["only here"]
    assert texts(items, "right:badge:managed-instances") == ["only here"]
    assert "right:fargate" not in items
    assert "left:badge:ecr" not in items
    model = window.further_views.compare.page.table.model()
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert ["Compute", "AWS Fargate", "Amazon EC2", "differs"] in rows
    assert ["Takeaway", "", "Fargate has no GPUs", "only right"] in rows
    assert ["Orchestrator", "Amazon ECS", "Amazon ECS", "same"] in rows


def test_pin_reports_the_name_of_the_scenario(qtbot, window):
    window.walk_panel.answered.emit("gpu", "yes")
    window.command_actions.by_id[CommandId.PIN].trigger()
    name = window.session.scenarios.pinned[0].name
    assert f"“{name}”" in window.notice_bar.message


def test_comparison_opens_with_two_different_scenarios(qtbot, window):
    window.walk_panel.answered.emit("gpu", "yes")
    window.command_actions.by_id[CommandId.PIN].trigger()
    window.walk_panel.answered.emit("kubernetes", "required")
    window.command_actions.by_id[CommandId.PIN].trigger()
    window.command_actions.by_id[CommandId.COMPARE].trigger()
    compared(qtbot, window)
    view = window.further_views.compare.page
    assert (view.comparison.left, view.comparison.right) == (
        window.session.scenarios.pinned[0].name,
        CURRENT_ANSWERS,
    )


def test_shared_nodes_have_the_same_place_on_both_sides(qtbot, window, space):
    comparisons, chance = window.open_pack.comparisons, random.Random(7)
    measured = 0
    for _ in range(12):
        one, other = (
            {q.id: chance.choice(q.answers).id for q in space.pack.questions if chance.random() < 0.4} for _ in range(2)
        )
        picture = comparisons.comparison(Scenario("one", one), Scenario("other", other), "light").picture
        node_sets = [
            {node.id for node in drawn.nodes if node.attached_to is None}
            for drawn in (
                build_architecture(space.pack, decide(space, answers), ghosts=False) for answers in (one, other)
            )
        ]
        shifts = set()
        for name in node_sets[0] & node_sets[1]:
            left, right = (picture.item_by_id[prefix + name].shapes for prefix in (LEFT_PREFIX, RIGHT_PREFIX))
            icons = [next(s.box for s in shapes if type(s).__name__ == "Icon") for shapes in (left, right)]
            shifts.add((round(icons[1].x - icons[0].x, 6), round(icons[1].y - icons[0].y, 6)))
            measured += 1
        assert len(shifts) <= 1, "all shared nodes are shifted by the same distance"
        assert all(down == 0 for _, down in shifts)
    assert measured > 40


def test_swap_exchanges_the_sides(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")

    window.further_views.compare.page.swap.click()

    items = compared(qtbot, window)
    assert "left:eks" in items
    assert "right:ecs" in items


def test_renamed_scenario_has_its_new_name_in_the_picture(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")
    window.further_views.compare.page.left.renamed.emit(window.session.scenarios.left, "As it was")

    items = compared(qtbot, window)
    assert texts(items, "left:caption")[0] == "As it was"
    assert window.further_views.compare.page.left.combo.currentText() == "As it was"


def test_comparison_follows_the_answers(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")
    window.walk_panel.answered.emit("gpu", "yes")

    qtbot.waitUntil(
        lambda: (
            "right:badge:accelerators" in compared(qtbot, window)
            or "GPU" in str(texts(compared(qtbot, window), "right:caption"))
        )
    )


def test_comparison_is_exported_with_its_table(qtbot, window, tmp_path):
    pin_and_compare(qtbot, window, kubernetes="required")
    target = tmp_path / "both.png"

    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.EXPORT].trigger()
        go_on_to_a_file(window, target)

    image = QImage(str(target))
    slide = window.further_views.compare.page.slide
    assert image.width() / image.height() == pytest.approx(slide.size[0] / slide.size[1], rel=0.01)
    assert slide.size[1] > window.further_views.compare.page.comparison.picture.size[1], "the table is included"


def test_diagram_is_exported_again_when_its_tab_is_shown(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")
    assert not window.takeaway_panel.isVisible(), "the comparison needs the full width"

    window.command_actions.by_id[CommandId.ARCHITECTURE].trigger()

    assert window.takeaway_panel.isVisible()
    assert window.commands.export_source().request(Options()).picture == window.diagram_controller.picture


# The matrix


def test_click_on_a_matrix_cell_gives_its_answer(qtbot, window):
    window.command_actions.by_id[CommandId.MATRIX].trigger()
    cell = window.further_views.matrix.page.cell_button("kubernetes", "required")
    assert "Orchestrator: Amazon EKS" in cell.accessibleName()

    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)

    assert window.session.workspace.answers["kubernetes"] == "required"
    assert cell.accessibleName().startswith("Required: your answer")


def test_matrix_marks_answers_in_conflict(qtbot, window):
    for question, value in (("location", "on_premises"), ("kubernetes", "not_required")):
        window.walk_panel.answered.emit(question, value)
    window.command_actions.by_id[CommandId.MATRIX].trigger()

    assert "conflict" in window.further_views.matrix.page.cell_button("load_balancer", "yes").accessibleName()


def test_keyboard_moves_in_the_matrix_and_gives_answers(qtbot, window):
    window.activateWindow()
    window.command_actions.by_id[CommandId.MATRIX].trigger()
    view = window.further_views.matrix.page
    qtbot.waitUntil(lambda: view.cell_button("operations", "least").hasFocus())

    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)

    assert dict(window.session.workspace.answers) == {"gpu": "yes"}
