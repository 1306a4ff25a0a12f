"""Creates the pack engine as the window, the command line and batch export use it: with Qt's text metrics."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from explorer.core.solver.constraints import CompiledPack
from explorer.engine.pack_engine import PackEngine
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.graphviz.process import InstalledGraphviz
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.theme import THEMES, parse_theme
from explorer.storage.resources import theme_values


@cache
def ensure_qt() -> QCoreApplication:
    """Return the Qt application; create one that can draw without a window if there is none."""
    return QGuiApplication.instance() or QGuiApplication(["berth"])


def create_engine(compiled: CompiledPack, layouts: LayoutCache | None = None) -> PackEngine:
    """Return an engine with the shipped themes, Qt's text metrics, and `layouts` or a layout cache of its own.

    The layout program is looked up at the first layout: LayoutError if it is missing.
    """
    ensure_qt()
    text_metrics = QtTextMetrics()
    themes = {name: parse_theme(theme_values(name)) for name in THEMES}
    return PackEngine(compiled, layouts or LayoutCache(text_metrics, InstalledGraphviz()), themes, text_metrics)
