"""Requests made ready: from answers to a drawn case, and from a pack to its decision map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from explorer.core.architecture import Architecture
from explorer.core.brief import warning
from explorer.core.decide import decide
from explorer.core.draft import draft
from explorer.core.pack import Answers, Pack
from explorer.core.routes import path as lit
from explorer.core.space import Space
from explorer.core.tree import plant
from explorer.export.qt_ruler import QtRuler
from explorer.export.request import Case, Options, Request
from explorer.layout.graphviz import find_graphviz
from explorer.layout.map_cards import set_out
from explorer.layout.page import Shape
from explorer.layout.place import place
from explorer.layout.placement import Placement
from explorer.render.caption import captioned, shape_for
from explorer.render.compose import compose
from explorer.render.map_picture import MapSheet, sheet
from explorer.render.theme import theme_of
from explorer.storage.resources import theme_values

Placing = Callable[[Architecture, Shape], Placement]


@dataclass(frozen=True)
class View:
    """What of an outcome is drawn: alternatives that are still possible, and what stands by default."""

    ghosts: bool = True
    defaults: bool = True


@cache
def ready() -> QCoreApplication:
    """Qt, made ready to draw where no window did that."""
    return QGuiApplication.instance() or QGuiApplication(["berth"])


def placed(architecture: Architecture, shape: Shape) -> Placement:
    """An architecture laid out by the layout program; LayoutError when that fails."""
    ready()
    return place(architecture, QtRuler(), find_graphviz(), shape)


def of_answers(
    space: Space,
    answers: Answers,
    options: Options | None = None,
    view: View | None = None,
    placing: Placing = placed,
) -> Request:
    """What a set of answers comes to, on its way to a file; LayoutError when it cannot be laid out."""
    options, view = options or Options(), view or View()
    pack, theme, ruler = space.pack, theme_of(theme_values(options.theme)), QtRuler()
    outcome = decide(space, answers, defaults=view.defaults)
    architecture = draft(pack, outcome, ghosts=view.ghosts)
    caption = options.caption_for(pack)
    shape = shape_for(caption, architecture.nodes, architecture.edges, ruler, options.aspect)
    placement = placing(architecture, shape)
    drawn = compose(placement, theme, warning(pack, outcome))
    picture = captioned(drawn, placement, caption, theme, ruler)
    return Request(pack.title, picture, Case(space, outcome, architecture, placement, view.defaults), options)


def map_of(space: Space, depth: int | None = None, theme: str = "light") -> MapSheet:
    """The decision map, at most so many questions deep; without a depth, the headline questions.

    TooManyNodesError where so much cannot be drawn.
    """
    ready()
    tree, ruler = plant(space), QtRuler()
    shown = tree.map() if depth is None else tree.whole(depth)
    return sheet(set_out(shown, ruler), lit(shown, {}), theme_of(theme_values(theme)), ruler)


def map_title(pack: Pack) -> str:
    """What a decision map is called."""
    return f"{pack.title}: decision map"


def of_map(drawn: MapSheet, options: Options | None = None) -> Request:
    """A decision map on its way to a file."""
    return Request(map_title(drawn.shown.pack), drawn.picture, drawn, options or Options())
