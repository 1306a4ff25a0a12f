"""The desktop application put together: pack, engine, layout and window."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from explorer import __version__
from explorer.core.pack import Pack
from explorer.core.problems import ExplorerError, PackError
from explorer.core.saved import SavedSession
from explorer.core.space import Space
from explorer.export.fonts import family
from explorer.export.paint import Icons
from explorer.export.qt_ruler import QtRuler
from explorer.layout.graphviz import Installed
from explorer.layout.layouts import Layouts
from explorer.render.theme import THEMES, theme_of
from explorer.storage.proving import open_pack, problems_of
from explorer.storage.resources import resource, theme_values
from explorer.storage.sessions import OpenedSession, read_session_file
from explorer.storage.shelf import is_shipped, pack_folder, shipped_packs
from explorer.ui import style
from explorer.ui.canvas import Canvas
from explorer.ui.dress import Attire
from explorer.ui.items import CanvasColours
from explorer.ui.library import Library, OpenPack, Source
from explorer.ui.main_window import MainWindow
from explorer.ui.own_process import OwnProcess
from explorer.ui.session import Session
from explorer.ui.study import Study

log = logging.getLogger(__name__)


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
    app.setWindowIcon(QIcon(str(resource("icon.svg"))))
    try:
        folder = pack_folder(wished.pack)
        space = open_pack(folder)
        asked_for = wished.session
        saved = read_session_file(asked_for, space.pack) if asked_for else OpenedSession(SavedSession())
        window = build(space, saved.session, folder)
    except ExplorerError as error:
        _tell(error)
        return 1
    if saved.remarks:
        window.notices.show_info(f"Of the session {wished.session.name}: {'; '.join(saved.remarks)}.")
    sys.excepthook = _Unexpected(window)
    window.show()
    return app.exec()


def build(space: Space, saved: SavedSession | None = None, folder: Path | None = None) -> MainWindow:
    """The window on a prepared pack and a session to go on from, not yet shown.

    It follows the folder that the pack was read from, and lets other packs be opened, where that is known.
    ExplorerError when something it needs is missing.
    """
    family()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.prepare(app)
    values = {name: theme_values(name) for name in THEMES}
    layouts = Layouts(QtRuler(), Installed())
    themes = {name: theme_of(values[name]) for name in THEMES}

    def study(prepared: Space) -> Study:
        return Study(prepared, layouts, themes, _about(prepared.pack))

    def read(folder: Path) -> OpenPack:
        found = open_pack(folder)
        return OpenPack(folder, found.pack, study(found), is_shipped(folder))

    desk, attires = study(space), {name: _attire(values[name]) for name in THEMES}
    window = MainWindow(desk, Session(saved, space.pack), Canvas(Icons()), attires)
    if folder is not None:
        source = Source(read, partial(OwnProcess, problems_of), shipped_packs)
        window.packs.follow(Library(source, OpenPack(folder, space.pack, desk, is_shipped(folder))))
    return window


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="berth", description="Open Berth's window.")
    parser.add_argument("session", nargs="?", type=Path, metavar="SESSION.berth", help="a saved session")
    parser.add_argument("--pack", metavar="PACK", help="the folder of a pack, or the id of a shipped one")
    return parser


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _attire(values: dict[str, Any]) -> Attire:
    canvas, state = values["canvas"], values["state"]
    # A theme for paper has no window of its own: the light one stands around it.
    window = values["window"] if "window" in values else theme_values("light")["window"]
    return Attire(
        style.WindowColours.from_mapping(window),
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
        "Glyphs: Berth's own. Font: Liberation Sans, SIL Open Font License 1.1.\n"
        "Layout: Graphviz as graphviz-pure, Eclipse Public License 2.0.\n"
        "AWS and the names of its services are trademarks of Amazon.com, Inc. or its affiliates; "
        "Berth is neither affiliated with nor endorsed by them."
    )


def _tell(error: ExplorerError) -> None:
    """Say what keeps the window from opening, on the terminal and in a box."""
    if sys.stderr is not None:
        sys.stderr.write(f"berth: {error}\n")
    box = QMessageBox(QMessageBox.Icon.Critical, "Berth", "Berth cannot open.")
    box.setTextFormat(Qt.TextFormat.PlainText)
    text = str(error)
    if isinstance(error, PackError):
        shown = [str(problem) for problem in error.problems[:12]]
        text = "\n".join([f"The pack has {len(error.problems)} faults:", *shown])
    box.setInformativeText(text)
    box.exec()


class _Unexpected:
    """What nobody foresaw: logged, told in one sentence, and the window stays up."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("An unexpected fault.", exc_info=(kind, error, trace))
        self._window.notices.show_error(
            f"Something unexpected went wrong; your answers are kept. ({kind.__name__}: {error})"
        )
