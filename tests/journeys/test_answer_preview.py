"""Answer preview in the real window: the panes show the preview, and the session again when it ends."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from explorer.ui.explanation.outcome_bar import OutcomeItem
from explorer.ui.questions.answer_button import AnswerButton
from explorer.ui.questions.answer_preview import HOVER_DELAY_MS
from explorer.ui.shell.commands import CommandId


def visible_text(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(window, number):
    shown = [button for button in window.findChildren(AnswerButton) if button.isVisible()]
    return shown[number - 1]


def badges(window):
    """The texts of the change badges on the diagram, by item id."""
    return {
        name.removeprefix("badge:"): [shape.text for shape in drawn.item.shapes if hasattr(shape, "text")]
        for name, drawn in window.canvas.drawn_items().items()
        if name.startswith("badge:")
    }


def hover(qtbot, window, number):
    """Rest the pointer on an answer until its preview is shown."""
    target = button(window, number)
    with qtbot.waitSignal(window.answer_preview.shown):
        qtbot.mouseMove(target, QPoint(30, 12))
        qtbot.mouseMove(target, QPoint(60, 14))


def go_to(qtbot, window, question):
    window.walk_panel.question_opened.emit(question)
    qtbot.waitUntil(lambda: button(window, 1).width() > 150)


def test_hover_on_an_answer_previews_it_in_every_pane(qtbot, window):
    before = window.diagram_controller.picture
    go_to(qtbot, window, "gpu")

    hover(qtbot, window, 1)

    assert badges(window)["managed-instances"] == ["new"]
    assert "fargate" not in window.canvas.drawn_items()
    strip = visible_text(window.result_panes.preview_strip)
    assert "GPU" in strip
    assert "Removed: AWS Fargate" in strip
    assert "→ Amazon EC2" in visible_text(window.outcome_bar)
    assert "was AWS Fargate" in visible_text(window.outcome_bar)
    assert "What if" in window.outcome_bar.accessibleName()
    qtbot.waitUntil(lambda: "Fargate has no GPUs" in visible_text(window.takeaway_panel))
    assert window.diagram_controller.picture is before, "exports still show the session"
    assert dict(window.session.workspace.answers) == {}


def test_leaving_the_answer_shows_the_session_again(qtbot, window):
    go_to(qtbot, window, "gpu")
    hover(qtbot, window, 1)

    with qtbot.waitSignal(window.answer_preview.ended):
        qtbot.mouseMove(window.walk_panel, QPoint(5, 5))

    assert badges(window) == {}
    assert "fargate" in window.canvas.drawn_items()
    assert not window.result_panes.preview_strip.isVisible()
    assert "was AWS Fargate" not in visible_text(window.outcome_bar)
    qtbot.waitUntil(lambda: "What if" not in visible_text(window.takeaway_panel))


def test_giving_the_previewed_answer_keeps_the_drawn_items(qtbot, window):
    go_to(qtbot, window, "gpu")
    hover(qtbot, window, 1)
    drawn = window.canvas.drawn_item("managed-instances")

    qtbot.mouseClick(button(window, 1), Qt.MouseButton.LeftButton, pos=QPoint(60, 14))

    assert window.canvas.drawn_item("managed-instances") is drawn, "no flicker"
    assert badges(window) == {}
    assert not window.result_panes.preview_strip.isVisible()
    assert window.session.workspace.answers["gpu"] == "yes"


def test_keyboard_focus_on_an_answer_previews_it(qtbot, window):
    go_to(qtbot, window, "kubernetes")

    with qtbot.waitSignal(window.answer_preview.shown):
        button(window, 1).setFocus(Qt.FocusReason.TabFocusReason)

    assert badges(window)["eks"] == ["new"]
    with qtbot.waitSignal(window.answer_preview.ended):
        window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert badges(window) == {}


def test_preview_of_an_answer_in_conflict_names_the_conflict(qtbot, window):
    for question, value in (("location", "on_premises"), ("kubernetes", "not_required")):
        window.walk_panel.answered.emit(question, value)
    go_to(qtbot, window, "load_balancer")

    hover(qtbot, window, 1)

    assert "conflict" in visible_text(window.result_panes.preview_strip)
    preview = window.answer_preview.current
    assert preview.explanation.conflicts
    qtbot.waitUntil(lambda: preview.explanation.conflicts[0].text in visible_text(window.takeaway_panel))


def test_previews_of_the_current_question_are_laid_out_in_advance(qtbot, window):
    go_to(qtbot, window, "kubernetes")
    workspace = window.session.workspace

    def is_cached(answer):
        previews, theme = window.open_pack.previews, window.theme_manager.theme
        return previews.cached_preview(workspace, "kubernetes", answer, theme) is not None

    qtbot.waitUntil(lambda: is_cached("required") and is_cached("not_required"))


def test_presenting_does_not_start_a_preview(qtbot, window):
    window.walk_panel.answered.emit("gpu", "yes")
    with qtbot.waitActive(window):
        window.activateWindow()
    window.outcome_bar.findChildren(OutcomeItem)[-1].setFocus()

    window.command_actions.by_id[CommandId.PRESENT].trigger()

    qtbot.wait(HOVER_DELAY_MS + 80)
    assert window.answer_preview.current is None
    assert not isinstance(window.focusWidget(), AnswerButton)
