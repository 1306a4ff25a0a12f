"""Decision map of the shipped pack: first picture, and frame times in a map of thousands of nodes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import cycle
from statistics import median
from time import perf_counter

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from benchmarks.fixtures import compiled_pack
from benchmarks.results import Report, Row, format_ms, with_limit
from benchmarks.timing import time_once
from explorer.core.decision_map.map import DecisionMapBuilder, FoldState
from explorer.core.model.pack import QuestionId
from explorer.core.solver.constraints import compile_pack
from explorer.engine.decision_maps import DecisionMaps
from explorer.layout.decision_map.layered_tree import LayoutLink, LayoutNode, layout_layered_tree
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.theme import Theme, parse_theme
from explorer.storage.resources import theme_values
from explorer.ui.map.map_view import MapView
from explorer.ui.widgets.zoom_view import ViewPosition

FRAME_S = 0.016
LARGE_DEPTH = 10
"""With this depth the map of the shipped pack has about 5,500 nodes."""


def run(quick: bool) -> Report:
    """Measure the initial map, a large layout, and panning and zooming."""
    app = QApplication.instance() or QApplication([])
    assert app is not None
    rounds = 3 if quick else 9
    themes = {name: parse_theme(theme_values(name)) for name in ("light", "dark")}
    gpu = QuestionId("gpu")
    answers = {gpu: compiled_pack().pack.question_by_id[gpu].answers[0].id}
    first, cached, changed = [], [], []
    for _ in range(rounds):
        maps = DecisionMaps(compile_pack(compiled_pack().pack), themes, QtTextMetrics())
        first.append(time_once(partial(maps.draw, {}, None, FoldState(), "light")))
        cached.append(time_once(partial(maps.cached_map, {}, None, FoldState(), "light")))
        changed.append(time_once(partial(maps.cached_map, answers, None, FoldState(), "light")))
    tree = DecisionMapBuilder(compiled_pack())
    large = tree.build_expanded(LARGE_DEPTH)
    number = {node.id: index for index, node in enumerate(large.nodes)}
    cells = [LayoutNode(200, 60, node.level) for node in large.nodes]
    links = [LayoutLink(number[b.source], number[b.target], 40) for b in large.branches]
    layout_time = median(time_once(lambda: layout_layered_tree(cells, links)) for _ in range(rounds))
    rows = [
        with_limit("initial map, nothing cached", median(first), 1),
        with_limit("  cached", median(cached), FRAME_S, "one frame, "),
        with_limit("  with another answer", median(changed), FRAME_S, "one frame, "),
        with_limit(f"layout of {len(cells):,} nodes", layout_time, 0.1),
        *_frames(themes["light"], rounds),
    ]
    return Report(tuple(rows), (f"the initial map has {len(tree.build().nodes)} nodes",))


def _frames(theme: Theme, rounds: int) -> list[Row]:
    """Measure panning and zooming of the large map in a view of normal size."""
    fold_state = DecisionMapBuilder(compiled_pack()).build_expanded(LARGE_DEPTH).fold_state
    maps = DecisionMaps(compiled_pack(), {"light": theme}, QtTextMetrics())
    start = perf_counter()
    sheet = maps.draw({}, None, fold_state, "light")
    drawing_time = perf_counter() - start
    view = MapView()
    view.animation.is_enabled = False
    view.resize(1000, 860)
    view.show_map(sheet)
    view.show()
    view.grab()
    rows = [Row(f"drawing {len(sheet.decision_map.nodes):,} nodes, in a worker", format_ms(drawing_time), "")]
    for scale in (1.0, 0.5, 0.1, 0.02):
        view.set_view_position(ViewPosition(scale, 0.8 * sheet.placement.size[0], sheet.placement.size[1] / 2))
        pan = _frame_times(view, rounds * 6, lambda: view.pan(QPointF(-19, -13)))
        steps = cycle([1.1, 1 / 1.1])
        zoom = _frame_times(view, rounds * 4, lambda steps=steps: view.zoom(next(steps)))  # type: ignore[misc]
        rows.append(with_limit(f"frame of panning at scale {scale:g}", median(pan), FRAME_S, "one frame, "))
        rows.append(with_limit(f"frame of zooming at scale {scale:g}", median(zoom), 2 * FRAME_S, "two frames, "))
    view.close()
    return rows


def _frame_times(view: MapView, times: int, move: Callable[[], object]) -> list[float]:
    def frame() -> None:
        move()
        view.grab()

    return [time_once(frame) for _ in range(times)]
