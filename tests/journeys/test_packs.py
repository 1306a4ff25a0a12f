"""Packs in the real window: editing, breaking and repairing the open pack, and changing to another pack."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from explorer.app import build_main_window
from explorer.engine.open_pack import LoadedPack
from explorer.export.request.request import Options
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.storage.resources import default_pack_folder
from explorer.ui.pack.pack_chooser import PackChooser
from explorer.ui.pack.pack_watcher import PackWatcher
from explorer.ui.widgets.layouts import ScrollColumn
from explorer.ui.workers.debounce import Debounce
from tests.storage.tiny import TINY

VALID = TINY | {
    "components.toml": TINY["components.toml"].split("[[edge]]", maxsplit=1)[0]
    + """\
[[component]]
id = "path"
label = "Path"
shown = { sleep = ["tent", "hut"] }

[[edge]]
from = "path"
to = "tent"

[[edge]]
from = "path"
to = "hut"
"""
}
"""The tiny pack without the problems that only a verification finds."""


def write(folder: Path) -> Path:
    for name, text in VALID.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    """The folder of a pack that the test edits."""
    (tmp_path / "tiny").mkdir()
    return write(tmp_path / "tiny")


@pytest.fixture
def window(qtbot, folder):
    window = build_main_window(load_compiled_pack(folder), folder=folder)
    window.canvas.set_animation_enabled(False)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    until(qtbot, lambda: window.diagram_controller.picture is not None)
    return window


def until(qtbot, is_true) -> None:
    """Wait longer than usual: a busy machine may need it."""
    qtbot.waitUntil(is_true, timeout=20_000)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Save a file in place with one replacement."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def titles(window) -> list[str]:
    return [step.question.title for step in window.current_walk.walk.steps]


def labels(window) -> set[str]:
    return {item.name for item in window.diagram_controller.picture.items}


def in_place(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def by_rename(path: Path, text: str) -> None:
    path.with_suffix(".swp").write_text(text, "utf-8")
    path.with_suffix(".swp").replace(path)


def by_delete(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, "utf-8")


def with_backup(path: Path, text: str) -> None:
    path.rename(path.with_suffix(".bak"))
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("save", [in_place, by_rename, by_delete, with_backup])
def test_every_edit_is_loaded_however_the_editor_saves(qtbot, window, folder, save):
    for title in ("Downpour", "Drizzle"):
        save(folder / "questions.toml", VALID["questions.toml"].replace('"Rain"', f'"{title}"'))
        until(qtbot, lambda title=title: titles(window) == [title])


def test_a_reload_keeps_answers_selection_zoom_and_history(qtbot, window, folder):
    window.walk_panel.answered.emit("rain", "yes")
    until(qtbot, lambda: "Hut" in labels(window))
    window.canvas.selected.emit("hut")
    window.canvas.zoom(1.5)
    position = window.canvas.view_position

    edit(folder, "components.toml", 'label = "Hut"', 'label = "Cabin"')

    until(qtbot, lambda: "Cabin" in labels(window))
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    assert window.session.workspace.selected_item == "hut"
    assert window.canvas.view_position.scale == position.scale
    window.session.undo()
    assert dict(window.session.workspace.answers) == {}


def test_a_reload_keeps_the_scroll_position(qtbot, window, folder):
    window.resize(900, 560)
    entry = VALID["questions.toml"].split("[[question]]", maxsplit=1)[1]
    more = "".join(f"[[question]]{entry.replace('rain', f'rain{n}')}" for n in range(30))
    in_place(folder / "questions.toml", VALID["questions.toml"] + more)
    until(qtbot, lambda: len(titles(window)) == 31)
    bar = window.walk_panel.findChildren(ScrollColumn)[0].verticalScrollBar()
    until(qtbot, lambda: bar.maximum() > 400)
    bar.setValue(380)
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)  # like the mouse wheel
    value = bar.value()

    edit(folder, "questions.toml", 'title = "Rain"', 'title = "Snow"')

    until(qtbot, lambda: titles(window)[0] == "Snow" and bar.maximum() > 400)
    until(qtbot, lambda: bar.value() == value)


def test_other_files_around_a_pack_cause_no_reload(qtbot, window, folder):
    watcher = window.pack_controller.loader.findChild(PackWatcher)
    debounce = watcher.findChild(Debounce)
    with qtbot.assertNotEmitted(watcher.edited):
        (folder / "notes.txt").write_text("beside the pack's files", "utf-8")
        (folder.parent / "download.zip").write_bytes(b"in the parent folder")
        until(qtbot, lambda: debounce.is_pending)
        until(qtbot, lambda: not debounce.is_pending)
    edit(folder, "questions.toml", '"Rain"', '"Downpour"')
    until(qtbot, lambda: titles(window) == ["Downpour"])


def test_several_files_saved_at_once_are_one_reload(qtbot, window, folder):
    replaced: list[LoadedPack] = []
    window.pack_controller.loader.reloaded.connect(replaced.append)

    edit(folder, "pack.toml", 'id = "hut"', 'id = "cave"')
    edit(folder, "rules.toml", '"hut"', '"cave"')
    drawn = VALID["components.toml"].replace('sleep = "hut"', 'sleep = "cave"')
    in_place(folder / "components.toml", drawn.replace('["tent", "hut"]', '["tent", "cave"]'))

    until(qtbot, lambda: bool(replaced))
    assert len(replaced) == 1
    assert window.open_pack.pack.choices[0].values[1].id == "cave"


def test_an_invalid_edit_lists_its_problems_and_the_last_valid_version_stays(qtbot, window, folder):
    picture = window.diagram_controller.picture

    edit(folder, "rules.toml", 'rain = "yes"', 'rain = "maybe"')

    until(qtbot, lambda: "last valid version" in window.pack_controller.problem_list.summary)
    assert "1 problem" in window.pack_controller.problem_list.summary
    (row,) = window.pack_controller.problem_list.rows
    assert row.accessibleName().startswith("rules.toml:3: ")
    assert "maybe" in row.accessibleName()
    assert (titles(window), window.diagram_controller.picture) == (["Rain"], picture)

    edit(folder, "rules.toml", 'rain = "maybe"', 'rain = "yes"')

    until(qtbot, lambda: not window.pack_controller.problem_list.isVisible())


def test_a_problem_that_only_verification_finds_is_listed(qtbot, window, folder):
    with (folder / "rules.toml").open("a") as rules:
        rules.write(
            '[[rule]]\nid = "wet"\nwhen = { rain = "yes" }\nonly = { sleep = "tent" }\n'
            'reason = "Why not."\ntakeaways = ["leaks"]\n'
        )

    until(qtbot, lambda: "some combinations of answers fail" in window.pack_controller.problem_list.summary)
    assert all(Path(problem.file).name in VALID for problem in window.pack_controller.problem_list.problems)
    in_place(folder / "rules.toml", VALID["rules.toml"])
    until(qtbot, lambda: not window.pack_controller.problem_list.isVisible())


def test_answers_that_an_edit_removes_are_named_and_return_when_it_is_undone(qtbot, window, folder):
    window.walk_panel.answered.emit("rain", "yes")

    edit(folder, "questions.toml", 'id = "yes"\nlabel = "Yes"', 'id = "sure"\nlabel = "Sure"')
    edit(folder, "rules.toml", 'rain = "yes"', 'rain = "sure"')
    edit(folder, "practice.toml", 'rain = "yes"', 'rain = "sure"')

    until(qtbot, lambda: "kept" in window.notice_bar.message)
    assert "Rain: Yes" in window.notice_bar.message
    assert dict(window.session.workspace.answers) == {}
    until(qtbot, lambda: "Tent" in labels(window))
    assert "No question is answered." in window.commands.export_source().request(Options()).description.full_text

    write(folder)

    until(qtbot, lambda: "Restored: Rain: Yes." in window.notice_bar.message)
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    until(qtbot, lambda: "Hut" in labels(window))


class Editor(QObject):
    """In place of the system's program for opening files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def test_a_problem_opens_its_file(qtbot, window, folder):
    editor = Editor()
    QDesktopServices.setUrlHandler("file", editor, "open")  # type: ignore[arg-type]  # its stub says bytes
    in_place(folder / "practice.toml", "oh no")
    problems = window.pack_controller.problem_list
    until(qtbot, lambda: bool(problems.rows) and problems.isVisible())

    problems.rows[0].setFocus()
    qtbot.keyClick(problems.rows[0], Qt.Key.Key_Return)

    QDesktopServices.unsetUrlHandler("file")
    assert editor.opened == [str(folder / "practice.toml")]
    assert "practice.toml" in window.notice_bar.message
    assert "line 1" in window.notice_bar.message


