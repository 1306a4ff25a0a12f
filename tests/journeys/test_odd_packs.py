"""The window copes with unusual packs: no edge, 40 questions, long words, markup, any script."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.app import build_main_window
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.ui.widgets.layouts import ScrollColumn
from tests.storage.tiny import TINY, write_tiny

UNUSUAL_TEXTS = {
    "markup": "<b>%s</b> & <img src=x> &amp; %d",
    "one long word": "Donaudampfschifffahrtsgesellschaft" * 4,
    "many words": "a title that goes on and on about everything " * 6,
    "right to left": "مرحبا بالعالم 100 % שלום",
    "emoji": "👩‍👩‍👧‍👦🚢👍🏽 done",
}


def quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def open_window(qtbot, folder: Path):
    window = build_main_window(load_compiled_pack(folder), folder=folder)
    qtbot.addWidget(window)
    window.resize(1024, 640)
    window.show()
    qtbot.waitUntil(lambda: window.diagram_controller.picture is not None)
    return window


@pytest.mark.parametrize("unusual", UNUSUAL_TEXTS.values(), ids=UNUSUAL_TEXTS)
def test_any_text_is_shown_unchanged_and_within_its_pane(qtbot, tmp_path, unusual):
    write_tiny(tmp_path)
    for name in ("pack.toml", "questions.toml", "takeaways.toml", "components.toml"):
        text = TINY[name]
        for label in ("Tiny", "Tent", "Rain", "Will it rain?", "Yes", "The night", "Tents leak", "Valley"):
            text = text.replace(f'"{label}"', quote(unusual)).replace(f'"{label}."', quote(unusual))
        (tmp_path / name).write_text(text, "utf-8")

    window = open_window(qtbot, tmp_path)

    assert sum(label.text() == unusual for label in window.walk_panel.findChildren(QLabel)) >= 2
    qtbot.waitUntil(lambda: any(label.text() == unusual for label in window.takeaway_panel.findChildren(QLabel)))
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or unusual not in label.text()
    for column in window.findChildren(ScrollColumn):
        if column.isVisible():
            assert column.widget().width() <= column.viewport().width()
    window.walk_panel.answered.emit("rain", "yes")
    qtbot.waitUntil(lambda: "Hut" in {item.name for item in window.diagram_controller.picture.items})


def test_a_pack_without_edges_is_drawn(qtbot, tmp_path):
    write_tiny(tmp_path)
    drawn = TINY["components.toml"].split("[[edge]]", maxsplit=1)[0]
    (tmp_path / "components.toml").write_text(drawn, "utf-8")

    window = open_window(qtbot, tmp_path)

    assert {"tent", "group:valley"} <= {item.id for item in window.diagram_controller.picture.items}


def test_forty_questions_about_one_choice_are_walked_and_mapped(qtbot, tmp_path):
    write_tiny(tmp_path)
    numbers = range(2, 41)
    entry = TINY["questions.toml"].split("[[question]]", maxsplit=1)[1]
    questions = "".join(f"[[question]]{entry.replace('rain', f'rain{n}')}" for n in numbers)
    rules = "".join(
        f'[[rule]]\nid = "r{n}"\nwhen = {{ rain{n} = "yes" }}\nprefer = {{ sleep = "{bed}" }}\n'
        'reason = "So."\ntakeaways = ["leaks"]\n'
        for n, bed in zip(numbers, ["tent", "hut"] * 20, strict=False)
    )
    (tmp_path / "questions.toml").write_text(TINY["questions.toml"] + questions, "utf-8")
    (tmp_path / "rules.toml").write_text(TINY["rules.toml"] + rules, "utf-8")

    window = open_window(qtbot, tmp_path)
    window.walk_panel.answered.emit("rain3", "yes")

    qtbot.waitUntil(lambda: "Hut" in {item.name for item in window.diagram_controller.picture.items})
    assert len(window.current_walk.walk.steps) == 40
    window.further_views.open_map()
    qtbot.waitUntil(lambda: window.further_views.map.pane.view.drawn_map is not None)
