"""Journeys of a pack's author through the real window: edit, break, mend, and change to another pack."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from explorer.app import build
from explorer.storage.proving import open_pack
from explorer.storage.resources import shipped_pack
from explorer.ui.library import OpenPack
from explorer.ui.pack_chooser import PackChooser
from tests.storage.tiny import TINY, write_tiny


@pytest.fixture
def folder(tmp_path):
    """The tiny pack in a folder of its author's."""
    (tmp_path / "tiny").mkdir()
    return write_tiny(tmp_path / "tiny")


@pytest.fixture
def window(qtbot, folder):
    window = build(open_pack(folder), folder=folder)
    window.canvas.allow_motion(False)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitUntil(lambda: window.drawing.picture is not None)
    return window


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Save a file in place with one change."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def titles(window) -> list[str]:
    return [step.question.title for step in window.walk.steps]


def labels(window) -> set[str]:
    return {item.name for item in window.drawing.picture.items}


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
        save(folder / "questions.toml", TINY["questions.toml"].replace('"Rain"', f'"{title}"'))
        qtbot.waitUntil(lambda title=title: titles(window) == [title])


def test_an_edit_keeps_answers_selection_zoom_and_what_can_be_undone(qtbot, window, folder):
    window.walk_panel.answered.emit("rain", "yes")
    qtbot.waitUntil(lambda: "Hut" in labels(window))
    window.canvas.selected.emit("hut")
    window.canvas.zoom(1.5)
    look = window.canvas.look

    edit(folder, "components.toml", 'label = "Hut"', 'label = "Cabin"')

    qtbot.waitUntil(lambda: "Cabin" in labels(window))
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    assert window.session.workspace.selected == "hut"
    assert window.canvas.look.scale == look.scale
    window.session.undo()
    assert dict(window.session.workspace.answers) == {}


def test_several_files_saved_at_once_are_one_edit(qtbot, window, folder):
    seen: list[OpenPack] = []
    window.packs.library.reread.connect(seen.append)

    edit(folder, "pack.toml", 'id = "hut"', 'id = "cave"')
    edit(folder, "rules.toml", '"hut"', '"cave"')
    text = (
        (folder / "components.toml")
        .read_text()
        .replace('shown = { sleep = "hut" }', 'shown = { sleep = "cave" }')
    )
    (folder / "components.toml").write_text(text)

    qtbot.waitUntil(lambda: bool(seen))
    assert [found.pack.choices[0].values[1].id for found in seen] == ["cave"]


def test_a_broken_pack_leaves_the_last_sound_one_and_lists_its_faults_until_mended(qtbot, window, folder):
    picture = window.drawing.picture

    edit(folder, "rules.toml", 'rain = "yes"', 'rain = "maybe"')

    told = "The pack as it is saved has one fault; its last sound version stays in use."
    qtbot.waitUntil(lambda: window.packs.problems.told == told)
    (row,) = window.packs.problems.rows
    assert row.accessibleName() == "rules.toml:3: unknown answer to rain “maybe”, known are: no, yes"
    assert (titles(window), window.drawing.picture) == (["Rain"], picture)

    edit(folder, "rules.toml", 'rain = "maybe"', 'rain = "yes"')

    qtbot.waitUntil(lambda: not window.packs.problems.isVisible())


def test_what_shows_in_no_single_file_is_listed_once_it_is_proved(qtbot, window, folder):
    with (folder / "rules.toml").open("a") as rules:
        rules.write(
            '[[rule]]\nid = "wet"\nwhen = { rain = "yes" }\nonly = { sleep = "tent" }\n'
            'reason = "Why not."\ntakeaways = ["leaks"]\n'
        )

    qtbot.waitUntil(lambda: "not for all answers" in window.packs.problems.told, timeout=20_000)
    assert all(Path(problem.file).name in TINY for problem in window.packs.problems.problems)
    in_place(folder / "rules.toml", TINY["rules.toml"])
    qtbot.waitUntil(lambda: not window.packs.problems.isVisible(), timeout=20_000)


