"""Composition root of the desktop application: connects pack, engine, layout and window."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from explorer import IDENTITY, __version__
from explorer.core.errors import ExplorerError
from explorer.core.session.session_state import SessionState
from explorer.core.solver.constraints import CompiledPack
from explorer.diagnostics.versions import installed_versions
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.export.request.engine import create_engine
from explorer.qt.fonts import font_family
from explorer.qt.painter import IconPainter
from explorer.render.theme import THEMES
from explorer.storage.packs.catalog import is_shipped, shipped_packs
from explorer.storage.packs.compiled import load_compiled_pack, pack_problems
from explorer.storage.resources import resource_path, theme_values
from explorer.storage.sessions.opening import (
    OpenResult,
    SessionSource,
    open_newest_usable,
    open_with_pack,
    pack_folder_for,
    parse_source,
)
from explorer.storage.user_data import prepare_user_data, user_data_folder
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.document.autosave import recoverable_sessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.errors.error_dialog import ErrorDialog
from explorer.ui.errors.exception_handler import ExceptionHandler
from explorer.ui.errors.qt_log import install_qt_log_handler
from explorer.ui.errors.startup_error import show_startup_crash, show_startup_error
from explorer.ui.main_window import MainWindow
from explorer.ui.pack.pack_loader import PackLoader, PackSource
from explorer.ui.shell.settings import Settings
from explorer.ui.theme import stylesheet
from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.theme.theme_manager import ThemeColors
from explorer.ui.workers.subprocess_worker import ProcessTask


def main(session: str | None = None, pack: str | None = None, icons: str | None = None) -> int:
    """Open the window and run until the user closes it; return the exit status.

    `session` is a file or a share code, `pack` a folder or the id of a shipped pack, `icons` a folder, a zip
    or `own`.
    """
    if logging.getLogger("explorer").isEnabledFor(logging.DEBUG):
        install_qt_log_handler()
    if sys.platform == "linux" and not _has_display():
        sys.stderr.write(
            "berth: Cannot open a window: there is no display. Set DISPLAY, or use the commands recommend and "
            "export, which need none.\n"
        )
        return 1
    app = QApplication(["Berth"])
    app.setApplicationName("Berth")
    app.setApplicationDisplayName("Berth")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(IDENTITY)
    app.setWindowIcon(QIcon(str(resource_path("icon.svg"))))
    data_folder = user_data_folder()
    if data_folder is not None:
        prepare_user_data(data_folder)
    settings = Settings(data_folder)
    exceptions = ExceptionHandler(settings.crash_report_folder, installed_versions)
    exceptions.install()
    try:
        source = parse_source(session, pack) if session else None
        window = open_main_window(source, pack, settings)
    except ExplorerError as error:
        show_startup_error(error)
        return 1
    except Exception as error:
        exceptions.error_reported.connect(show_startup_crash)
        exceptions.report(error)
        return 1
    exceptions.record_actions(window.command_actions, window.session)
    exceptions.error_reported.connect(lambda reported: ErrorDialog(reported, window).open())
    exceptions.start_crash_log()
    if icons is not None:
        window.icon_controller.request(icons)
    if settings.maximized:
        window.showMaximized()
    else:
        window.show()
    status = app.exec()
    exceptions.stop_crash_log()
    return status


def open_main_window(source: SessionSource | None, pack: str | None, settings: Settings) -> MainWindow:
    """Return the window on a session: the source, else the newest unsaved session, else an empty one.

    A named pack is used even if the session belongs to another. Raises ExplorerError if the pack or the source
    is not usable.
    """
    unsaved = recoverable_sessions(settings.autosave_folder)
    folder = pack_folder_for(pack, source or next(iter(unsaved), None))
    compiled_pack = load_compiled_pack(folder)
    if source:
        opened = open_with_pack(source, compiled_pack.pack, unsaved)
    else:
        opened = open_newest_usable(unsaved, compiled_pack.pack) or OpenResult()
    window = build_main_window(compiled_pack, opened.session, folder, settings)
    window.document.adopt(opened)
    return window


def build_main_window(
    compiled_pack: CompiledPack,
    session: SessionState | None = None,
    folder: Path | None = None,
    settings: Settings | None = None,
) -> MainWindow:
    """Return the window, not yet shown, on a compiled pack and a session.

    With the pack's `folder` the window reloads the pack when a file changes, and can open other packs.
    Without `settings` nothing is kept after the window closes. Raises ExplorerError if a resource is missing.
    """
    font_family()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    stylesheet.apply_base_style(app)
    loaded = LoadedPack(create_engine(compiled_pack), folder, shipped=folder is not None and is_shipped(folder))
    open_pack = OpenPack(loaded)
    themes = {name: _theme_colors(theme_values(name)) for name in THEMES}
    window = MainWindow(open_pack, SessionStore(session, open_pack), Canvas(IconPainter()), themes, settings)
    if folder is not None:
        source = PackSource(_load_pack, partial(ProcessTask, pack_problems), shipped_packs)
        window.pack_controller.set_loader(PackLoader(source, open_pack, window.messages))
    return window


def _load_pack(folder: Path) -> LoadedPack:
    """Read and compile a pack; PackError if it is not valid. Runs in a worker."""
    return LoadedPack(create_engine(load_compiled_pack(folder)), folder, is_shipped(folder))


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _theme_colors(values: dict[str, Any]) -> ThemeColors:
    canvas, state = values["canvas"], values["state"]
    # A print theme has no window colors: the window keeps those of the light theme.
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
