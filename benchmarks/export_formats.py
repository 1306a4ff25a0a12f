"""All export formats for one picture, PNG at 4K, and all formats for a sample of outcomes."""

from __future__ import annotations

import random
from functools import partial
from itertools import islice
from statistics import median

from PySide6.QtWidgets import QApplication

from benchmarks.fixtures import compiled_pack, sample_answers
from benchmarks.results import Report, Row, compared, format_ms
from benchmarks.timing import Work, interleaved_medians, time_once
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
    """Export one picture in every format alternately, then many pictures."""
    application = QApplication.instance() or QApplication(["Berth"])
    assert application is not None
    one = _request({})
    formats = [each for each in FORMATS if SubjectKind.ARCHITECTURE in each.kinds]
    sizes = {format_.extension: len(export_bytes(one, format_)) for format_ in formats}
    works: dict[str, Work] = {each.extension: partial(export_bytes, one, each) for each in formats}
    works["paint"] = partial(render_image, one.picture, pixel_grid_for(one.picture, Options()), IconPainter())
    times = interleaved_medians(5 if quick else 15, works)
    rows = []
    for each in formats:
        name = f"{each.name}, {sizes[each.extension] / 1000:,.0f} kB"
        rows.append(compared(name, times[each.extension], "painting", times["paint"]))
    for name, size in SIZES.items():
        work = partial(export_bytes, _request({}, Options(size=size)), FORMATS[0])
        durations = [time_once(work) for _ in range(3 if quick else 9)]
        rows.append(compared(f"PNG, {name}", median(durations), "PNG at twice the drawn size", times["png"]))
    many = [_request(answers) for answers in _random_answers(20 if quick else 100)]
    for format_ in formats:
        durations = [time_once(partial(export_bytes, request, format_)) for request in many]
        rows.append(
            Row(f"  many: {format_.name}", format_ms(median(durations)), f"slowest, {format_ms(max(durations))}")
        )
    return Report(
        tuple(rows),
        (
            f"the default outcome, and {len(many)} random outcomes; layouts are cached",
            "the benchmark “export” measures one PNG as a whole process",
        ),
    )


def _request(answers: Answers, options: Options | None = None) -> Request:
    return request_for_session(create_engine(compiled_pack()), SessionState(Workspace(answers=answers)), options)


def _random_answers(count: int) -> list[Answers]:
    answers = list(islice(sample_answers(compiled_pack().pack), 2_000))
    return random.Random(5).sample(answers, count)
