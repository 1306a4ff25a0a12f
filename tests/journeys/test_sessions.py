"""Journeys of a session through the real window: saved, opened, left, killed, shared, and met by others."""

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
def memory(tmp_path):
    return Settings(tmp_path / "home")


@pytest.fixture
def opened(qtbot, memory):
    """Opens windows as a start of Berth does, on a file, a code or what was left; all of them are closed."""

    def open_window(source=None, memory=memory):
        window = open_main_window(source, None, memory)
        window.canvas.set_animation_enabled(False)
        qtbot.addWidget(window)
        window.show()
        return window

    return open_window


def do(window, command):
    window.command_actions.by_id[command].trigger()


def answer(window, **answers):
    for question, value in answers.items():
        window.walk_panel.answered.emit(question, value)


def answers(window):
    return dict(window.session.workspace.answers)


def choose(window, label):
    """Press one of the choices of the message."""
    next(b for b in window.notice_bar.findChildren(QPushButton) if b.text() == label and b.isVisible()).click()


def saved(qtbot, window, path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(window.document.message):
        do(window, CommandId.SAVE)
    return path


def test_a_session_is_saved_and_opened_again_with_its_notes_and_its_steps(qtbot, opened, tmp_path, monkeypatch):
    window = opened()
    answer(window, operations="least", gpu="yes")
    window.document_features.notes_pane.field.setPlainText("Ask the platform team.")
    assert window.isWindowModified()

    path = saved(qtbot, window, tmp_path / "team", monkeypatch).with_suffix(".berth")
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("team.berth[*] – ")
    assert json.loads(path.read_text("utf-8"))["answers"] == {"operations": "least", "gpu": "yes"}
    do(window, CommandId.NEW)
    assert answers(window) == {}
    assert window.windowTitle().startswith(f"{window.engine.title}[*]")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    do(window, CommandId.OPEN)
    qtbot.waitUntil(lambda: answers(window) == {"operations": "least", "gpu": "yes"})

    assert window.document_features.notes_pane.field.toPlainText() == "Ask the platform team."
    assert not window.isWindowModified()
    do(window, CommandId.UNDO)
    assert answers(window) == {"operations": "least"}
    assert window.isWindowModified()
    do(window, CommandId.REDO)
    assert not window.isWindowModified()


def test_closing_asks_nothing_and_the_next_start_goes_on_where_one_was(opened):
    window = opened()
    answer(window, operations="least", gpu="yes")
    window.document_features.notes_pane.field.setPlainText("Half a sent")
    window.close()

    window = opened()

    assert answers(window) == {"operations": "least", "gpu": "yes"}
    assert window.document_features.notes_pane.field.toPlainText() == "Half a sent"
    assert "not saved" in window.notice_bar.message
    do(window, CommandId.UNDO)
    assert answers(window) == {"operations": "least"}
    choose(window, "Start afresh")
    assert answers(window) == {}


def test_what_is_saved_is_not_brought_up_again(qtbot, opened, memory, tmp_path, monkeypatch):
    window = opened()
    answer(window, gpu="yes")
    saved(qtbot, window, tmp_path / "team.berth", monkeypatch)
    window.close()

    assert recoverable_sessions(memory.autosave_folder) == ()
    assert answers(opened()) == {}


def test_changes_that_were_not_saved_come_back_with_their_file(qtbot, opened, tmp_path, monkeypatch):
    window = opened()
    answer(window, gpu="yes")
    path = saved(qtbot, window, tmp_path / "team.berth", monkeypatch)
    answer(window, gpu="no")
    window.close()

    window = opened(path)
    assert answers(window) == {"gpu": "no"}
    assert window.isWindowModified()
    choose(window, "Take what the file holds")

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})
    assert not window.isWindowModified()


def test_a_new_session_leaves_the_one_before_under_open_recent(qtbot, opened):
    window = opened()
    answer(window, gpu="yes")
    do(window, CommandId.NEW)
    assert answers(window) == {}
    assert "Open recent" in window.notice_bar.message

    window.document_features.recent_menu.fill()
    window.document_features.recent_menu.actions()[0].trigger()

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})


def test_recent_files_are_offered_again(qtbot, opened, tmp_path, monkeypatch):
    window = opened()
    answer(window, gpu="yes")
    saved(qtbot, window, tmp_path / "a & b.berth", monkeypatch)
    do(window, CommandId.NEW)

    window.document_features.recent_menu.fill()
    action = next(a for a in window.document_features.recent_menu.actions() if "a && b.berth" in a.text())
    action.trigger()

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})


