"""The desktop application put together: pack, engine, layout and window."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import PySide6
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from explorer import IDENTITY, __version__
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack
from explorer.core.session.session import SavedSession
from explorer.core.solver.constraints import Space
from explorer.diagnostics.versions import versions
from explorer.engine.pack_engine import Study
from explorer.layout.architecture.cache import Layouts
from explorer.layout.graphviz.process import Installed
from explorer.qt.fonts import family
from explorer.qt.painter import Icons
from explorer.qt.text_metrics import QtRuler
from explorer.render.theme import THEMES, theme_of
from explorer.storage.packs.catalog import is_shipped, shipped_packs
from explorer.storage.packs.compiled import open_pack, problems_of
from explorer.storage.program_name import command
from explorer.storage.resources import resource, theme_values
from explorer.storage.sessions.opening import Beginning, Opening, folder_for, open_with, pack_of, source_of
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.diagram.items import CanvasColours
from explorer.ui.document.autosave import left_drafts
from explorer.ui.document.session_store import Session
from explorer.ui.errors.error_dialog import FaultDialog
from explorer.ui.errors.exception_handler import Faults
from explorer.ui.errors.startup_error import tell_unforeseen, tell_unopened
from explorer.ui.main_window import MainWindow
from explorer.ui.pack.pack_loader import Library, OpenPack, Source
from explorer.ui.shell.settings import Memory, usual_folder
from explorer.ui.theme import stylesheet
from explorer.ui.theme.theme_manager import Attire
from explorer.ui.workers.subprocess_worker import OwnProcess


def main(arguments: Sequence[str]) -> int:
    """Open the window and run until it is closed; the process's exit status."""
    wished = _parser().parse_args(arguments)
    if sys.platform == "linux" and not _has_display():
        sys.stderr.write(
            "berth: there is no display to open a window on. Set DISPLAY, or use the commands "
            "recommend and export, which need none.\n"
        )
        return 1
    app = QApplication(["Berth"])
    app.setApplicationName("Berth")
    app.setApplicationDisplayName("Berth")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(IDENTITY)
    app.setWindowIcon(QIcon(str(resource("icon.svg"))))
    memory = Memory(usual_folder())
    faults = Faults(memory.reports, versions)
    faults.install()
    try:
        window = begin(
            source_of(wished.session, wished.pack) if wished.session else None, wished.pack, memory
        )
    except ExplorerError as error:
        tell_unopened(error)
        return 1
    except Exception as error:
        faults.reported.connect(tell_unforeseen)
        faults.meet(error)
        return 1
    faults.follow(window)
    faults.reported.connect(lambda reported: FaultDialog(reported, window).open())
    faults.begin()
    if wished.icons is not None:
        window.icon_choice.wish(wished.icons)
    if memory.maximised:
        window.showMaximized()
    else:
        window.show()
    status = app.exec()
    faults.end()
    return status


def begin(source: Beginning | None, pack: str | None, memory: Memory) -> MainWindow:
    """The window on a file or a code; else on what was not saved when Berth ended; else on nothing so far.

    A pack that is named is used whatever the session was made with. ExplorerError when something cannot be.
    """
    left = left_drafts(memory.drafts)
    folder = folder_for(pack, source or next(iter(left), None))
    space = open_pack(folder)
    begun = source or next((draft for draft in left if pack_of(draft) == space.pack.id), None)
    opening = open_with(begun, space.pack, left) if begun else Opening()
    window = build(space, opening.session, folder, memory)
    window.filing.enter(opening)
    return window


def build(
    space: Space,
    saved: SavedSession | None = None,
    folder: Path | None = None,
    memory: Memory | None = None,
) -> MainWindow:
    """The window on a prepared pack and a session to go on from, not yet shown.

    It follows the folder that the pack was read from, and lets other packs be opened, where that is known.
    Without a memory nothing outlives it. ExplorerError when something it needs is missing.
    """
    family()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stylesheet.prepare(app)
    values = {name: theme_values(name) for name in THEMES}
    layouts = Layouts(QtRuler(), Installed())
    themes = {name: theme_of(values[name]) for name in THEMES}

    def study(prepared: Space) -> Study:
        return Study(prepared, layouts, themes, _about(prepared.pack))

    def read(folder: Path) -> OpenPack:
        found = open_pack(folder)
        return OpenPack(folder, found.pack, study(found), is_shipped(folder))

    desk, attires = study(space), {name: _attire(values[name]) for name in THEMES}
    window = MainWindow(desk, Session(saved, space.pack), Canvas(Icons()), attires, memory)
    if folder is not None:
        source = Source(read, partial(OwnProcess, problems_of), shipped_packs)
        window.packs.follow(Library(source, OpenPack(folder, space.pack, desk, is_shipped(folder))))
    return window


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=command(), description="Open Berth's window.")
    parser.add_argument("session", nargs="?", metavar="SESSION.berth", help="a saved session, or a code")
    parser.add_argument("--pack", metavar="PACK", help="the folder of a pack, or the id of a shipped one")
    parser.add_argument("--icons", metavar="PATH", help="a folder or zip of AWS Architecture Icons, or “own”")
    return parser


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _attire(values: dict[str, Any]) -> Attire:
    canvas, state = values["canvas"], values["state"]
    # A theme for paper has no window of its own: the light one stands around it.
    window = values["window"] if "window" in values else theme_values("light")["window"]
    return Attire(
        stylesheet.WindowColours.from_mapping(window),
        CanvasColours(
            canvas=canvas["background"],
            text=canvas["muted"],
            card=window["card"],
            line=window["line"],
            hover=state["hover"],
            selected=state["selected"],
            focus=window["focus"],
        ),
    )


def _about(pack: Pack) -> str:
    return (
        f"Berth {__version__}\n"
        "From questions to a drawn, explained architecture.\n\n"
        f"Pack: {pack.title} {pack.version}, as of {pack.as_of}\n{pack.credit}\n\n"
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}\n"
        "Font: Liberation Sans, SIL Open Font License 1.1.\n"
        "Layout: Graphviz as graphviz-pure, Eclipse Public License 2.0.\n"
        "AWS and the names of its services are trademarks of Amazon.com, Inc. or its affiliates; "
        "Berth is neither affiliated with nor endorsed by them."
    )
