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
from explorer.core.session.session_state import SessionState
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.diagnostics.environment import check_display, check_writable
from explorer.export.formats import Format, export_file, formats_of
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine, ensure_qt
from explorer.export.request.request import ArchitectureSubject, CaptionParts, Options, Request, SubjectKind
from explorer.layout.graphviz.process import find_graphviz
from explorer.qt.fonts import font_family, picture_font
from explorer.storage.packs.catalog import shipped_packs
from explorer.storage.packs.loader import load_pack
from explorer.storage.program_name import command_line
from explorer.storage.resources import default_pack_folder, resource_path

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckResult:
    """One check: what was looked at, whether it holds, and what was found."""

    name: str
    ok: bool
    detail: str


def run_self_check(kept: Path | None) -> Iterator[CheckResult]:
    """Every check in turn, each tried whatever the others came to; `kept` is where drafts are kept."""
    _compiled_pack.cache_clear()
    for name, check in _checks(kept):
        try:
            yield CheckResult(name, True, check())
        except ExplorerError as error:
            yield CheckResult(name, False, str(error))
        except Exception:
            log.exception("The check of %s met an unexpected fault.", name)
            yield CheckResult(name, False, unexpected_error_text())


def unexpected_error_text() -> str:
    """What is said of a fault that nobody foresaw."""
    return f"Something unexpected went wrong: “{command_line('--debug self-check')}” writes a log that says where."


def _checks(kept: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    for label in shipped_packs() or (None,):
        yield "pack", partial(_check_pack, label.folder if label else default_pack_folder())
    yield "font", _check_font
    yield "icons", _check_icons
    yield "layout", _check_layout
    for format_ in formats_of(SubjectKind.ARCHITECTURE):
        yield format_.extension, partial(_check_export, format_)
    yield "writing", partial(check_writable, kept)
    yield "display", check_display


@cache
def _compiled_pack(folder: Path) -> CompiledPack:
    return compile_pack(load_pack(folder))


def _check_pack(folder: Path) -> str:
    pack = _compiled_pack(folder).pack
    return f"{pack.title}, as of {pack.as_of}: {len(pack.questions)} questions, {len(pack.rules)} rules"


def _check_font() -> str:
    ensure_qt()
    texts = [file.read_text("utf-8") for label in shipped_packs() for file in label.folder.glob("*.toml")]
    letters = set("".join(texts)) - {"\n"}
    for bold in (False, True):
        metrics = QFontMetricsF(picture_font(bold))
        if not metrics.horizontalAdvance("Berth") > 0:
            raise ExplorerError("Text cannot be measured: unpack or set up Berth again.")
        if lost := sorted(letter for letter in letters if not metrics.inFontUcs4(ord(letter))):
            raise ExplorerError(f"The font lacks {' '.join(lost)}, so boxes would be drawn for them.")
    return f"{font_family()}, regular and bold, has all {len(letters)} characters that the packs use"


def _check_icons() -> str:
    ensure_qt()
    files = sorted(path for path in resource_path().rglob("*.svg"))
    if broken := [file.name for file in files if not QSvgRenderer(str(file)).isValid()]:
        raise ExplorerError(f"Icons cannot be read: {', '.join(broken)}. Unpack or set up Berth again.")
    if not files:
        raise ExplorerError("There are no icons at all: unpack or set up Berth again.")
    return f"{len(files)} can be drawn"


def _default_request(options: Options | None = None) -> Request:
    ensure_qt()
    return request_for_session(create_engine(_compiled_pack(default_pack_folder())), SessionState(), options)


def _check_layout() -> str:
    begun = perf_counter()
    case = _default_request().subject
    spent = (perf_counter() - begun) * 1000
    boxes = len(case.placement.nodes) if isinstance(case, ArchitectureSubject) else 0
    return f"{find_graphviz().program.name} placed {boxes} boxes; the drawing took {spent:.0f} ms"


def _check_export(format_: Format) -> str:
    with tempfile.TemporaryDirectory(prefix="berth-self-check-") as folder:
        file = Path(folder) / f"plain.{format_.extension}"
        export_file(file, _default_request())
        export_file(file.with_name(f"wished.{format_.extension}"), _default_request(_ALL_OPTIONS))
        data = file.read_bytes()
    if len(data) < 100:
        raise ExplorerError(f"The {format_.name} has next to nothing in it.")
    read_again = _CONTENT_CHECKS.get(format_.extension)
    if read_again:
        read_again(data)
    return f"{format_.name} of {len(data):,} bytes" + (", read again" if read_again else "")


_ALL_OPTIONS = Options(
    theme="dark",
    transparent=True,
    aspect=16 / 9,
    caption=~CaptionParts.NONE,
    date="2026-11-23",
    text_as_paths=True,
)
"""What can be wished of a picture, all at once."""


def _check_png(data: bytes) -> None:
    image = QImage.fromData(data)
    if image.isNull():
        raise ExplorerError("The PNG that was drawn cannot be read again.")
    places = ((x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5))
    if len({image.pixel(x, y) for x, y in places}) < 10:
        raise ExplorerError("The PNG that was drawn is blank.")


_CONTENT_CHECKS: dict[str, Callable[[bytes], object]] = {"png": _check_png, "json": json.loads}