@pytest.mark.parametrize(("choice", "left"), [("Load it", "no"), ("Keep what is here", "yes")])
def test_a_file_that_another_program_changes_is_noticed(qtbot, opened, tmp_path, monkeypatch, choice, left):
    window = opened()
    answer(window, gpu="yes")
    path = saved(qtbot, window, tmp_path / "team.berth", monkeypatch)

    path.write_text(path.read_text("utf-8").replace('"gpu": "yes"', '"gpu": "no"'), "utf-8")

    qtbot.waitUntil(lambda: "changed by another program" in window.notice_bar.message)
    choose(window, choice)
    qtbot.waitUntil(lambda: window.isWindowModified() == (left == "yes") and answers(window) == {"gpu": left})
    with qtbot.waitSignal(window.document.message):
        do(window, CommandId.SAVE)
    assert json.loads(path.read_text("utf-8"))["answers"] == {"gpu": left}


def test_a_file_that_was_changed_is_not_overwritten_unasked(qtbot, opened, tmp_path, monkeypatch):
    window = opened()
    answer(window, gpu="yes")
    path = saved(qtbot, window, tmp_path / "team.berth", monkeypatch)
    theirs = path.read_text("utf-8").replace('"gpu": "yes"', '"gpu": "no"')
    path.write_text(theirs, "utf-8")
    answer(window, kubernetes="required")

    with qtbot.waitSignal(window.document.question_raised):
        do(window, CommandId.SAVE)
    assert path.read_text("utf-8") == theirs
    qtbot.waitUntil(lambda: "another program" in window.notice_bar.message)
    with qtbot.waitSignal(window.document.message):
        window.document.save_to(path)

    assert json.loads(path.read_text("utf-8"))["answers"] == answers(window)


def test_a_name_that_gets_its_ending_overwrites_nothing_unasked(qtbot, opened, tmp_path, monkeypatch):
    (tmp_path / "plan v1.2.berth").write_text("precious")
    window = opened()
    answer(window, gpu="yes")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plan v1.2"), ""))
    do(window, CommandId.SAVE)
    assert "exists already" in window.notice_bar.message
    assert (tmp_path / "plan v1.2.berth").read_text() == "precious"

    with qtbot.waitSignal(window.document.message):
        choose(window, "Overwrite it")

    assert window.document.path == tmp_path / "plan v1.2.berth"


def test_a_file_that_is_deleted_can_be_written_again(qtbot, opened, tmp_path, monkeypatch):
    window = opened()
    answer(window, gpu="yes")
    path = saved(qtbot, window, tmp_path / "team.berth", monkeypatch)

    path.unlink()

    qtbot.waitUntil(lambda: "moved or deleted" in window.notice_bar.message)
    assert window.isWindowModified()
    with qtbot.waitSignal(window.document.message):
        do(window, CommandId.SAVE)
    assert path.exists()


def test_a_file_that_is_open_already_is_opened_as_a_copy(qtbot, opened, tmp_path, monkeypatch):
    first = opened()
    answer(first, gpu="yes")
    path = saved(qtbot, first, tmp_path / "team.berth", monkeypatch)

    second = opened(path)
    assert answers(second) == {"gpu": "yes"}
    assert second.document.path is None
    assert "open in another window" in second.notice_bar.message

    choose(second, "Work on the file all the same")
    qtbot.waitUntil(lambda: second.document.path == path)


def test_a_session_of_which_not_all_could_be_used_is_not_overwritten_unasked(qtbot, opened, tmp_path):
    path = tmp_path / "old.berth"
    text = json.dumps({"berth": 2, "pack": {"id": "aws-containers"}, "answers": {"gpu": "yes", "moon": "full"}})
    path.write_text(text, "utf-8")
    window = opened(path)
    assert answers(window) == {"gpu": "yes"}
    assert "“moon”" in window.notice_bar.message
    assert "format 2" in window.notice_bar.message

    answer(window, kubernetes="required")
    do(window, CommandId.SAVE)
    assert "would lose it" in window.notice_bar.message
    assert path.read_text("utf-8") == text

    with qtbot.waitSignal(window.document.message):
        choose(window, "Save all the same")
    assert json.loads(path.read_text("utf-8"))["answers"] == answers(window)


def test_what_is_no_session_is_said_and_changes_nothing(qtbot, opened, tmp_path):
    window = opened()
    answer(window, gpu="yes")
    path = tmp_path / "picture.berth"
    path.write_bytes(b"\x89PNG\r\n")

    window.document.open(path)

    qtbot.waitUntil(lambda: "is not a session" in window.notice_bar.message)
    assert answers(window) == {"gpu": "yes"}


