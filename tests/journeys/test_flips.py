"""Journeys through the real window: what would change it, ways out, the shortest walk, the page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.ui.explanation.cards import RepairButton
from explorer.ui.explanation.remedy_cards import ChangeButton
from explorer.ui.questions.question_card import AnswerButton


def settle(qtbot, window):
    study, workspace = window.engine, window.session.workspace
    qtbot.waitUntil(
        lambda: study.cached_picture(workspace, window.theme_manager.theme) == window.diagram_controller.picture
    )


def answer(qtbot, window, **answers):
    for question, value in answers.items():
        window.walk_panel.answered.emit(question, value)
    settle(qtbot, window)


def drawn(window) -> set[str]:
    return {item.id for item in window.diagram_controller.picture.items}


def answers(window) -> dict[str, str]:
    return dict(window.session.workspace.answers)


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def click(qtbot, window, kind, words):
    """Click the button of a kind that says so, once it is there."""

    def found():
        return next((b for b in window.takeaways.findChildren(kind) if b.accessibleName() == words), None)

    qtbot.waitUntil(lambda: found() is not None)
    qtbot.mouseClick(found(), Qt.MouseButton.LeftButton)


def option(widget, words):
    return next(button for button in widget.findChildren(QPushButton) if button.text() == words)


def test_a_click_brings_back_what_is_ruled_out_and_undo_takes_it_away_again(qtbot, window):
    answer(qtbot, window, operations="least", gpu="yes")
    before = window.diagram_controller.picture
    assert "fargate" not in drawn(window)
    window.outcome.choice_selected.emit("compute")
    qtbot.waitUntil(lambda: "AWS Fargate is selected if you leave GPU open or answer “No”." in said(window.takeaways))

    click(qtbot, window, ChangeButton, "Change GPU to “No”")

    settle(qtbot, window)
    assert answers(window) == {"operations": "least", "gpu": "no"}
    assert "fargate" in drawn(window)
    assert "AWS Fargate" in said(window.outcome)
    window.session.undo()
    assert answers(window) == {"operations": "least", "gpu": "yes"}
    assert window.diagram_controller.picture == before


def test_changes_that_belong_together_are_made_in_one_step(qtbot, window):
    window.outcome.choice_selected.emit("capacity")
    click(
        qtbot,
        window,
        ChangeButton,
        "Answer Cost with “Lowest bill” and answer Interruption with “Yes, they can be stopped”",
    )

    assert answers(window) == {"cost": "lowest", "interruptible": "yes"}
    qtbot.waitUntil(lambda: "Fargate Spot" in said(window.outcome))
    window.session.undo()
    assert answers(window) == {}


def test_a_clash_offers_what_to_change_to_and_a_click_ends_it(qtbot, window):
    answer(qtbot, window, location="on_premises", kubernetes="not_required", load_balancer="yes")
    qtbot.waitUntil(lambda: "Conflict" in said(window.takeaways))

    click(qtbot, window, RepairButton, "Change Load balancer to “No”")

    settle(qtbot, window)
    assert answers(window)["load_balancer"] == "no"
    qtbot.waitUntil(lambda: "answers conflict" not in said(window.takeaways))
    assert "ecs-anywhere" in drawn(window)


def test_the_shortest_walk_asks_what_tells_most_and_says_how_many_each_answer_leaves(qtbot, window):
    assert window.current_walk.walk.current == "operations"

    option(window.walk_panel, "Shortest").click()

    assert window.current_walk.walk.current == "location"
    shown = [said(button) for button in window.walk_panel.findChildren(AnswerButton) if button.isVisible()]
    assert all(words.endswith((" left", " left\n")) or " left" in words for words in shown)
    answer(qtbot, window, location="cloud")
    assert window.current_walk.walk.current == window.current_walk.walk.order[0] != "operations"
    assert len(window.session.history.undo_stack) == 1, "the order of walking is not a step to take back"

    window.session.undo()
    assert window.session.workspace.most_informative_first
    option(window.walk_panel, "Document’s order").click()
    assert window.current_walk.walk.current == "operations"


def test_walking_on_in_the_shortest_order_goes_to_the_next_most_telling(qtbot, window):
    option(window.walk_panel, "Shortest").click()
    first, second, *_ = window.current_walk.walk.order

    window.walk_panel.stepped.emit(1)
    assert (window.current_walk.walk.current, first) == (second, "location")
    window.walk_panel.stepped.emit(-1)
    assert window.current_walk.walk.current == first


def test_why_a_question_is_asked_says_what_it_separates(qtbot, window):
    window.walk_panel.opened.emit("kubernetes")

    option(window.walk_panel, "Why this is asked").click()

    assert "“Required” leads to Amazon EKS" in said(window.walk_panel)


def test_the_page_s_statements_come_forward_and_the_recommendation_stays_today_s(qtbot, window):
    window.walk_panel.opened.emit("discovery")
    qtbot.waitUntil(lambda: "App Mesh" in said(window.takeaways))
    before, outcome = window.diagram_controller.picture, said(window.outcome)

    option(window.takeaways, "As the page says").click()

    qtbot.waitUntil(lambda: "As the study page says\nRecommends App Mesh" in said(window.takeaways))
    assert "As of today: the recommendation follows this" in said(window.takeaways)
    assert (window.diagram_controller.picture, said(window.outcome)) == (before, outcome)
    option(window.takeaways, "As of today").click()
    qtbot.waitUntil(lambda: "The study page says: Recommends App Mesh" in said(window.takeaways))
