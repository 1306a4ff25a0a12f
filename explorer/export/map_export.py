"""A decision map as a file: a picture, the placed drawing, or a graph for Graphviz."""

from __future__ import annotations

import json
import math
from pathlib import Path

import graphviz

from explorer.core.problems import ExplorerError
from explorer.core.routes import path as lit
from explorer.core.space import Space
from explorer.core.tree import DecisionMap, Kind, plant
from explorer.export.dot_text import words
from explorer.export.exporting import UnknownFormatError, known_ending, ready
from explorer.export.paint import Icons
from explorer.export.qt_ruler import QtRuler
from explorer.export.raster import LONGEST_SIDE, MOST_PIXELS, PngOptions, png_bytes, write_whole
from explorer.layout.map_cards import MapPlacement, answers_of, set_out, title_of
from explorer.layout.placement import Box
from explorer.render.map_picture import compose_map
from explorer.render.picture import Picture
from explorer.render.theme import theme_of
from explorer.storage.resources import theme_values

SCALE, LEAST = 2.0, 0.4
"""Pixels to the point: as a rule, and the fewest at which a map can be read."""

ENDINGS = ("png", "json", "dot")


class MapTooLargeError(ExplorerError):
    """A map that no PNG can show so that it can be read."""

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__(
            f"so much of the map is {size[0]:,.0f} × {size[1]:,.0f} points, too much for a PNG that can be "
            "read: ask for a smaller depth, or for .json or .dot"
        )


def export_map(target: Path, space: Space, depth: int | None = None, theme: str = "light") -> DecisionMap:
    """Write the map, at most so many questions deep; without a depth, the headline questions. The map."""
    ending = known_ending(target)
    if ending not in ENDINGS:
        raise UnknownFormatError(target)
    tree = plant(space)
    shown = tree.map() if depth is None else tree.whole(depth)
    title = f"{space.pack.title}: decision map"
    if ending == "dot":
        data = _dot(shown, title).encode()
    else:
        ready()
        placement = set_out(shown, QtRuler())
        if ending == "json":
            data = (json.dumps(placed_map(placement), ensure_ascii=False, indent=2) + "\n").encode()
        else:
            picture = compose_map(placement, lit(shown, {}), theme_of(theme_values(theme)), QtRuler())
            data = png_bytes(picture, PngOptions(scale=fitting(picture), title=title), Icons())
    write_whole(target, data)
    return shown


def fitting(picture: Picture) -> float:
    """Pixels to the point: as a rule, or as a very large picture allows; MapTooLargeError for too few."""
    w, h = picture.size
    most = 0.999 * min(LONGEST_SIDE / max(w, h, 1), math.sqrt(MOST_PIXELS / max(w * h, 1)))
    if most < LEAST:
        raise MapTooLargeError(picture.size)
    return min(SCALE, most)


def placed_map(placement: MapPlacement) -> dict[str, object]:
    """The map where it stands, in points, y down."""
    shown = placement.shown
    pack = shown.pack
    return {
        "pack": {"id": pack.id, "version": pack.version, "as_of": pack.as_of},
        "size": [round(side, 2) for side in placement.size],
        "nodes": [
            {
                "id": card.node.id,
                "kind": card.node.kind.value,
                "question": card.node.question,
                "outcome": card.node.summary,
                "more_questions": card.node.hidden,
                "box": _box(card.box),
                "label_boxes": [_box(line.box) for line in (card.title, *(row.line for row in card.rows))],
            }
            for card in placement.cards
        ],
        "edges": [
            {
                "from": placed.branch.source,
                "to": placed.branch.target,
                "answers": list(placed.branch.answers),
                "points": [[round(x, 2), round(y, 2)] for x, y in placed.points],
            }
            for placed in placement.branches
        ],
    }


def _box(box: Box) -> list[float]:
    return [round(side, 2) for side in box]


def _dot(shown: DecisionMap, title: str) -> str:
    """The graph as text for other programs; nodes are numbered and every word is a label."""
    dot = graphviz.Digraph(
        graph_attr={"rankdir": "LR", "fontname": "sans-serif", "labelloc": "t", "label": _label(title)},
        node_attr={"shape": "box", "style": "rounded", "fontname": "sans-serif", "fontsize": "11"},
        edge_attr={"fontname": "sans-serif", "fontsize": "10"},
    )
    number = {node.id: f"n{index}" for index, node in enumerate(shown.nodes)}
    for node in shown.nodes:
        more = f" ({node.hidden} more questions)" if node.kind is Kind.FOLDED else ""
        shape = "box" if node.kind is Kind.QUESTION else "ellipse"
        dot.node(number[node.id], label=_label(title_of(shown, node) + more), shape=shape)
    for branch in shown.branches:
        dot.edge(number[branch.source], number[branch.target], label=_label(answers_of(shown, branch)))
    return str(dot.source)


def _label(text: str) -> str:
    return str(graphviz.nohtml(words(text)))
