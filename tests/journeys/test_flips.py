"""Counterfactuals, conflict resolution, question order and study guide view in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.ui.explanation.cards import RepairButton
from explorer.ui.explanation.remedy_cards import ChangeButton
from explorer.ui.questions.answer_button import AnswerButton


def wait_until_drawn(qtbot, window):
    engine, workspace = window.engine, window.session.workspace
    qtbot.waitUntil(
        lambda: engine.cached_picture(workspace, window.theme_manager.theme) == window.diagram_controller.picture
    )


def answer(qtbot, window, **answers):
    for question, value in answers.items():
        window.walk_panel.answered.emit(question, value)
    wait_until_drawn(qtbot, window)


def drawn_ids(window) -> set[str]:
    return {item.id for item in window.diagram_controller.picture.items}


def answers(window) -> dict[str, str]:
    return dict(window.session.workspace.answers)


def text_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def click(qtbot, window, kind, name):
    """Click the button with this accessible name as soon as it exists."""

    def found():
        return next((b for b in window.takeaway_panel.findChildren(kind) if b.accessibleName() == name), None)

    qtbot.waitUntil(lambda: found() is not None)
    qtbot.mouseClick(found(), Qt.MouseButton.LeftButton)


def option(widget, label):
    return next(button for button in widget.findChildren(QPushButton) if button.text() == label)


def test_click_on_a_counterfactual_brings_the_value_back_and_undo_removes_it(qtbot, window):
    answer(qtbot, window, operations="least", gpu="yes")
    before = window.diagram_controller.picture
    assert "fargate" not in drawn_ids(window)
    window.outcome_bar.choice_selected.emit("compute")

    click(qtbot, window, ChangeButton, "Change GPU to “No”")

    wait_until_drawn(qtbot, window)
    assert answers(window) == {"operations": "least", "gpu": "no"}
    assert "fargate" in drawn_ids(window)
    assert "AWS Fargate" in text_of(window.outcome_bar)
    window.session.undo()
    assert answers(window) == {"operations": "least", "gpu": "yes"}
    assert window.diagram_controller.picture == before


def test_grouped_change_is_one_undo_step(qtbot, window):
    window.outcome_bar.choice_selected.emit("capacity")
    click(
        qtbot,
        window,
        ChangeButton,
        "Answer Cost with “Lowest bill” and answer Interruption with “Yes, they can be stopped”",
    )

    assert answers(window) == {"cost": "lowest", "interruptible": "yes"}
    qtbot.waitUntil(lambda: "Fargate Spot" in text_of(window.outcome_bar))
    window.session.undo()
    assert answers(window) == {}


def test_conflict_offers_a_change_that_resolves_it(qtbot, window):
    answer(qtbot, window, location="on_premises", kubernetes="not_required", load_balancer="yes")
    qtbot.waitUntil(lambda: "Conflict" in text_of(window.takeaway_panel))

    click(qtbot, window, RepairButton, "Change Load balancer to “No”")

    wait_until_drawn(qtbot, window)
    assert answers(window)["load_balancer"] == "no"
    qtbot.waitUntil(lambda: "Conflict" not in text_of(window.takeaway_panel))
    assert "ecs-anywhere" in drawn_ids(window)


def test_shortest_order_asks_the_most_informative_question_and_counts_outcomes(qtbot, window):
    assert window.current_walk.walk.current == "operations"

    option(window.walk_panel, "Shortest walk").click()

    assert window.current_walk.walk.current == "location"
    shown = [text_of(button) for button in window.walk_panel.findChildren(AnswerButton) if button.isVisible()]
    assert all(" left" in text for text in shown)
    answer(qtbot, window, location="cloud")
    assert window.current_walk.walk.current == window.current_walk.walk.order[0] != "operations"
    assert len(window.session.history.undo_stack) == 1, "the order is not an undo step"

    window.session.undo()
    assert window.session.workspace.most_informative_first
    option(window.walk_panel, "By topic").click()
    assert window.current_walk.walk.current == "operations"


def test_next_question_follows_the_shortest_order(qtbot, window):
    option(window.walk_panel, "Shortest walk").click()
    first, second, *_ = window.current_walk.walk.order

    window.walk_panel.stepped.emit(1)
    assert (window.current_walk.walk.current, first) == (second, "location")
    window.walk_panel.stepped.emit(-1)
    assert window.current_walk.walk.current == first


def test_rationale_names_the_effect_of_the_answers(qtbot, window):
    window.walk_panel.question_opened.emit("kubernetes")

    option(window.walk_panel, "Why this is asked").click()

    assert "“Required”" in text_of(window.walk_panel)
    assert "Amazon EKS" in text_of(window.walk_panel)


def test_study_guide_view_shows_its_statements_and_keeps_the_recommendation(qtbot, window):
    window.walk_panel.question_opened.emit("discovery")
    qtbot.waitUntil(lambda: "App Mesh" in text_of(window.takeaway_panel))
    before, outcome = window.diagram_controller.picture, text_of(window.outcome_bar)

    option(window.takeaway_panel, "Study guide").click()

    qtbot.waitUntil(lambda: "\nRecommends App Mesh" in text_of(window.takeaway_panel))
    assert "Today" in text_of(window.takeaway_panel)
    assert (window.diagram_controller.picture, text_of(window.outcome_bar)) == (before, outcome)
    option(window.takeaway_panel, "Today").click()
    qtbot.waitUntil(lambda: "Study guide: Recommends App Mesh" in text_of(window.takeaway_panel))
