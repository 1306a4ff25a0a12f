"""Journeys of a pack's author through the real window: edit, break, mend, and change to another pack."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from explorer.app import build_main_window
from explorer.export.request.request import Options
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.storage.resources import default_pack_folder
from explorer.ui.pack.pack_chooser import PackChooser
from explorer.ui.pack.pack_loader import LoadedPack
from explorer.ui.pack.pack_watcher import PackWatcher
from explorer.ui.widgets.basic import ScrollColumn
from tests.storage.tiny import TINY

SOUND = TINY | {
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
"""The tiny pack without what only a proof finds wrong with it."""


def write(folder: Path) -> Path:
    for name, text in SOUND.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    """A pack in a folder of its author's."""
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


def until(qtbot, fact) -> None:
    """Wait for a fact that a busy machine may be long about."""
    qtbot.waitUntil(fact, timeout=20_000)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Save a file in place with one change."""
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
def test_a_saved_edit_is_seen_however_the_editor_saves_and_so_is_the_next_one(qtbot, window, folder, save):
    for title in ("Downpour", "Drizzle"):
        save(folder / "questions.toml", SOUND["questions.toml"].replace('"Rain"', f'"{title}"'))
        until(qtbot, lambda title=title: titles(window) == [title])


def test_an_edit_keeps_answers_selection_zoom_and_what_can_be_undone(qtbot, window, folder):
    window.walk_panel.answered.emit("rain", "yes")
    until(qtbot, lambda: "Hut" in labels(window))
    window.canvas.selected.emit("hut")
    window.canvas.zoom(1.5)
    look = window.canvas.view_position

    edit(folder, "components.toml", 'label = "Hut"', 'label = "Cabin"')

    until(qtbot, lambda: "Cabin" in labels(window))
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    assert window.session.workspace.selected_item == "hut"
    assert window.canvas.view_position.scale == look.scale
    window.session.undo()
    assert dict(window.session.workspace.answers) == {}


def test_an_edit_keeps_the_place_one_has_scrolled_to(qtbot, window, folder):
    window.resize(900, 560)
    entry = SOUND["questions.toml"].split("[[question]]", maxsplit=1)[1]
    more = "".join(f"[[question]]{entry.replace('rain', f'rain{n}')}" for n in range(30))
    in_place(folder / "questions.toml", SOUND["questions.toml"] + more)
    until(qtbot, lambda: len(titles(window)) == 31)
    bar = window.walk_panel.findChildren(ScrollColumn)[0].verticalScrollBar()
    until(qtbot, lambda: bar.maximum() > 400)
    bar.setValue(380)
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)  # as the wheel does
    there = bar.value()

    edit(folder, "questions.toml", 'title = "Rain"', 'title = "Snow"')

    until(qtbot, lambda: titles(window)[0] == "Snow" and bar.maximum() > 400)
    until(qtbot, lambda: bar.value() == there)


def test_what_else_happens_around_a_pack_is_no_edit(qtbot, window, folder):
    watch = window.pack_controller.loader.findChild(PackWatcher)
    rest = watch.findChild(QTimer)
    with qtbot.assertNotEmitted(watch.edited):
        (folder / "notes.txt").write_text("beside the pack's files", "utf-8")
        (folder.parent / "download.zip").write_bytes(b"in the folder above")
        until(qtbot, rest.isActive)
        until(qtbot, lambda: not rest.isActive())
    edit(folder, "questions.toml", '"Rain"', '"Downpour"')
    until(qtbot, lambda: titles(window) == ["Downpour"])


def test_several_files_saved_at_once_are_one_edit(qtbot, window, folder):
    seen: list[LoadedPack] = []
    window.pack_controller.loader.reloaded.connect(seen.append)

    edit(folder, "pack.toml", 'id = "hut"', 'id = "cave"')
    edit(folder, "rules.toml", '"hut"', '"cave"')
    drawn = SOUND["components.toml"].replace('sleep = "hut"', 'sleep = "cave"')
    in_place(folder / "components.toml", drawn.replace('["tent", "hut"]', '["tent", "cave"]'))

    until(qtbot, lambda: bool(seen))
    assert [found.pack.choices[0].values[1].id for found in seen] == ["cave"]


def test_a_broken_pack_leaves_the_last_sound_one_and_lists_its_faults_until_mended(qtbot, window, folder):
    picture = window.diagram_controller.picture

    edit(folder, "rules.toml", 'rain = "yes"', 'rain = "maybe"')

    told = "The pack as it is saved has one fault; its last sound version stays in use."
    until(qtbot, lambda: window.pack_controller.problem_list.summary == told)
    (row,) = window.pack_controller.problem_list.rows
    assert row.accessibleName() == "rules.toml:3: unknown answer to rain “maybe”, expected one of: no, yes"
    assert (titles(window), window.diagram_controller.picture) == (["Rain"], picture)

    edit(folder, "rules.toml", 'rain = "maybe"', 'rain = "yes"')

    until(qtbot, lambda: not window.pack_controller.problem_list.isVisible())


def test_what_shows_in_no_single_file_is_listed_once_it_is_proved(qtbot, window, folder):
    with (folder / "rules.toml").open("a") as rules:
        rules.write(
            '[[rule]]\nid = "wet"\nwhen = { rain = "yes" }\nonly = { sleep = "tent" }\n'
            'reason = "Why not."\ntakeaways = ["leaks"]\n'
        )

    until(qtbot, lambda: "not for all answers" in window.pack_controller.problem_list.summary)
    assert all(Path(problem.file).name in SOUND for problem in window.pack_controller.problem_list.problems)
    in_place(folder / "rules.toml", SOUND["rules.toml"])
    until(qtbot, lambda: not window.pack_controller.problem_list.isVisible())


def test_answers_that_vanish_are_named_and_come_back_with_the_edit_undone(qtbot, window, folder):
    window.walk_panel.answered.emit("rain", "yes")

    edit(folder, "questions.toml", 'id = "yes"\nlabel = "Yes"', 'id = "sure"\nlabel = "Sure"')
    edit(folder, "rules.toml", 'rain = "yes"', 'rain = "sure"')
    edit(folder, "practice.toml", 'rain = "yes"', 'rain = "sure"')

    until(qtbot, lambda: "Kept aside" in window.notice_bar.message)
    assert window.notice_bar.message == (
        "The pack has been read again. Kept aside until the pack knows them again: Rain: Yes."
    )
    assert dict(window.session.workspace.answers) == {}
    until(qtbot, lambda: "Tent" in labels(window))
    assert "No question is answered." in window.export_source().request(Options()).description.whole

    write(folder)

    until(qtbot, lambda: "Back again: Rain: Yes." in window.notice_bar.message)
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    until(qtbot, lambda: "Hut" in labels(window))


class Editor(QObject):
    """Stands in for the program that the system opens files with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def test_a_fault_opens_its_file_and_all_of_them_can_be_copied(qtbot, window, folder):
    editor = Editor()
    QDesktopServices.setUrlHandler("file", editor, "open")  # type: ignore[arg-type]  # its stub says bytes
    in_place(folder / "practice.toml", "oh no")
    until(
        qtbot,
        lambda: bool(window.pack_controller.problem_list.rows) and window.pack_controller.problem_list.isVisible(),
    )

    window.pack_controller.problem_list.rows[0].setFocus()
    qtbot.keyClick(window.pack_controller.problem_list.rows[0], Qt.Key.Key_Return)

    QDesktopServices.unsetUrlHandler("file")
    assert editor.opened == [str(folder / "practice.toml")]
    assert window.notice_bar.message == "practice.toml is being opened; the fault is in line 1."


