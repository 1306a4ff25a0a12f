"""Every kind of file for one picture, a PNG at 4K, and all of them for a sample of all outcomes."""

from __future__ import annotations

import random
from functools import partial
from itertools import islice
from statistics import median

from PySide6.QtWidgets import QApplication

from benchmarks.clock import Work, in_turn, seconds
from benchmarks.pieces import sample, space
from benchmarks.report import Report, Row, measured, ms
from explorer.core.model.pack import Answers
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.export.formats import FORMATS, export_bytes
from explorer.export.images.raster import pixel_grid_for, render_image
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import Options, Request, SubjectKind
from explorer.qt.painter import IconPainter

SIZES = {"1920 × 1080": (1920, 1080), "3840 × 2160": (3840, 2160)}


def run(quick: bool) -> Report:
    """One picture by turns in every format, then many."""
    application = QApplication.instance() or QApplication(["Berth"])
    assert application is not None
    one = _request({})
    formats = [each for each in FORMATS if SubjectKind.ARCHITECTURE in each.kinds]
    sizes = {format_.extension: len(export_bytes(one, format_)) for format_ in formats}
    works: dict[str, Work] = {each.extension: partial(export_bytes, one, each) for each in formats}
    works["paint"] = partial(render_image, one.picture, pixel_grid_for(one.picture, Options()), IconPainter())
    times = in_turn(5 if quick else 15, works)
    rows = []
    for each in formats:
        name = f"{each.name}, {sizes[each.extension] / 1000:,.0f} kB"
        rows.append(measured(name, times[each.extension], "to paint it", times["paint"]))
    for name, size in SIZES.items():
        work = partial(export_bytes, _request({}, Options(size=size)), FORMATS[0])
        spent = [seconds(work) for _ in range(3 if quick else 9)]
        rows.append(measured(f"PNG, {name}", median(spent), "PNG as drawn × 2", times["png"]))
    many = [_request(answers) for answers in _spread(20 if quick else 100)]
    for format_ in formats:
        spent = [seconds(partial(export_bytes, request, format_)) for request in many]
        rows.append(Row(f"  many: {format_.name}", ms(median(spent)), f"slowest, {ms(max(spent))}"))
    return Report(
        tuple(rows),
        (
            f"the plain case, and {len(many)} of the distinct outcomes, drawn by lot; laid out beforehand",
            "one PNG as a whole process, beside the package diagrams: the benchmark “export”",
        ),
    )


def _request(answers: Answers, options: Options | None = None) -> Request:
    return request_for_session(create_engine(space()), SessionState(Workspace(answers=answers)), options)


def _spread(count: int) -> list[Answers]:
    found = list(islice(sample(space().pack), 2_000))
    return random.Random(5).sample(found, count)
