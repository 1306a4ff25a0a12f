"""Each kind of file for one outcome and for many, and a batch on one process and on several."""

from __future__ import annotations

import os
import tempfile
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.clock import in_turn, seconds
from benchmarks.pieces import Given, sample, space
from benchmarks.report import Report, Row, measured, ms
from explorer.core.saved import SavedSession
from explorer.core.scenarios import Scenario
from explorer.core.workspace import Workspace
from explorer.export.asking import of_session, ready
from explorer.export.batch import write
from explorer.export.formats import Format, exported, formats_of
from explorer.export.jobs import Order
from explorer.export.request import Kind, Options, Request
from explorer.storage.resources import shipped_pack

BATCH = "svg,pptx,drawio,md"


def run(quick: bool) -> Report:
    """Every format for the plain case and for many outcomes; then a batch, on one process and on two."""
    ready()
    whole = [_request(answers) for answers in islice(sample(space().pack), 10 if quick else 60)]
    formats = formats_of(Kind.CASE)
    for format_ in formats:
        exported(whole[0], format_)  # what is loaded once is no part of it
    once = in_turn(3 if quick else 9, {f.ending: lambda f=f: exported(whole[0], f) for f in formats})  # type: ignore[misc]
    rows = [_row(format_, once[format_.ending], whole) for format_ in formats]
    one, two = _batch(1, quick), _batch(2, quick)
    scenarios = 4 if quick else 24
    rows.append(measured(f"a batch of {scenarios} on two processes ({BATCH})", two, "on one", one))
    return Report(
        tuple(rows),
        (
            f"{len(whole)} outcomes, laid out before; a deck lays its steps out itself",
            f"{os.cpu_count()} cores; a batch pays for the start of its processes, which read the pack anew",
        ),
    )


def _request(answers: Given) -> Request:
    return of_session(space(), SavedSession(Workspace(answers=answers)))


def _row(format_: Format, once: float, many: list[Request]) -> Row:
    some = many[:8] if format_.ending == "deck.pptx" else many
    times = [seconds(lambda request=request: exported(request, format_)) for request in some]  # type: ignore[misc]
    size = len(exported(many[0], format_)) / 1000
    name = f".{format_.ending}, {size:,.0f} kB"
    return Row(name, ms(once), f"median of {len(some)}: {ms(median(times))}, most {ms(max(times))}")


def _batch(workers: int, quick: bool) -> float:
    answers = islice(sample(space().pack), 4 if quick else 24)
    scenarios = [Scenario(f"case {number}", given) for number, given in enumerate(answers)]
    with tempfile.TemporaryDirectory() as place:
        order = Order(shipped_pack(), Path(place), BATCH, Options())
        return seconds(lambda: list(write(order, scenarios, "bench", workers)))