def test_answers_that_vanish_are_named_and_come_back_with_the_edit_undone(qtbot, window, folder):
    window.walk_panel.answered.emit("rain", "yes")

    edit(folder, "questions.toml", 'id = "yes"\nlabel = "Yes"', 'id = "sure"\nlabel = "Sure"')
    edit(folder, "rules.toml", 'rain = "yes"', 'rain = "sure"')
    edit(folder, "practice.toml", 'rain = "yes"', 'rain = "sure"')

    qtbot.waitUntil(lambda: "Kept aside" in window.notices.message)
    assert window.notices.message == (
        "The pack has been read again. Kept aside until the pack knows them again: Rain: Yes."
    )
    assert dict(window.session.workspace.answers) == {}
    qtbot.waitUntil(lambda: "Tent" in labels(window))

    write_tiny(folder)

    qtbot.waitUntil(lambda: "Back again: Rain: Yes." in window.notices.message)
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    qtbot.waitUntil(lambda: "Hut" in labels(window))


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
    qtbot.waitUntil(lambda: bool(window.packs.problems.rows) and window.packs.problems.isVisible())

    window.packs.problems.rows[0].setFocus()
    qtbot.keyClick(window.packs.problems.rows[0], Qt.Key.Key_Return)

    QDesktopServices.unsetUrlHandler("file")
    assert editor.opened == [str(folder / "practice.toml")]
    assert window.notices.message == "practice.toml is being opened; the fault is in line 1."


def test_another_pack_opens_in_the_same_window_and_nothing_is_lost_on_the_way_there_and_back(
    qtbot, window, folder, tmp_path
):
    window.walk_panel.answered.emit("rain", "yes")
    library = window.packs.library

    library.open(shipped_pack())

    qtbot.waitUntil(lambda: "containers" in window.windowTitle().lower())
    assert dict(window.session.workspace.answers) == {}
    assert "Tiny" in window.notices.message
    qtbot.waitUntil(lambda: "ecr" in {item.id for item in window.drawing.picture.items})

    library.open(folder)

    qtbot.waitUntil(lambda: titles(window) == ["Rain"])
    assert dict(window.session.workspace.answers) == {"rain": "yes"}
    window.session.undo()
    assert dict(window.session.workspace.answers) == {}


def test_a_pack_is_chosen_by_the_keyboard_alone(qtbot, window):
    qtbot.waitUntil(lambda: len(window.packs.start.findChildren(QObject)) > 3)
    window.packs.choose()
    chooser = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PackChooser))
    assert [row.accessibleName() for row in chooser.rows][-1] == "Tiny, open now"

    qtbot.keyClick(chooser, Qt.Key.Key_1)

    qtbot.waitUntil(lambda: window.packs.library.now.folder == shipped_pack())


def test_a_folder_without_a_sound_pack_changes_nothing(qtbot, window, tmp_path):
    (tmp_path / "empty").mkdir()

    window.packs.library.open(tmp_path / "empty")

    qtbot.waitUntil(lambda: "cannot be opened" in window.packs.problems.told)
    assert "“Tiny” stays open." in window.packs.problems.told
    assert titles(window) == ["Rain"]


def test_the_packs_stand_on_the_start_page_until_something_is_answered(qtbot, window):
    assert window.packs.start.isVisible()
    window.walk_panel.answered.emit("rain", "yes")
    assert not window.packs.start.isVisible()
    window.session.undo()
    assert window.packs.start.isVisible()


def test_a_folder_put_in_the_place_of_another_is_followed(qtbot, window, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "other")
    edit(tmp_path / "other", "questions.toml", '"Rain"', '"Snow"')
    shutil.rmtree(folder)
    qtbot.waitUntil(lambda: "last sound version" in window.packs.problems.told)

    (tmp_path / "other").rename(folder)

    qtbot.waitUntil(lambda: titles(window) == ["Snow"])
    assert not window.packs.problems.isVisible()
