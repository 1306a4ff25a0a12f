"""Proves that an installation works: the pack loads, text is measured, a layout runs, a PNG is drawn."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion
from PySide6.QtGui import QImage

from explorer import __version__
from explorer.core.problems import ExplorerError
from explorer.core.space import prepare
from explorer.export.asking import of_answers, ready
from explorer.export.fonts import family
from explorer.export.qt_ruler import QtRuler
from explorer.export.raster import made
from explorer.export.request import Options, Request
from explorer.storage.packs import load_pack
from explorer.storage.resources import shipped_pack

_SIZE = (960, 540)


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, whether it holds, and what was found."""

    name: str
    holds: bool
    told: str


def versions() -> dict[str, str]:
    """The versions of everything that a fault may hang on."""
    return {
        "berth": __version__,
        "python": platform.python_version(),
        "PySide6": _version("PySide6-Essentials"),
        "Qt": qVersion(),
        "graphviz-pure": _version("graphviz-pure"),
        "graphviz": _version("graphviz"),
        "networkx": _version("networkx"),
        "platform": platform.platform(),
    }


def self_check() -> Iterator[Finding]:
    """Every check in turn; each is tried, whatever the others came to."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("pack", _pack),
        ("font", _font),
        ("layout", _layout),
        ("drawing", _drawing),
    )
    for name, check in checks:
        try:
            yield Finding(name, True, check())
        except ExplorerError as error:
            yield Finding(name, False, str(error))
        except Exception as error:
            yield Finding(name, False, f"{type(error).__name__}: {error}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a frozen application carries no notices of what is in it
        return "unknown"


def _pack() -> str:
    pack = load_pack(shipped_pack())
    return f"{pack.title} {pack.version}: {len(pack.questions)} questions, {len(pack.rules)} rules"


def _font() -> str:
    ready()
    width = QtRuler().width("Berth", 12)
    if not width > 0:
        raise ExplorerError("Text cannot be measured.")
    return f"{family()}, “Berth” at 12 pt is {width:.1f} pt wide"


def _plain_case() -> Request:
    return of_answers(prepare(load_pack(shipped_pack())), {}, Options(size=_SIZE))


def _layout() -> str:
    case = _plain_case()
    width, height = case.picture.size
    return f"{len(case.picture.items)} items on {width:.0f} × {height:.0f} pt"


def _drawing() -> str:
    data = made(_plain_case())
    image = QImage.fromData(data)
    if image.isNull() or (image.width(), image.height()) != _SIZE:
        raise ExplorerError("The PNG that was drawn cannot be read again.")
    colours = {image.pixel(x, y) for x in range(0, _SIZE[0], 3) for y in range(0, _SIZE[1], 3)}
    if len(colours) < 10:
        raise ExplorerError("The PNG that was drawn is blank.")
    return f"a PNG of {_SIZE[0]} × {_SIZE[1]} pixels, {len(data):,} bytes, read again"
