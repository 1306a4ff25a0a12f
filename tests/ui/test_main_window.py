"""The main window: user intent goes to the session, and every pane shows the result."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolButton

from explorer.core.errors import ExplorerError
from explorer.diagnostics.environment import MIN_WINDOW_SIZE
from explorer.qt.painter import IconPainter
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.document.session_store import SessionStore
from explorer.ui.explanation.cards import RepairButton
from explorer.ui.explanation.outcome_bar import OutcomeItem
from explorer.ui.main_window import MainWindow
from explorer.ui.questions.answer_button import AnswerButton
from explorer.ui.shell.about_dialog import AboutDialog
from explorer.ui.shell.commands import COMMANDS, CommandId, CommandScope
from tests.ui.dialogs import go_on_to_a_file, press_button
from tests.ui.toy import THEMES, Toy, nodes_of


@pytest.fixture
def toy(qapp):
    return Toy()


@pytest.fixture
def session(toy):
    return SessionStore(None, toy.open_pack)


@pytest.fixture
def window(qtbot, toy, session):
    window = MainWindow(toy.open_pack, session, Canvas(IconPainter()), THEMES)
    window.canvas.set_animation_enabled(False)
    qtbot.addWidget(window)
    window.resize(1024, 640)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.diagram_controller.picture is not None)
    return window


def drawn(window):
    """The nodes in the newest picture."""
    return nodes_of(window.diagram_controller.picture)


def press(qtbot, window, *keys):
    """Press keys in the widget with the focus."""
    window.activateWindow()
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or window, key)


def visible_texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def accessible(interface):
    """The accessible interface and all interfaces below it, as a screen reader finds them."""
    yield interface
    for index in range(interface.childCount()):
        if interface.child(index) is not None:
            yield from accessible(interface.child(index))


def test_an_answer_updates_every_pane(window, session, qtbot):
    qtbot.mouseClick(window.findChildren(AnswerButton)[1], Qt.MouseButton.LeftButton)

    assert dict(session.workspace.answers) == {"shelter": "hut"}
    assert "1 of 3 answered" in visible_texts(window.walk_panel)
    assert "hut" in visible_texts(window.outcome_bar)
    qtbot.waitUntil(lambda: any("sleep-in-hut" in text for text in visible_texts(window.takeaway_panel)))
    qtbot.waitUntil(lambda: drawn(window) == {"hut", "river", "tap"})


def test_a_cached_layout_is_drawn_at_once(window, session, qtbot):
    session.answer("shelter", "hut")
    qtbot.waitUntil(lambda: "tent" not in drawn(window))

    session.undo()

    assert drawn(window) == {"tent", "hut", "river", "tap"}


def test_only_the_newest_of_several_answers_is_drawn(window, session, toy, qtbot):
    gate, shown = Event(), []
    window.diagram_controller.drawn.connect(lambda picture: shown.append(nodes_of(picture)))
    toy.layout.before = lambda: gate.wait(5)

    session.answer("rain", "yes")
    session.answer("food", "fast")  # not an answer of the current question, so its layout is not preloaded
    gate.set()

    qtbot.waitUntil(lambda: "tap" not in drawn(window))
    assert shown == [{"tent", "hut", "river"}]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ExplorerError("Graphviz gave no answer."), "Graphviz gave no answer."),
        (KeyError("node"), "Could not draw the diagram. Showing the previous one."),
    ],
    ids=["an expected error", "a crash"],
)
def test_a_failed_drawing_is_reported_and_the_previous_picture_stays(window, session, toy, qtbot, error, sentence):
    def fail():
        raise error

    toy.layout.before = fail
    session.answer("food", "fast")  # not an answer of the current question, so its layout is not preloaded

    qtbot.waitUntil(lambda: window.notice_bar.message == sentence)
    assert drawn(window) == {"tent", "hut", "river", "tap"}
    assert dict(session.workspace.answers) == {"food": "fast"}


def test_the_walk_can_be_used_by_keyboard(window, session, qtbot):
    press(qtbot, window, Qt.Key.Key_2, Qt.Key.Key_1)
    assert dict(session.workspace.answers) == {"shelter": "hut", "rain": "yes"}

    press(qtbot, window, Qt.Key.Key_Left)
    assert session.workspace.current == "rain"
    press(qtbot, window, Qt.Key.Key_Backspace)
    assert dict(session.workspace.answers) == {"shelter": "hut"}
    press(qtbot, window, Qt.Key.Key_Right)
    assert session.workspace.current == "food"


def test_keys_control_the_walk_while_the_diagram_has_the_focus(window, session, qtbot):
    window.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    press(qtbot, window, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert (session.workspace.current, window.canvas.focused_id) == ("rain", None)
    press(qtbot, window, Qt.Key.Key_2)
    assert dict(session.workspace.answers) == {"rain": "no"}


def test_arrow_keys_move_between_boxes_once_a_box_has_the_focus(window, session, qtbot):
    window.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.canvas.focused_id == "tent"
    press(qtbot, window, Qt.Key.Key_Right)
    assert (session.workspace.current, window.canvas.focused_id) == (None, "river")


def test_buttons_of_a_narrow_window_hide_their_texts_instead_of_clipping_them(window, qtbot):
    def fits(button):
        return button.width() >= button.sizeHint().width()

    buttons = window.toolbar.findChildren(QToolButton)
    assert all(fits(button) for button in buttons)
    window.resize(1400, 640)
    with_text = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    qtbot.waitUntil(lambda: any(button.toolButtonStyle() is with_text for button in buttons))
    qtbot.waitUntil(lambda: all(fits(button) for button in buttons))


def test_digits_typed_into_the_search_answer_no_question(window, session, qtbot):
    press(qtbot, window, Qt.Key.Key_Slash, Qt.Key.Key_1, Qt.Key.Key_Left, Qt.Key.Key_Backspace)

    assert dict(session.workspace.answers) == {}
    assert session.workspace.current is None


def test_undo_and_redo_are_enabled_only_if_there_is_an_edit(window, session):
    undo, redo = window.command_actions.by_id[CommandId.UNDO], window.command_actions.by_id[CommandId.REDO]
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)

    session.answer("shelter", "hut")
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    undo.trigger()
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)


def test_a_selected_item_is_explained_until_the_selection_is_cleared(window, session, qtbot):
    window.canvas.selected.emit("river")
    qtbot.waitUntil(lambda: "river" in visible_texts(window.takeaway_panel))

    window.canvas.selected.emit("")
    assert session.workspace.selected_item is None


def test_clicking_a_choice_of_the_outcome_explains_it(window, session, qtbot):
    bed = window.findChildren(OutcomeItem)[0]

    qtbot.mouseClick(bed, Qt.MouseButton.LeftButton)

    assert session.workspace.focused_choice == "bed"
    assert bed.isChecked()


def test_a_repair_of_a_conflict_changes_its_answers(window, session, qtbot):
    session.answer("shelter", "tent")
    session.answer("food", "cook")
    qtbot.waitUntil(lambda: bool(window.takeaway_panel.findChildren(RepairButton)))

    qtbot.mouseClick(window.takeaway_panel.findChildren(RepairButton)[0], Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: not window.takeaway_panel.findChildren(RepairButton))
    assert len(session.workspace.answers) == 1 or session.workspace.answers["shelter"] == "hut"


def test_alternatives_can_be_hidden_in_the_diagram(window, qtbot):
    window.command_actions.by_id[CommandId.ALTERNATIVES].trigger()

    qtbot.waitUntil(lambda: drawn(window) == {"tent", "river"})


def test_a_chosen_theme_applies_to_the_window_and_the_diagram(window, toy, qtbot):
    window.command_actions.by_id[CommandId.THEME_DARK].trigger()

    assert window.palette().window().color().name() == THEMES["dark"].window.panel
    assert window.canvas.backgroundBrush().color().name() == THEMES["dark"].canvas.canvas
    dark = window.diagram_controller
    qtbot.waitUntil(lambda: dark.picture.background == toy.engine.theme("dark").background)


def test_presenting_shows_only_the_diagram_and_the_question_with_larger_text(window, qtbot):
    question = next(label for label in window.findChildren(QLabel) if label.text() == "How about shelter?")
    usual_size = question.fontInfo().pixelSize()

    press(qtbot, window, Qt.Key.Key_F5)
    visible = [pane for pane in (window.toolbar, window.takeaway_panel, window.outcome_bar) if pane.isVisible()]
    assert visible == []
    assert window.canvas.isVisible()
    assert question.isVisible()
    assert question.fontInfo().pixelSize() > usual_size

    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.toolbar.isVisible()
    assert question.fontInfo().pixelSize() == usual_size


def test_export_again_writes_to_the_same_file(window, qtbot, tmp_path):
    window.command_actions.by_id[CommandId.EXPORT].trigger()
    go_on_to_a_file(window, tmp_path / "hike")
    qtbot.waitUntil(lambda: window.notice_bar.message == f"Exported to {tmp_path / 'hike.png'}.")
    (tmp_path / "hike.png").unlink()
    with qtbot.waitSignal(window.messages.info):
        window.command_actions.by_id[CommandId.EXPORT_AGAIN].trigger()

    assert [path.name for path in tmp_path.iterdir()] == ["hike.png"]


def test_replacing_a_file_asks_about_the_name_with_its_suffix(window, qtbot, tmp_path):
    (tmp_path / "hike.png").write_bytes(b"precious")

    window.command_actions.by_id[CommandId.EXPORT].trigger()
    go_on_to_a_file(window, tmp_path / "hike")

    box = window.findChild(QMessageBox)
    assert "“hike.png”" in box.text()
    box.reject()
    assert (tmp_path / "hike.png").read_bytes() == b"precious"

    window.command_actions.by_id[CommandId.EXPORT].trigger()
    go_on_to_a_file(window, tmp_path / "hike.png")
    with qtbot.waitSignal(window.messages.info):
        press_button(window, "Replace file")
    assert (tmp_path / "hike.png").read_bytes().startswith(b"\x89PNG")


def test_a_failed_export_is_reported(window, qtbot, tmp_path):
    target = tmp_path / "hike.png"
    window.command_actions.by_id[CommandId.EXPORT].trigger()
    go_on_to_a_file(window, target)
    qtbot.waitUntil(target.exists)

    target.unlink()
    target.mkdir()
    window.command_actions.by_id[CommandId.EXPORT_AGAIN].trigger()

    qtbot.waitUntil(lambda: "is a folder" in window.notice_bar.message)


def test_the_picture_is_copied_to_the_clipboard(window, qtbot):
    QGuiApplication.clipboard().clear()

    window.command_actions.by_id[CommandId.COPY_PICTURE].trigger()

    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())


def test_about_states_the_version_and_the_pack(window):
    window.command_actions.by_id[CommandId.ABOUT].trigger()

    about = window.findChild(AboutDialog)
    assert any("Where to sleep" in text for text in visible_texts(about))
    about.close()


def test_no_worker_outlives_the_window(window, session, toy):
    started, gate, finished = Event(), Event(), Event()

    def lay_out_slowly():
        started.set()
        gate.wait(0.2)
        finished.set()

    toy.layout.before = lay_out_slowly
    session.answer("food", "fast")
    started.wait(5)

    window.close()

    assert finished.is_set()


@pytest.mark.parametrize("width", [1024, 1440, 3840])
def test_no_label_is_clipped_at_any_width(window, qtbot, width):
    window.resize(width, 640)

    qtbot.waitUntil(lambda: window.panes.width() == width)
    assert window.canvas.width() >= 240
    for panel in (window.walk_panel, window.takeaway_panel):
        labels = [child for child in panel.findChildren(QLabel) if child.isVisible()]
        assert all(label.mapTo(panel, label.rect().topRight()).x() <= panel.width() for label in labels)


def test_everything_focusable_has_an_accessible_name(window, session):
    session.answer("shelter", "tent")
    session.answer("food", "cook")
    window.notice_bar.show_error("An error.")

    nameless = [
        each.object()
        for each in accessible(QAccessible.queryAccessibleInterface(window))
        if each.state().focusable and not each.text(QAccessible.Text.Name)
    ]

    assert nameless == []


def test_every_command_has_a_text_and_a_unique_shortcut():
    keys = [key for command in COMMANDS for key in command.shortcuts]

    assert {command.id for command in COMMANDS} == set(CommandId)
    assert len(keys) == len(set(keys))
    assert all(command.text and command.tooltip for command in COMMANDS)
    assert all(command.shortcuts or command.scope & CommandScope.MENU for command in COMMANDS)


def test_every_command_is_connected(window):
    assert all(action.receivers("2triggered(bool)") for action in window.command_actions.by_id.values())


def test_the_minimum_size_is_the_one_that_self_check_requires(window):
    assert (window.minimumWidth(), window.minimumHeight()) == MIN_WINDOW_SIZE
