"""Self-check: tests every part of this installation."""

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
    """The result of one check: its name, whether it passed, and the details."""

    name: str
    ok: bool
    detail: str


def run_self_check(data_folder: Path | None) -> Iterator[CheckResult]:
    """Run every check, even if one fails; `data_folder` is the folder of autosaves and settings."""
    _compiled_pack.cache_clear()
    for name, check in _checks(data_folder):
        try:
            yield CheckResult(name, True, check())
        except ExplorerError as error:
            yield CheckResult(name, False, str(error))
        except Exception:
            log.exception("Unexpected error in the check of %s.", name)
            yield CheckResult(name, False, unexpected_error_text())


def unexpected_error_text() -> str:
    """Return the message for an unexpected error."""
    return f"Unexpected error. Run “{command_line('--debug self-check')}” to write a log of it."


def _checks(data_folder: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    for info in shipped_packs() or (None,):
        yield "pack", partial(_check_pack, info.folder if info else default_pack_folder())
    yield "font", _check_font
    yield "icons", _check_icons
    yield "layout", _check_layout
    for format_ in formats_of(SubjectKind.ARCHITECTURE):
        yield format_.extension, partial(_check_export, format_)
    yield "writing", partial(check_writable, data_folder)
    yield "display", check_display


@cache
def _compiled_pack(folder: Path) -> CompiledPack:
    return compile_pack(load_pack(folder))


def _check_pack(folder: Path) -> str:
    pack = _compiled_pack(folder).pack
    return f"{pack.title}, as of {pack.as_of}: {len(pack.questions)} questions, {len(pack.rules)} rules"


def _check_font() -> str:
    ensure_qt()
    texts = [file.read_text("utf-8") for info in shipped_packs() for file in info.folder.glob("*.toml")]
    characters = set("".join(texts)) - {"\n"}
    for bold in (False, True):
        metrics = QFontMetricsF(picture_font(bold))
        if not metrics.horizontalAdvance("Berth") > 0:
            raise ExplorerError("Cannot measure text. Reinstall Berth.")
        if missing := sorted(each for each in characters if not metrics.inFontUcs4(ord(each))):
            raise ExplorerError(f"The font has no glyphs for {' '.join(missing)}; they are drawn as boxes.")
    return f"{font_family()}, regular and bold, has all {len(characters)} characters of the packs"


def _check_icons() -> str:
    ensure_qt()
    files = sorted(path for path in resource_path().rglob("*.svg"))
    if broken := [file.name for file in files if not QSvgRenderer(str(file)).isValid()]:
        raise ExplorerError(f"Cannot read icons: {', '.join(broken)}. Reinstall Berth.")
    if not files:
        raise ExplorerError("There are no icons. Reinstall Berth.")
    return f"{len(files)} are valid"


def _default_request(options: Options | None = None) -> Request:
    ensure_qt()
    return request_for_session(create_engine(_compiled_pack(default_pack_folder())), SessionState(), options)


def _check_layout() -> str:
    start = perf_counter()
    case = _default_request().subject
    elapsed_ms = (perf_counter() - start) * 1000
    boxes = len(case.placement.nodes) if isinstance(case, ArchitectureSubject) else 0
    return f"{find_graphviz().program.name} placed {boxes} boxes; the drawing took {elapsed_ms:.0f} ms"


def _check_export(format_: Format) -> str:
    with tempfile.TemporaryDirectory(prefix="berth-self-check-") as folder:
        file = Path(folder) / f"default.{format_.extension}"
        export_file(file, _default_request())
        export_file(file.with_name(f"all-options.{format_.extension}"), _default_request(_ALL_OPTIONS))
        data = file.read_bytes()
    if len(data) < 100:
        raise ExplorerError(f"The {format_.name} is almost empty.")
    check_content = _CONTENT_CHECKS.get(format_.extension)
    if check_content:
        check_content(data)
    return f"{format_.name} of {len(data):,} bytes" + (", content checked" if check_content else "")


_ALL_OPTIONS = Options(
    theme="dark",
    transparent=True,
    aspect=16 / 9,
    caption=~CaptionParts.NONE,
    date="2026-11-23",
    text_as_paths=True,
)
"""Every option of an export at once."""


def _check_png(data: bytes) -> None:
    image = QImage.fromData(data)
    if image.isNull():
        raise ExplorerError("Cannot read the exported PNG.")
    positions = ((x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5))
    if len({image.pixel(x, y) for x, y in positions}) < 10:
        raise ExplorerError("The exported PNG is blank.")


_CONTENT_CHECKS: dict[str, Callable[[bytes], object]] = {"png": _check_png, "json": json.loads}