def test_another_pack_opens_in_the_same_window_and_each_keeps_its_session(qtbot, window, folder):
    window.walk_panel.answered.emit("rain", "yes")
    loader = window.pack_controller.loader

    loader.open(default_pack_folder())

    until(qtbot, lambda: "containers" in window.windowTitle().lower())
    assert dict(window.session.workspace.answers) == {}
    assert "Tiny" in window.notice_bar.message
    until(qtbot, lambda: "ecr" in {item.id for item in window.diagram_controller.picture.items})

    loader.open(folder)

    until(qtbot, lambda: titles(window) == ["Rain"])
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    window.session.undo()
    assert dict(window.session.workspace.answers) == {}


def test_a_pack_can_be_chosen_by_keyboard(qtbot, window):
    until(qtbot, lambda: len(window.pack_controller.start_list.findChildren(QObject)) > 3)
    window.pack_controller.choose()
    chooser = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PackChooser))
    assert [row.accessibleName() for row in chooser.rows][-1] == "Tiny, open now"

    qtbot.keyClick(chooser, Qt.Key.Key_1)

    until(qtbot, lambda: window.open_pack.folder == default_pack_folder())


def test_a_folder_without_a_valid_pack_changes_nothing(qtbot, window, tmp_path):
    (tmp_path / "empty").mkdir()

    window.pack_controller.loader.open(tmp_path / "empty")

    until(qtbot, lambda: "Could not open" in window.pack_controller.problem_list.summary)
    assert "“Tiny” stays open." in window.pack_controller.problem_list.summary
    assert titles(window) == ["Rain"]


def test_the_start_page_lists_the_packs_until_a_question_is_answered(qtbot, window):
    assert window.pack_controller.start_list.isVisible()
    window.walk_panel.answered.emit("rain", "yes")
    assert not window.pack_controller.start_list.isVisible()
    window.session.undo()
    assert window.pack_controller.start_list.isVisible()


def test_a_folder_that_replaces_the_folder_of_the_pack_is_loaded(qtbot, window, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "other")
    edit(tmp_path / "other", "questions.toml", '"Rain"', '"Snow"')
    shutil.rmtree(folder)
    until(qtbot, lambda: "last valid version" in window.pack_controller.problem_list.summary)

    (tmp_path / "other").rename(folder)

    until(qtbot, lambda: titles(window) == ["Snow"])
    assert not window.pack_controller.problem_list.isVisible()
