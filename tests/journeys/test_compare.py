"""Scenarios side by side and the matrix, in the real window with the real layout program."""

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
    window.tabs.compare.page.canvas.set_animation_enabled(False)
    return window


def compared(qtbot, window):
    """The items of the comparison as it is drawn, once it is."""
    view = window.tabs.compare.page

    def up_to_date():
        scenarios = window.session.scenarios
        titles = [scenarios.left or CURRENT_ANSWERS, scenarios.right or CURRENT_ANSWERS]
        assert view.comparison is not None
        assert [view.comparison.left, view.comparison.right] == titles

    qtbot.waitUntil(up_to_date)
    return {item.id: item for item in view.comparison.picture.items}


def pin_and_compare(qtbot, window, **answers):
    """Pin where one stands, give some answers, and open the comparison."""
    window.command_actions.of[CommandId.PIN].trigger()
    for question, value in answers.items():
        window.walk_panel.answered.emit(question, value)
    window.command_actions.of[CommandId.COMPARE].trigger()
    return compared(qtbot, window)


def words(items, name):
    return [shape.text for shape in items[f"{name}"].shapes if hasattr(shape, "text")]


def test_what_differs_says_so_on_its_side(qtbot, window):
    window.walk_panel.answered.emit("operations", "least")
    items = pin_and_compare(qtbot, window, gpu="yes")

    assert words(items, "left:badge:fargate") == ["only here"]
    assert words(items, "right:badge:managed-instances") == ["only here"]
    assert "right:fargate" not in items
    assert "left:badge:ecr" not in items
    model = window.tabs.compare.page.table.model()
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert ["Compute", "AWS Fargate", "Amazon EC2", "differs"] in rows
    assert ["Takeaway", "", "Fargate has no GPUs", "only right"] in rows
    assert ["Orchestrator", "Amazon ECS", "Amazon ECS", "same"] in rows


def test_a_pin_says_its_name_and_where_it_is_compared(qtbot, window):
    window.walk_panel.answered.emit("gpu", "yes")
    window.command_actions.of[CommandId.PIN].trigger()
    name = window.session.scenarios.pinned[0].name
    assert window.notice_bar.message == f"Pinned as “{name}”; Compare shows it beside other answers."


def test_the_comparison_does_not_open_on_a_pin_against_itself(qtbot, window):
    window.walk_panel.answered.emit("gpu", "yes")
    window.command_actions.of[CommandId.PIN].trigger()
    window.walk_panel.answered.emit("kubernetes", "required")
    window.command_actions.of[CommandId.PIN].trigger()
    window.command_actions.of[CommandId.COMPARE].trigger()
    compared(qtbot, window)
    view = window.tabs.compare.page
    assert (view.comparison.left, view.comparison.right) == (
        window.session.scenarios.pinned[0].name,
        CURRENT_ANSWERS,
    )


def test_what_both_share_stands_in_the_same_place_in_both_halves(qtbot, window, space):
    scout, chance = window.engine.previews, random.Random(7)
    measured = 0
    for _ in range(12):
        one, other = (
            {q.id: chance.choice(q.answers).id for q in space.pack.questions if chance.random() < 0.4} for _ in range(2)
        )
        picture = scout.comparison(Scenario("one", one), Scenario("other", other), "light").picture
        halves = [
            {node.id for node in drawn.nodes if node.attached_to is None}
            for drawn in (
                build_architecture(space.pack, decide(space, answers), ghosts=False) for answers in (one, other)
            )
        ]
        ways = set()
        for name in halves[0] & halves[1]:
            left, right = (picture.item_by_id[prefix + name].shapes for prefix in (LEFT_PREFIX, RIGHT_PREFIX))
            icons = [next(s.box for s in shapes if type(s).__name__ == "Icon") for shapes in (left, right)]
            ways.add((round(icons[1].x - icons[0].x, 6), round(icons[1].y - icons[0].y, 6)))
            measured += 1
        assert len(ways) <= 1, "every shared node is as far to the right as all the others, and as high"
        assert all(down == 0 for _, down in ways)
    assert measured > 40


def test_swapping_puts_the_left_one_on_the_right(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")

    window.tabs.compare.page.swap.click()

    items = compared(qtbot, window)
    assert "left:eks" in items
    assert "right:ecs" in items


def test_a_new_name_is_seen_in_the_picture(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")
    window.tabs.compare.page.left.renamed.emit(window.session.scenarios.left, "As it was")

    items = compared(qtbot, window)
    assert words(items, "left:caption")[0] == "As it was"
    assert window.tabs.compare.page.left.choice.currentText() == "As it was"


def test_the_comparison_follows_the_answers(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")
    window.walk_panel.answered.emit("gpu", "yes")

    qtbot.waitUntil(
        lambda: (
            "right:badge:accelerators" in compared(qtbot, window)
            or "GPU" in str(words(compared(qtbot, window), "right:caption"))
        )
    )


def test_the_comparison_is_exported_as_one_picture(qtbot, window, tmp_path):
    pin_and_compare(qtbot, window, kubernetes="required")
    target = tmp_path / "both.png"

    with qtbot.waitSignal(window.export_controller.done):
        window.command_actions.of[CommandId.EXPORT].trigger()
        go_on_to_a_file(window, target)

    image = QImage(str(target))
    slide = window.tabs.compare.page.slide
    assert image.width() / image.height() == pytest.approx(slide.size[0] / slide.size[1], rel=0.01)
    assert slide.size[1] > window.tabs.compare.page.comparison.picture.size[1], "its table is in it"


def test_back_on_the_architecture_the_diagram_is_exported_again(qtbot, window):
    pin_and_compare(qtbot, window, kubernetes="required")
    assert not window.takeaways.isVisible(), "the comparison tells of the takeaways itself"

    window.command_actions.of[CommandId.ARCHITECTURE].trigger()

    assert window.takeaways.isVisible()
    assert window.scene().request(Options()).picture == window.diagram_controller.picture


# The matrix


def test_the_matrix_shows_every_answer_and_a_click_gives_it(qtbot, window):
    window.command_actions.of[CommandId.MATRIX].trigger()
    cell = window.tabs.matrix.page.cell_button("kubernetes", "required")
    assert "Orchestrator: Amazon EKS" in cell.accessibleName()

    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)

    assert window.session.workspace.answers["kubernetes"] == "required"
    assert cell.accessibleName().startswith("Required: your answer")


def test_the_matrix_marks_what_would_clash(qtbot, window):
    for question, value in (("location", "on_premises"), ("kubernetes", "not_required")):
        window.walk_panel.answered.emit(question, value)
    window.command_actions.of[CommandId.MATRIX].trigger()

    assert "conflict" in window.tabs.matrix.page.cell_button("load_balancer", "yes").accessibleName()


def test_the_matrix_can_be_walked_by_keyboard(qtbot, window):
    window.activateWindow()
    window.command_actions.of[CommandId.MATRIX].trigger()
    view = window.tabs.matrix.page
    qtbot.waitUntil(lambda: view.cell_button("operations", "least").hasFocus())

    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)

    assert dict(window.session.workspace.answers) == {"gpu": "yes"}
