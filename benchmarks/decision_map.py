"""The decision map of the shipped pack, and looking around in one of thousands of nodes, frame by frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import cycle
from statistics import median
from time import perf_counter

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from benchmarks.clock import seconds
from benchmarks.pieces import space
from benchmarks.report import Report, Row, limited, ms
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
LARGE = 10
"""So many questions deep the shipped map has some 5,500 nodes."""


def run(quick: bool) -> Report:
    """Measure."""
    app = QApplication.instance() or QApplication([])
    assert app is not None
    rounds = 3 if quick else 9
    themes = {name: parse_theme(theme_values(name)) for name in ("light", "dark")}
    gpu = QuestionId("gpu")
    given = {gpu: space().pack.question_by_id[gpu].answers[0].id}
    first, known, changed = [], [], []
    for _ in range(rounds):
        maps = DecisionMaps(compile_pack(space().pack), themes, QtTextMetrics())
        first.append(seconds(partial(maps.draw, {}, None, FoldState(), "light")))
        known.append(seconds(partial(maps.cached_map, {}, None, FoldState(), "light")))
        changed.append(seconds(partial(maps.cached_map, given, None, FoldState(), "light")))
    tree = DecisionMapBuilder(space())
    large = tree.build_expanded(LARGE)
    number = {node.id: index for index, node in enumerate(large.nodes)}
    cells = [LayoutNode(200, 60, node.level) for node in large.nodes]
    links = [LayoutLink(number[b.source], number[b.target], 40) for b in large.branches]
    placing = median(seconds(lambda: layout_layered_tree(cells, links)) for _ in range(rounds))
    rows = [
        limited("the opened map, from nothing to its picture", median(first), 1),
        limited("the same again", median(known), FRAME_S, "a frame, "),
        limited("another answer on it", median(changed), FRAME_S, "a frame, "),
        limited(f"placing {len(cells):,} nodes", placing, 0.1),
        *_frames(themes["light"], rounds),
    ]
    return Report(tuple(rows), (f"the opened map has {len(tree.build().nodes)} nodes",))


def _frames(theme: Theme, rounds: int) -> list[Row]:
    """Dragging and zooming the large map in a view of ordinary size."""
    folding = DecisionMapBuilder(space()).build_expanded(LARGE).fold_state
    maps = DecisionMaps(space(), {"light": theme}, QtTextMetrics())
    start = perf_counter()
    sheet = maps.draw({}, None, folding, "light")
    made = perf_counter() - start
    view = MapView()
    view.animation.is_enabled = False
    view.resize(1000, 860)
    view.show_map(sheet)
    view.show()
    view.grab()
    rows = [Row(f"making the picture of {len(sheet.decision_map.nodes):,} nodes, off the window", ms(made), "")]
    for scale in (1.0, 0.5, 0.1, 0.02):
        view.set_view_position(ViewPosition(scale, 0.8 * sheet.placement.size[0], sheet.placement.size[1] / 2))
        drag = _each(view, rounds * 6, lambda: view.pan(QPointF(-19, -13)))
        steps = cycle([1.1, 1 / 1.1])
        zoom = _each(view, rounds * 4, lambda steps=steps: view.zoom(next(steps)))  # type: ignore[misc]
        rows.append(limited(f"a frame of dragging at scale {scale:g}", median(drag), FRAME_S, "a frame, "))
        rows.append(limited(f"a frame of zooming at scale {scale:g}", median(zoom), 2 * FRAME_S, "two frames, "))
    view.close()
    return rows


def _each(view: MapView, times: int, move: Callable[[], object]) -> list[float]:
    def frame() -> None:
        move()
        view.grab()

    return [seconds(frame) for _ in range(times)]
