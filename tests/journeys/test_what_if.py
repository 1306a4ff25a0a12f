"""Looking into an answer, in the real window: what would be is seen, and what is comes back at once."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from explorer.ui.explanation.outcome_bar import OutcomeItem
from explorer.ui.questions.answer_preview import HOVER_DELAY_MS
from explorer.ui.questions.question_card import AnswerButton
from explorer.ui.shell.commands import CommandId


def said(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(window, number):
    shown = [button for button in window.findChildren(AnswerButton) if button.isVisible()]
    return shown[number - 1]


def badges(window):
    """What the diagram says became of its items, by their ids."""
    return {
        name.removeprefix("badge:"): [shape.text for shape in drawn.item.shapes if hasattr(shape, "text")]
        for name, drawn in window.canvas.drawn_items().items()
        if name.startswith("badge:")
    }


def look_into(qtbot, window, number):
    """Rest on an answer until it is previewed."""
    target = button(window, number)
    with qtbot.waitSignal(window.answer_preview.preview.shown):
        qtbot.mouseMove(target, QPoint(30, 12))
        qtbot.mouseMove(target, QPoint(60, 14))


def go_to(qtbot, window, question):
    window.walk_panel.opened.emit(question)
    qtbot.waitUntil(lambda: button(window, 1).width() > 150)


def test_resting_on_an_answer_shows_what_it_would_come_to(qtbot, window):
    before = window.diagram_controller.picture
    go_to(qtbot, window, "gpu")

    look_into(qtbot, window, 1)

    assert badges(window)["managed-instances"] == ["new"]
    assert "fargate" not in window.canvas.drawn_items()
    assert "What if “GPU” is “Yes”?" in said(window.answer_preview.strip)
    assert "Gone: AWS Fargate" in said(window.answer_preview.strip)
    assert "→ Amazon EC2" in said(window.outcome)
    assert "was AWS Fargate" in said(window.outcome)
    assert window.outcome.accessibleName().startswith("Outcome: What if: decided")
    qtbot.waitUntil(lambda: "WOULD BECOME TRUE" in said(window.takeaways))
    assert "Fargate has no GPUs" in said(window.takeaways)
    assert window.diagram_controller.picture is before, "what is exported is what is so"
    assert dict(window.session.workspace.answers) == {}


def test_leaving_brings_back_what_is_so_at_once(qtbot, window):
    go_to(qtbot, window, "gpu")
    look_into(qtbot, window, 1)

    with qtbot.waitSignal(window.answer_preview.preview.ended):
        qtbot.mouseMove(window.walk_panel, QPoint(5, 5))

    assert badges(window) == {}
    assert "fargate" in window.canvas.drawn_items()
    assert not window.answer_preview.strip.isVisible()
    assert "was AWS Fargate" not in said(window.outcome)
    qtbot.waitUntil(lambda: "What if" not in said(window.takeaways))


def test_the_answer_that_was_looked_into_comes_true_without_a_flicker(qtbot, window):
    go_to(qtbot, window, "gpu")
    look_into(qtbot, window, 1)
    drawn = window.canvas.shown("managed-instances")

    qtbot.mouseClick(button(window, 1), Qt.MouseButton.LeftButton, pos=QPoint(60, 14))

    assert window.canvas.shown("managed-instances") is drawn, "it never left"
    assert badges(window) == {}
    assert not window.answer_preview.strip.isVisible()
    assert window.session.workspace.answers["gpu"] == "yes"


def test_the_keyboard_previews_as_the_mouse_does(qtbot, window):
    go_to(qtbot, window, "kubernetes")

    with qtbot.waitSignal(window.answer_preview.preview.shown):
        button(window, 1).setFocus(Qt.FocusReason.TabFocusReason)

    assert badges(window)["eks"] == ["new"]
    with qtbot.waitSignal(window.answer_preview.preview.ended):
        window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert badges(window) == {}


def test_an_answer_that_would_clash_says_so(qtbot, window):
    for question, value in (("location", "on_premises"), ("kubernetes", "not_required")):
        window.walk_panel.answered.emit(question, value)
    go_to(qtbot, window, "load_balancer")

    look_into(qtbot, window, 1)

    assert "conflict" in said(window.answer_preview.strip)
    assert "What if: some answers do not hold together" in said(window.outcome)
    qtbot.waitUntil(lambda: "These answers do not hold together." in said(window.takeaways))


def test_what_the_answers_would_come_to_is_laid_out_ahead(qtbot, window):
    go_to(qtbot, window, "kubernetes")
    here = window.session.workspace

    def known(answer):
        return window.engine.previews.cached_preview(here, "kubernetes", answer, window.theme_manager.theme) is not None

    qtbot.waitUntil(lambda: known("required") and known("not_required"))


def test_presenting_brings_no_preview_that_nobody_asked_for(qtbot, window):
    window.walk_panel.answered.emit("gpu", "yes")
    with qtbot.waitActive(window):
        window.activateWindow()
    window.outcome.findChildren(OutcomeItem)[-1].setFocus()

    window.command_actions.of[CommandId.PRESENT].trigger()

    qtbot.wait(HOVER_DELAY_MS + 80)
    assert not window.answer_preview.preview.shows
    assert not isinstance(window.focusWidget(), AnswerButton)