def test_another_pack_opens_in_the_same_window_and_nothing_is_lost_on_the_way_there_and_back(
    qtbot, window, folder, tmp_path
):
    window.walk_panel.answered.emit("rain", "yes")
    library = window.pack_controller.loader

    library.open(default_pack_folder())

    until(qtbot, lambda: "containers" in window.windowTitle().lower())
    assert dict(window.session.workspace.answers) == {}
    assert "Tiny" in window.notice_bar.message
    until(qtbot, lambda: "ecr" in {item.id for item in window.diagram_controller.picture.items})

    library.open(folder)

    until(qtbot, lambda: titles(window) == ["Rain"])
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    window.session.undo()
    assert dict(window.session.workspace.answers) == {}


def test_a_pack_is_chosen_by_the_keyboard_alone(qtbot, window):
    until(qtbot, lambda: len(window.pack_controller.start_list.findChildren(QObject)) > 3)
    window.pack_controller.choose()
    chooser = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PackChooser))
    assert [row.accessibleName() for row in chooser.rows][-1] == "Tiny, open now"

    qtbot.keyClick(chooser, Qt.Key.Key_1)

    until(qtbot, lambda: window.pack_controller.loader.current.folder == default_pack_folder())


def test_a_folder_without_a_sound_pack_changes_nothing(qtbot, window, tmp_path):
    (tmp_path / "empty").mkdir()

    window.pack_controller.loader.open(tmp_path / "empty")

    until(qtbot, lambda: "cannot be opened" in window.pack_controller.problem_list.summary)
    assert "“Tiny” stays open." in window.pack_controller.problem_list.summary
    assert titles(window) == ["Rain"]


def test_the_packs_stand_on_the_start_page_until_something_is_answered(qtbot, window):
    assert window.pack_controller.start_list.isVisible()
    window.walk_panel.answered.emit("rain", "yes")
    assert not window.pack_controller.start_list.isVisible()
    window.session.undo()
    assert window.pack_controller.start_list.isVisible()


def test_a_folder_put_in_the_place_of_another_is_followed(qtbot, window, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "other")
    edit(tmp_path / "other", "questions.toml", '"Rain"', '"Snow"')
    shutil.rmtree(folder)
    until(qtbot, lambda: "last sound version" in window.pack_controller.problem_list.summary)

    (tmp_path / "other").rename(folder)

    until(qtbot, lambda: titles(window) == ["Snow"])
    assert not window.pack_controller.problem_list.isVisible()
