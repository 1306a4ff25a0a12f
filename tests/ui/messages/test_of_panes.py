"""What the window says of drawings and within its panes, word for word, in the situation itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal

from explorer.core.explanation.explanation import Explanation
from explorer.core.model.outcome import Status
from explorer.core.session.scenarios import DEFAULT_SCENARIO
from explorer.core.session.workspace import Workspace
from explorer.engine.pack_engine import PackEngine
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.graphviz.process import InstalledGraphviz
from explorer.qt.painter import IconPainter
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.icons.source import GLYPHS_ONLY, IconOrigin, IconSource
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.document.session_store import SessionStore
from explorer.ui.document.share_dialog import ShareDialog
from explorer.ui.explanation.cards import ConflictCard
from explorer.ui.explanation.outcome_bar import OutcomeBar, OutcomeItem
from explorer.ui.explanation.takeaway_panel import TakeawayPanel
from explorer.ui.icons.icons_dialog import IconsDialog
from explorer.ui.main_window import MainWindow
from explorer.ui.matrix.matrix_view import MatrixView
from explorer.ui.pack.pack_chooser import PackCatalog as Shown
from explorer.ui.pack.pack_chooser import PackChooser
from explorer.ui.pack.pack_controller import PackController
from explorer.ui.questions.walk_panel import WalkPanel
from explorer.ui.widgets.basic import ElidedLabel
from tests.storage.tiny import TINY, write_tiny
from tests.ui.messages.hearing import labels, unforeseen
from tests.ui.toy import CONFLICT, THEMES, ToyEngine, entry, walk
from tests.ui.toy_map import theme


@pytest.fixture
def desk():
    return ToyEngine()


@pytest.fixture
def main_window(qtbot, desk):
    window = MainWindow(desk, SessionStore(), Canvas(IconPainter()), THEMES)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.diagram_controller.picture is not None)
    yield window
    window.close()


def tellers(window: MainWindow, signal: str) -> list[QObject]:
    """Whoever in the window has such a signal with words for a person."""
    begins = f"{signal}(QString"
    return [thing for thing in window.findChildren(QObject) if _signature(thing, signal).startswith(begins)]


def _signature(thing: QObject, name: str) -> str:
    signal = getattr(type(thing), name, None)
    return str(signal) if isinstance(signal, Signal) else ""


def stays(teller: QObject) -> tuple[object, ...]:
    """What comes with good news: of a pack, whether they stay."""
    return (False,) if isinstance(teller, PackController) else ()


@pytest.mark.parametrize(
    ("signal", "more"),
    [
        ("failed", lambda _: ()),
        ("told", stays),
        ("done", lambda _: ()),
        ("asked", lambda _: ((("Do it", print),),)),
    ],
)
def test_whoever_says_something_says_it_in_the_bar(main_window, signal, more):
    main_window.further_views.open_map()
    main_window.further_views.open_comparison()
    found = tellers(main_window, signal)
    assert len(found) > 1
    for teller in found:
        words = f"{type(teller).__name__} says so."
        getattr(teller, signal).emit(words, *more(teller))
        assert main_window.notice_bar.message == words


def test_of_a_diagram_over_which_something_breaks(qtbot, main_window, desk):
    desk.before_drawing = unforeseen
    main_window.session.answer("rain", "no")
    words = "The diagram could not be drawn, so the last one stands."
    qtbot.waitUntil(lambda: main_window.notice_bar.message == words)


def test_of_a_comparison_over_which_something_breaks(qtbot, main_window, desk, monkeypatch):
    monkeypatch.setattr(desk.previews, "comparison", unforeseen)
    main_window.further_views.open_comparison()
    words = "The comparison could not be drawn, so the last one stands."
    qtbot.waitUntil(lambda: main_window.notice_bar.message == words)


def test_of_a_map_over_which_something_breaks(qtbot, main_window, desk, monkeypatch):
    monkeypatch.setattr(desk.maps, "sheet", unforeseen)
    main_window.further_views.open_map()
    words = "The decision map could not be drawn, so the last one stands."
    qtbot.waitUntil(lambda: main_window.notice_bar.message == words)


@pytest.fixture
def scouting(qapp, tmp_path):
    files = write_tiny(tmp_path)
    light = '[[takeaway]]\nid = "light"\ntitle = "Tents are light"\ntext = "Mostly."\n'
    light += 'source = "https://example.org/light"\nas_of = "2026-01-01"\n'
    (files / "takeaways.toml").write_text(TINY["takeaways.toml"] + light, "utf-8")
    head, _, last = TINY["rules.toml"].rpartition("leaks")
    (files / "rules.toml").write_text(f"{head}light{last}", "utf-8")
    return PackEngine(
        load_compiled_pack(files), LayoutCache(QtTextMetrics(), InstalledGraphviz()), {"light": theme()}, ""
    ).previews


def test_of_what_an_answer_would_come_to(scouting):
    told = scouting.preview(Workspace(), "rain", "yes", "light").explanation.changes
    assert "No longer to the point: Tents are light." in told


def test_of_two_scenarios_that_are_the_same(scouting):
    assert scouting.comparison(DEFAULT_SCENARIO, DEFAULT_SCENARIO, "light").told == "Both come to the same."


def test_of_the_code_dialog(window):
    words = "It holds every answer and the pack’s version; notes stay here."
    assert words in labels(ShareDialog("berth:", window))


def test_of_the_pack_chooser(window):
    words = "Your answers on the pack that is open are kept for when you change back."
    assert words in labels(PackChooser(Shown(), window))


@pytest.mark.parametrize(
    ("usual", "set_up"),
    [
        (
            IconSource(IconOrigin.SET_UP),
            "Taken from one pinned npm package, under CC BY-ND 2.0, unmodified.",
        ),
        (
            GLYPHS_ONLY,
            "Not there: the set-up found no npm or no network. It tries again with “run.py setup”.",
        ),
    ],
)
def test_of_the_icons_dialog(window, monkeypatch, usual, set_up):
    monkeypatch.setattr("explorer.ui.icons.icons_dialog.usual_source", lambda: usual)
    dialog = IconsDialog(window)
    assert "Looked for in this order. Pictures that you export show the same ones." in labels(dialog)
    assert [where.text() for where in dialog.findChildren(ElidedLabel)] == [
        "The zip as AWS ships it, or a folder. It is only read, and never unpacked.",
        set_up,
        "Drawn for Berth, and there for everything that AWS has no icon for.",
    ]


@pytest.mark.parametrize(
    ("pane", "words"),
    [
        (partial(Canvas, IconPainter()), "The picture appears here."),
        (
            MatrixView,
            "What each answer would come to from where you stand. A click or Enter gives the answer.",
        ),
        (
            partial(ConflictCard, replace(CONFLICT, more_count=1)),
            "There is one more way, none of which changes less.",
        ),
        (
            partial(ConflictCard, replace(CONFLICT, more_count=2)),
            "There are 2 more ways, none of which changes less.",
        ),
    ],
)
def test_of_a_pane(qtbot, pane, words):
    qtbot.addWidget(shown := pane())
    assert words in labels(shown)


def test_of_the_walk(qtbot):
    panel = WalkPanel()
    qtbot.addWidget(panel)
    panel.show_walk(walk({"shelter": "tent"}, "shelter", clashing="shelter"))
    assert "Conflict: this answer cannot hold together with another one." in labels(panel)
    panel.show_walk(walk({"shelter": "tent", "rain": "no", "food": "buy"}))
    assert "Every question that still matters is answered. Open any to change your mind." in labels(panel)


def test_of_takeaways_with_nothing_to_say(qtbot):
    panel = TakeawayPanel()
    qtbot.addWidget(panel)
    panel.show_explanation(Explanation("", "", ()))
    words = "Nothing more to say yet. Answer a question, or select anything in the diagram."
    assert words in labels(panel)


def test_of_a_choice_in_the_outcome(qtbot):
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    bar.show_outcome((entry("bed", "tent", Status.OPEN, "hut, car"),), "")
    (item,) = bar.findChildren(OutcomeItem)
    assert item.toolTip() == "<qt>Bed: tent (open). Also possible: hut, car.</qt>"