def test_a_hundred_megabytes_of_zeros_are_refused_while_the_window_works_on(qtbot, opened, tmp_path):
    window = opened()
    path = tmp_path / "zeros.berth"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    window.document.open(path)
    answer(window, gpu="yes")

    qtbot.waitUntil(lambda: "larger than" in window.notice_bar.message)
    assert answers(window) == {"gpu": "yes"}


def test_a_code_is_kept_from_the_moment_it_is_opened(opened):
    code = encode_answers(load_pack(default_pack_folder()), {QuestionId("gpu"): AnswerId("yes")})
    window = opened(code)
    assert window.isWindowModified()
    window.close()

    assert answers(opened()) == {"gpu": "yes"}


def test_a_home_that_cannot_be_written_is_no_fault(qtbot, opened, tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    window = opened(settings=Settings(blocked))

    answer(window, gpu="yes")
    assert "save them to a file" in window.notice_bar.message
    window.notice_bar.dismiss()
    answer(window, kubernetes="required")

    assert window.notice_bar.message == "", "it is said once"
    saved(qtbot, window, tmp_path / "team.berth", monkeypatch)
    assert not window.isWindowModified()


def test_the_theme_and_the_size_of_the_window_are_remembered(opened, memory):
    window = opened()
    window.resize(901, 577)
    do(window, CommandId.THEME_DARK)
    window.close()

    window = opened(settings=Settings(memory.autosave_folder.parent))

    assert window.theme_manager.theme == "dark"
    assert window.command_actions.by_id[CommandId.THEME_DARK].isChecked()
    assert window.height() == 577, "as far as the screen has room for it"
    do(window, CommandId.THEME_SYSTEM)


def test_a_code_is_copied_and_opened_elsewhere(qtbot, opened, tmp_path):
    window = opened()
    answer(window, operations="least", gpu="yes")
    do(window, CommandId.COPY_CODE)
    code = QGuiApplication.clipboard().text()
    other = opened(settings=Settings(tmp_path / "other"))

    QGuiApplication.clipboard().setText(f"Look: {code.lower()} , please.")
    do(other, CommandId.PASTE_CODE)

    qtbot.waitUntil(lambda: answers(other) == {"operations": "least", "gpu": "yes"})
    QGuiApplication.clipboard().setText("no code")
    do(other, CommandId.PASTE_CODE)
    qtbot.waitUntil(lambda: "not a share code" in other.notice_bar.message)


def test_a_code_can_be_typed_and_is_drawn_to_be_scanned(qtbot, opened):
    window = opened()
    answer(window, gpu="yes")
    do(window, CommandId.SHARE)
    dialog = window.findChild(ShareDialog)
    qtbot.mouseClick(dialog.qr_button, Qt.MouseButton.LeftButton)
    dialog.copy.click()
    code = QGuiApplication.clipboard().text()
    answer(window, gpu="no")

    dialog.field.setText(code)
    dialog.open_button.click()

    qtbot.waitUntil(lambda: answers(window) == {"gpu": "yes"})


def test_a_session_of_another_shipped_pack_opens_that_pack(qtbot, memory, tmp_path):
    path = tmp_path / "queue.berth"
    path.write_text('{"berth": 1, "pack": {"id": "aws-messaging"}, "answers": {}, "notes": "n"}', "utf-8")
    at_start = open_main_window(path, None, memory)
    qtbot.addWidget(at_start)
    assert at_start.engine.pack.id == "aws-messaging"
    assert at_start.document.path == path
    at_start.close()

    window = open_main_window(None, None, memory)
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
def test_a_killed_process_loses_nothing_older_than_the_last_answer(opened, memory, after):
    environment = {**os.environ, "BERTH_HOME": str(memory.autosave_folder.parent), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED],
        cwd=Path(install_dir()),
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        heard = [child.stdout.readline() for _ in range(after)]
        child.kill()
        heard += [line for line in child.stdout if line.endswith("\n")]

    window = opened()

    told, given_last = len(heard), dict[str, str]()
    steps = [(q.id, a.id) for q in window.engine.pack.questions for a in q.answers] * 50
    for question, value in steps[:told]:
        given_last[question] = value
    being_given = given_last | dict(steps[told : told + 1])
    assert answers(window) in (given_last, being_given), "all that was answered, or one answer more"
    assert len(window.session.history.undo_stack) in (told, told + 1)
