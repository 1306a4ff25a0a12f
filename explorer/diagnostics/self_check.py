"""Whether this installation will do for a workshop: everything is tried once, one line for each."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from time import perf_counter

from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtSvg import QSvgRenderer

from explorer.core.errors import ExplorerError
from explorer.core.session.session import SavedSession
from explorer.core.solver.constraints import Space, prepare
from explorer.diagnostics.environment import display, writing
from explorer.export.formats import Format, export_file, formats_of
from explorer.export.request.build import of_session, ready
from explorer.export.request.request import Case, Kind, Options, Request, Words
from explorer.layout.graphviz.process import find_graphviz
from explorer.qt.fonts import face, family
from explorer.storage.packs.catalog import shipped_packs
from explorer.storage.packs.loader import load_pack
from explorer.storage.program_name import command
from explorer.storage.resources import resource, shipped_pack

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, whether it holds, and what was found."""

    name: str
    holds: bool
    told: str


def self_check(kept: Path | None) -> Iterator[Finding]:
    """Every check in turn, each tried whatever the others came to; `kept` is where drafts are kept."""
    _opened.cache_clear()
    for name, check in _checks(kept):
        try:
            yield Finding(name, True, check())
        except ExplorerError as error:
            yield Finding(name, False, str(error))
        except Exception:
            log.exception("The check of %s met an unexpected fault.", name)
            yield Finding(name, False, unexpected())


def unexpected() -> str:
    """What is said of a fault that nobody foresaw."""
    return f"Something unexpected went wrong: “{command('--debug self-check')}” writes a log that says where."


def _checks(kept: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    for label in shipped_packs() or (None,):
        yield "pack", partial(_pack, label.folder if label else shipped_pack())
    yield "font", _font
    yield "icons", _icons
    yield "layout", _layout
    for format_ in formats_of(Kind.CASE):
        yield format_.ending, partial(_export, format_)
    yield "writing", partial(writing, kept)
    yield "display", display


@cache
def _opened(folder: Path) -> Space:
    return prepare(load_pack(folder))


def _pack(folder: Path) -> str:
    pack = _opened(folder).pack
    return f"{pack.title}, as of {pack.as_of}: {len(pack.questions)} questions, {len(pack.rules)} rules"


def _font() -> str:
    ready()
    texts = [file.read_text("utf-8") for label in shipped_packs() for file in label.folder.glob("*.toml")]
    letters = set("".join(texts)) - {"\n"}
    for bold in (False, True):
        metrics = QFontMetricsF(face(bold))
        if not metrics.horizontalAdvance("Berth") > 0:
            raise ExplorerError("Text cannot be measured: unpack or set up Berth again.")
        if lost := sorted(letter for letter in letters if not metrics.inFontUcs4(ord(letter))):
            raise ExplorerError(f"The font lacks {' '.join(lost)}, so boxes would be drawn for them.")
    return f"{family()}, regular and bold, has all {len(letters)} characters that the packs use"


def _icons() -> str:
    ready()
    files = sorted(path for path in resource().rglob("*.svg"))
    if broken := [file.name for file in files if not QSvgRenderer(str(file)).isValid()]:
        raise ExplorerError(f"Icons cannot be read: {', '.join(broken)}. Unpack or set up Berth again.")
    if not files:
        raise ExplorerError("There are no icons at all: unpack or set up Berth again.")
    return f"{len(files)} can be drawn"


def _plain_case(options: Options | None = None) -> Request:
    ready()
    return of_session(_opened(shipped_pack()), SavedSession(), options)


def _layout() -> str:
    begun = perf_counter()
    case = _plain_case().about
    spent = (perf_counter() - begun) * 1000
    boxes = len(case.placement.nodes) if isinstance(case, Case) else 0
    return f"{find_graphviz().program.name} placed {boxes} boxes; the drawing took {spent:.0f} ms"


def _export(format_: Format) -> str:
    with tempfile.TemporaryDirectory(prefix="berth-self-check-") as folder:
        file = Path(folder) / f"plain.{format_.ending}"
        export_file(file, _plain_case())
        export_file(file.with_name(f"wished.{format_.ending}"), _plain_case(_EVERY_WISH))
        data = file.read_bytes()
    if len(data) < 100:
        raise ExplorerError(f"The {format_.name} has next to nothing in it.")
    read_again = _READERS.get(format_.ending)
    if read_again:
        read_again(data)
    return f"{format_.name} of {len(data):,} bytes" + (", read again" if read_again else "")


_EVERY_WISH = Options(
    theme="dark", transparent=True, aspect=16 / 9, words=~Words.NONE, date="2026-11-23", outlines=True
)
"""What can be wished of a picture, all at once."""


def _read_png(data: bytes) -> None:
    image = QImage.fromData(data)
    if image.isNull():
        raise ExplorerError("The PNG that was drawn cannot be read again.")
    places = ((x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5))
    if len({image.pixel(x, y) for x, y in places}) < 10:
        raise ExplorerError("The PNG that was drawn is blank.")


_READERS: dict[str, Callable[[bytes], object]] = {"png": _read_png, "json": json.loads}
