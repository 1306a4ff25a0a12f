"""Sessions in the real window: saving, opening, restoring, sharing, and files that other programs change."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton

from explorer.app import open_main_window
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.share_code import encode_answers
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder, install_dir
from explorer.ui.document.autosave import recoverable_sessions
from explorer.ui.document.share_dialog import ShareDialog
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings")


@pytest.fixture
def open_window(qtbot, settings):
    """Opens a window as a start of Berth does: on a file, a share code or the newest unsaved session."""

    def open_window(source=None, settings=settings):
        window = open_main_window(source, None, settings)
        window.canvas.set_animation_enabled(False)
        qtbot.addWidget(window)
        window.show()
        return window

    return open_window


def run(window, command):
    window.command_actions.by_id[command].trigger()


def answer(window, **answers):
    for question, value in answers.items():
        window.walk_panel.answered.emit(question, value)


def answers(window):
    return dict(window.session.workspace.answers)


def click(window, label):
    """Click a button of the message."""
    next(b for b in window.notice_bar.findChildren(QPushButton) if b.text() == label and b.isVisible()).click()


def save(qtbot, window, path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(window.messages.info):
        run(window, CommandId.SAVE)
    return path


def test_a_saved_session_opens_with_its_notes_and_its_history(qtbot, open_window, tmp_path, monkeypatch):
    window = open_window()
    answer(window, operations="least", gpu="yes")
    window.document_features.notes_pane.field.setPlainText("Ask the platform team.")
    assert window.isWindowModified()

    path = save(qtbot, window, tmp_path / "team", monkeypatch).with_suffix(".berth")
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("team.berth[*] – ")
    assert json.loads(path.read_text("utf-8"))["answers"] == {"operations": "least", "gpu": "yes"}
    run(window, CommandId.NEW)
    assert answers(window) == {}
    assert window.windowTitle().startswith(f"{window.engine.title}[*]")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    run(window, CommandId.OPEN)
    qtbot.waitUntil(lambda: answers(window) == {"operations": "least", "gpu": "yes"})

    assert window.document_features.notes_pane.field.toPlainText() == "Ask the platform team."
    assert not window.isWindowModified()
    run(window, CommandId.UNDO)
    assert answers(window) == {"operations": "least"}
    assert window.isWindowModified()
    run(window, CommandId.REDO)
    assert not window.isWindowModified()


def test_closing_asks_nothing_and_the_next_start_restores_the_session(open_window):
    window = open_window()
    answer(window, operations="least", gpu="yes")
    window.document_features.notes_pane.field.setPlainText("Half a sent")
    window.close()

    window = open_window()

    assert answers(window) == {"operations": "least", "gpu": "yes"}
    assert window.document_features.notes_pane.field.toPlainText() == "Half a sent"
    assert "Restored" in window.notice_bar.message
    run(window, CommandId.UNDO)
    assert answers(window) == {"operations": "least"}
    click(window, "Start a new session")
    assert answers(window) == {}


def test_a_saved_session_is_not_restored(qtbot, open_window, settings, tmp_path, monkeypatch):
    window = open_window()
    answer(window, gpu="yes")
    save(qtbot, window, tmp_path / "team.berth", monkeypatch)
    window.close()

    assert recoverable_sessions(settings.autosave_folder) == ()
    assert answers(open_window()) == {}


def test_unsaved_changes_are_restored_with_their_file(qtbot, open_window, tmp_path, monkeypatch):
    window = open_window()
    answer(window, gpu="yes")
    path = save(qtbot, window, tmp_path / "team.berth", monkeypatch)
    answer(window, gpu="no")
    window.close()

    window = open_window(path)
    assert answers(window) == {"gpu": "no"}
    assert window.isWindowModified()
    click(window, "Load the saved version")

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})
    assert not window.isWindowModified()


def test_a_new_session_leaves_the_previous_one_under_open_recent(qtbot, open_window):
    window = open_window()
    answer(window, gpu="yes")
    run(window, CommandId.NEW)
    assert answers(window) == {}
    assert "Open recent" in window.notice_bar.message

    window.document_features.recent_menu.fill()
    window.document_features.recent_menu.actions()[0].trigger()

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})


def test_recent_files_are_in_the_menu(qtbot, open_window, tmp_path, monkeypatch):
    window = open_window()
    answer(window, gpu="yes")
    save(qtbot, window, tmp_path / "a & b.berth", monkeypatch)
    run(window, CommandId.NEW)

    window.document_features.recent_menu.fill()
    action = next(a for a in window.document_features.recent_menu.actions() if "a && b.berth" in a.text())
    action.trigger()

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})


@pytest.mark.parametrize(("label", "answer_after"), [("Load the file", "no"), ("Keep my session", "yes")])
def test_a_change_by_another_program_is_noticed(qtbot, open_window, tmp_path, monkeypatch, label, answer_after):
    window = open_window()
    answer(window, gpu="yes")
    path = save(qtbot, window, tmp_path / "team.berth", monkeypatch)

    path.write_text(path.read_text("utf-8").replace('"gpu": "yes"', '"gpu": "no"'), "utf-8")

    qtbot.waitUntil(lambda: "nother program has changed" in window.notice_bar.message)
    click(window, label)
    qtbot.waitUntil(lambda: window.isWindowModified() == (answer_after == "yes"))
    qtbot.waitUntil(lambda: answers(window) == {"gpu": answer_after})
    with qtbot.waitSignal(window.messages.info):
        run(window, CommandId.SAVE)
    assert json.loads(path.read_text("utf-8"))["answers"] == {"gpu": answer_after}


def test_a_changed_file_is_not_overwritten_unasked(qtbot, open_window, tmp_path, monkeypatch):
    window = open_window()
    answer(window, gpu="yes")
    path = save(qtbot, window, tmp_path / "team.berth", monkeypatch)
    theirs = path.read_text("utf-8").replace('"gpu": "yes"', '"gpu": "no"')
    path.write_text(theirs, "utf-8")
    answer(window, kubernetes="required")

    with qtbot.waitSignal(window.messages.question):
        run(window, CommandId.SAVE)
    assert path.read_text("utf-8") == theirs
    qtbot.waitUntil(lambda: "nother program has changed" in window.notice_bar.message)
    with qtbot.waitSignal(window.messages.info):
        window.document.save_to(path)

    assert json.loads(path.read_text("utf-8"))["answers"] == answers(window)


def test_a_suffix_that_berth_adds_overwrites_no_file_unasked(qtbot, open_window, tmp_path, monkeypatch):
    (tmp_path / "plan v1.2.berth").write_text("precious")
    window = open_window()
    answer(window, gpu="yes")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plan v1.2"), ""))
    run(window, CommandId.SAVE)
    assert "already exists" in window.notice_bar.message
    assert (tmp_path / "plan v1.2.berth").read_text() == "precious"

    with qtbot.waitSignal(window.messages.info):
        click(window, "Overwrite the file")

    assert window.document.path == tmp_path / "plan v1.2.berth"


def test_a_deleted_file_can_be_recreated(qtbot, open_window, tmp_path, monkeypatch):
    window = open_window()
    answer(window, gpu="yes")
    path = save(qtbot, window, tmp_path / "team.berth", monkeypatch)

    path.unlink()

    qtbot.waitUntil(lambda: "moved, deleted" in window.notice_bar.message)
    assert window.isWindowModified()
    with qtbot.waitSignal(window.messages.info):
        run(window, CommandId.SAVE)
    assert path.exists()


def test_a_file_that_another_window_has_open_opens_as_a_copy(qtbot, open_window, tmp_path, monkeypatch):
    first = open_window()
    answer(first, gpu="yes")
    path = save(qtbot, first, tmp_path / "team.berth", monkeypatch)

    second = open_window(path)
    assert answers(second) == {"gpu": "yes"}
    assert second.document.path is None
    assert "open in another window" in second.notice_bar.message

    click(second, "Edit anyway")
    qtbot.waitUntil(lambda: second.document.path == path)


def test_a_file_with_unknown_answers_is_not_overwritten_unasked(qtbot, open_window, tmp_path):
    path = tmp_path / "old.berth"
    text = json.dumps({"berth": 2, "pack": {"id": "aws-containers"}, "answers": {"gpu": "yes", "moon": "full"}})
    path.write_text(text, "utf-8")
    window = open_window(path)
    assert answers(window) == {"gpu": "yes"}
    assert "“moon”" in window.notice_bar.message
    assert "format 2" in window.notice_bar.message

    answer(window, kubernetes="required")
    run(window, CommandId.SAVE)
    assert "Saving removes it" in window.notice_bar.message
    assert path.read_text("utf-8") == text

    with qtbot.waitSignal(window.messages.info):
        click(window, "Save anyway")
    assert json.loads(path.read_text("utf-8"))["answers"] == answers(window)


def test_a_file_that_is_no_session_changes_nothing(qtbot, open_window, tmp_path):
    window = open_window()
    answer(window, gpu="yes")
    path = tmp_path / "picture.berth"
    path.write_bytes(b"\x89PNG\r\n")

    window.document.open(path)

    qtbot.waitUntil(lambda: "is not a session" in window.notice_bar.message)
    assert answers(window) == {"gpu": "yes"}


def test_a_file_of_100_mb_is_rejected_while_the_window_stays_responsive(qtbot, open_window, tmp_path):
    window = open_window()
    path = tmp_path / "zeros.berth"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    window.document.open(path)
    answer(window, gpu="yes")

    qtbot.waitUntil(lambda: "larger than" in window.notice_bar.message)
    assert answers(window) == {"gpu": "yes"}


def test_a_share_code_is_autosaved_as_soon_as_it_is_opened(open_window):
    code = encode_answers(load_pack(default_pack_folder()), {QuestionId("gpu"): AnswerId("yes")})
    window = open_window(code)
    assert window.isWindowModified()
    window.close()

    assert answers(open_window()) == {"gpu": "yes"}


def test_a_settings_folder_that_is_not_writable_is_reported_once(qtbot, open_window, tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    window = open_window(settings=Settings(blocked))

    answer(window, gpu="yes")
    assert "Save your session" in window.notice_bar.message
    window.notice_bar.dismiss()
    answer(window, kubernetes="required")

    assert window.notice_bar.message == "", "reported once"
    save(qtbot, window, tmp_path / "team.berth", monkeypatch)
    assert not window.isWindowModified()


def test_the_theme_and_the_window_size_are_restored(open_window, settings):
    window = open_window()
    window.resize(901, 577)
    run(window, CommandId.THEME_DARK)
    window.close()

    window = open_window(settings=Settings(settings.autosave_folder.parent))

    assert window.theme_manager.theme == "dark"
    assert window.command_actions.by_id[CommandId.THEME_DARK].isChecked()
    assert window.height() == 577, "unless the screen is smaller"
    run(window, CommandId.THEME_SYSTEM)


def test_a_copied_share_code_opens_in_another_installation(qtbot, open_window, tmp_path):
    window = open_window()
    answer(window, operations="least", gpu="yes")
    run(window, CommandId.COPY_CODE)
    code = QGuiApplication.clipboard().text()
    other = open_window(settings=Settings(tmp_path / "other"))

    QGuiApplication.clipboard().setText(f"Look: {code.lower()} , please.")
    run(other, CommandId.PASTE_CODE)

    qtbot.waitUntil(lambda: answers(other) == {"operations": "least", "gpu": "yes"})
    QGuiApplication.clipboard().setText("no code")
    run(other, CommandId.PASTE_CODE)
    qtbot.waitUntil(lambda: "not a share code" in other.notice_bar.message)


def test_a_share_code_can_be_typed_and_is_shown_as_a_qr_code(qtbot, open_window):
    window = open_window()
    answer(window, gpu="yes")
    run(window, CommandId.SHARE)
    dialog = window.findChild(ShareDialog)
    qtbot.mouseClick(dialog.qr_button, Qt.MouseButton.LeftButton)
    dialog.copy_button.click()
    code = QGuiApplication.clipboard().text()
    answer(window, gpu="no")

    dialog.field.setText(code)
    dialog.open_button.click()

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})


def test_a_session_of_another_shipped_pack_opens_that_pack(qtbot, settings, tmp_path):
    path = tmp_path / "queue.berth"
    path.write_text('{"berth": 1, "pack": {"id": "aws-messaging"}, "answers": {}, "notes": "n"}', "utf-8")
    first = open_main_window(path, None, settings)
    qtbot.addWidget(first)
    assert first.engine.pack.id == "aws-messaging"
    assert first.document.path == path
    first.close()

    window = open_main_window(None, None, settings)
    qtbot.addWidget(window)
    window.canvas.set_animation_enabled(False)
    answer(window, gpu="yes")
    window.document.open(path)

    qtbot.waitUntil(lambda: window.document.path == path)
    assert window.engine.pack.id == "aws-messaging"
    assert not window.isWindowModified()
    window.pack_controller.open(default_pack_folder())
    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})
    assert window.document.path is None
    assert window.isWindowModified()


KILLED = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from explorer.app import open_main_window
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.share_code import encode_answers
from explorer.storage.packs.loader import load_pack
from explorer.storage.user_data import user_data_folder
from explorer.ui.shell.settings import Settings

app = QApplication(["Berth"])
window = open_main_window(None, None, Settings(user_data_folder()))
window.show()
steps = [(q.id, a.id) for q in window.engine.pack.questions for a in q.answers] * 50

def step():
    question, answer = steps.pop(0)
    window.walk_panel.answered.emit(question, answer)
    print(question, answer, flush=True)

timer = QTimer(interval=0)
timer.timeout.connect(step)
timer.start()
app.exec()
"""


@pytest.mark.parametrize("after", [1, 7, 60])
def test_a_killed_process_loses_at_most_the_answer_in_progress(open_window, settings, after):
    environment = {**os.environ, "BERTH_HOME": str(settings.autosave_folder.parent), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED],
        cwd=Path(install_dir()),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(after)]
        child.kill()
        lines += [line for line in child.stdout if line.endswith("\n")]

    window = open_window()

    count, given = len(lines), dict[str, str]()
    steps = [(q.id, a.id) for q in window.engine.pack.questions for a in q.answers] * 50
    for question, value in steps[:count]:
        given[question] = value
    with_next = given | dict(steps[count : count + 1])
    assert answers(window) in (given, with_next), "all reported answers, or one more"
    assert len(window.session.history.undo_stack) in (count, count + 1)
