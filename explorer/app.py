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
from explorer.core.session.session_state import SessionState
from explorer.core.solver.constraints import CompiledPack
from explorer.diagnostics.versions import installed_versions
from explorer.engine.pack_engine import PackEngine
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.graphviz.process import InstalledGraphviz
from explorer.qt.fonts import font_family
from explorer.qt.painter import IconPainter
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.theme import THEMES, parse_theme
from explorer.storage.packs.catalog import is_shipped, shipped_packs
from explorer.storage.packs.compiled import load_compiled_pack, pack_problems
from explorer.storage.program_name import command_line
from explorer.storage.resources import resource_path, theme_values
from explorer.storage.sessions.opening import (
    OpenResult,
    SessionSource,
    open_with_pack,
    pack_folder_for,
    pack_id_of,
    parse_source,
)
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.diagram.items import CanvasColors
from explorer.ui.document.autosave import recoverable_sessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.errors.error_dialog import ErrorDialog
from explorer.ui.errors.exception_handler import ExceptionHandler
from explorer.ui.errors.startup_error import show_startup_crash, show_startup_error
from explorer.ui.main_window import MainWindow
from explorer.ui.pack.pack_loader import LoadedPack, PackLoader, PackSource
from explorer.ui.shell.settings import Settings, user_data_folder
from explorer.ui.theme import stylesheet
from explorer.ui.theme.theme_manager import ThemeColors
from explorer.ui.workers.subprocess_worker import ProcessTask


def main(arguments: Sequence[str]) -> int:
    """Open the window and run until it is closed; the process's exit status."""
    wished = _build_parser().parse_args(arguments)
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
    app.setWindowIcon(QIcon(str(resource_path("icon.svg"))))
    settings = Settings(user_data_folder())
    faults = ExceptionHandler(settings.crash_report_folder, installed_versions)
    faults.install()
    try:
        window = open_main_window(
            parse_source(wished.session, wished.pack) if wished.session else None, wished.pack, settings
        )
    except ExplorerError as error:
        show_startup_error(error)
        return 1
    except Exception as error:
        faults.error_reported.connect(show_startup_crash)
        faults.report(error)
        return 1
    faults.record_actions(window)
    faults.error_reported.connect(lambda reported: ErrorDialog(reported, window).open())
    faults.start_crash_log()
    if wished.icons is not None:
        window.icon_controller.request(wished.icons)
    if settings.maximized:
        window.showMaximized()
    else:
        window.show()
    status = app.exec()
    faults.stop_crash_log()
    return status


def open_main_window(source: SessionSource | None, pack: str | None, settings: Settings) -> MainWindow:
    """The window on a file or a code; else on what was not saved when Berth ended; else on nothing so far.

    A pack that is named is used whatever the session was made with. ExplorerError when something cannot be.
    """
    left = recoverable_sessions(settings.autosave_folder)
    folder = pack_folder_for(pack, source or next(iter(left), None))
    space = load_compiled_pack(folder)
    begun = source or next((draft for draft in left if pack_id_of(draft) == space.pack.id), None)
    opening = open_with_pack(begun, space.pack, left) if begun else OpenResult()
    window = build_main_window(space, opening.session, folder, settings)
    window.document.adopt(opening)
    return window


def build_main_window(
    space: CompiledPack,
    saved: SessionState | None = None,
    folder: Path | None = None,
    settings: Settings | None = None,
) -> MainWindow:
    """The window on a prepared pack and a session to go on from, not yet shown.

    It follows the folder that the pack was read from, and lets other packs be opened, where that is known.
    Without a memory nothing outlives it. ExplorerError when something it needs is missing.
    """
    font_family()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stylesheet.apply_base_style(app)
    values = {name: theme_values(name) for name in THEMES}
    layouts = LayoutCache(QtTextMetrics(), InstalledGraphviz())
    themes = {name: parse_theme(values[name]) for name in THEMES}

    def study(prepared: CompiledPack) -> PackEngine:
        return PackEngine(prepared, layouts, themes, _about_text(prepared.pack))

    def read(folder: Path) -> LoadedPack:
        found = load_compiled_pack(folder)
        return LoadedPack(folder, found.pack, study(found), is_shipped(folder))

    desk, attires = study(space), {name: _theme_colors(values[name]) for name in THEMES}
    window = MainWindow(desk, SessionStore(saved, space.pack), Canvas(IconPainter()), attires, settings)
    if folder is not None:
        source = PackSource(read, partial(ProcessTask, pack_problems), shipped_packs)
        window.pack_controller.set_loader(PackLoader(source, LoadedPack(folder, space.pack, desk, is_shipped(folder))))
    return window


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=command_line(), description="Open Berth's window.")
    parser.add_argument("session", nargs="?", metavar="SESSION.berth", help="a saved session, or a code")
    parser.add_argument("--pack", metavar="PACK", help="the folder of a pack, or the id of a shipped one")
    parser.add_argument("--icons", metavar="PATH", help="a folder or zip of AWS Architecture Icons, or “own”")
    return parser


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _theme_colors(values: dict[str, Any]) -> ThemeColors:
    canvas, state = values["canvas"], values["state"]
    # A theme for paper has no window of its own: the light one stands around it.
    window = values["window"] if "window" in values else theme_values("light")["window"]
    return ThemeColors(
        stylesheet.WindowColors.from_mapping(window),
        CanvasColors(
            canvas=canvas["background"],
            text=canvas["muted"],
            card=window["card"],
            line=window["line"],
            hover=state["hover"],
            selected=state["selected"],
            focus=window["focus"],
        ),
    )


def _about_text(pack: Pack) -> str:
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
