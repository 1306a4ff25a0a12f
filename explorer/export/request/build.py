"""Requests made ready: from answers to a drawn case, and from a pack to its decision map."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from time import perf_counter

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from explorer.core.architecture.builder import draft
from explorer.core.decision_map.map import plant
from explorer.core.decision_map.paths import path as lit
from explorer.core.description import Description
from explorer.core.explanation.alt_text import describe, describe_map
from explorer.core.explanation.explain import warning
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import Pack
from explorer.core.session.session import SavedSession, without_history
from explorer.core.solver.constraints import Space
from explorer.core.solver.decide import decide
from explorer.export.request.request import Case, Options, Request
from explorer.layout.architecture.place import place
from explorer.layout.decision_map.cards import set_out
from explorer.layout.geometry import Placement
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.page import Shape
from explorer.qt.text_metrics import QtRuler
from explorer.render.architecture import compose
from explorer.render.caption import captioned, shape_for
from explorer.render.decision_map import MapSheet, sheet
from explorer.render.halo import without_background
from explorer.render.picture import Picture
from explorer.render.theme import theme_of
from explorer.storage.resources import theme_values
from explorer.storage.sessions.session_file import session_text

log = logging.getLogger(__name__)

Placing = Callable[[Architecture, Shape], Placement]


@cache
def ready() -> QCoreApplication:
    """Qt, made ready to draw where no window did that."""
    return QGuiApplication.instance() or QGuiApplication(["berth"])


def placed(architecture: Architecture, shape: Shape) -> Placement:
    """An architecture laid out by the layout program; LayoutError when that fails."""
    return place(architecture, QtRuler(), find_graphviz(), shape)


def of_session(
    space: Space,
    saved: SavedSession,
    options: Options | None = None,
    *,
    defaults: bool = True,
    placing: Placing = placed,
) -> Request:
    """What a session's answers come to, on its way to a file; LayoutError when it cannot be laid out.

    Without `defaults` what no answer decides stays open.
    """
    ready()
    options = options or Options()
    pack, theme, ruler = space.pack, theme_of(theme_values(options.theme)), QtRuler()
    begun = perf_counter()
    outcome = decide(space, saved.answers, defaults=defaults)
    architecture = draft(pack, outcome, ghosts=saved.workspace.ghosts)
    decided = perf_counter()
    log.debug("Decided by %d answers in %d ms: %s.", len(saved.answers), _ms(begun, decided), outcome.word)
    caption = options.caption_for(pack)
    told = warning(pack, outcome)
    shape = shape_for(caption, architecture.nodes, architecture.edges, ruler, options.aspect, told)
    placement = placing(architecture, shape)
    placed_by = perf_counter()
    log.debug(
        "Laid %d boxes and %d lines out in %d ms.",
        len(placement.nodes),
        len(placement.edges),
        _ms(decided, placed_by),
    )
    drawn = compose(placement, theme)
    return Request(
        pack.title,
        on_its_ground(captioned(drawn, placement, caption, theme, ruler, told), options),
        Case(space, outcome, architecture, placement, defaults, saved.workspace.notes),
        options,
        describe(pack, outcome, architecture),
        carried(pack, saved) if options.session else "",
    )


def _ms(begun: float, ended: float) -> int:
    return round((ended - begun) * 1000)


def on_its_ground(picture: Picture, options: Options) -> Picture:
    """The picture with its background, or where none is wished, with a rim that sets it off from any."""
    if not options.transparent:
        return picture
    return without_background(picture, theme_of(theme_values(options.theme)).halo)


def carried(pack: Pack, saved: SavedSession) -> str:
    """The text of a session for others: not how one got there, nor where one stands."""
    work = replace(saved.workspace, current=None, asked=None, selected=None, choice=None)
    return session_text(pack, without_history(replace(saved, workspace=work)))


def map_of(space: Space, depth: int | None = None, theme: str = "light") -> MapSheet:
    """The decision map, at most so many questions deep; without a depth, the headline questions.

    TooManyNodesError where so much cannot be drawn.
    """
    ready()
    tree, ruler = plant(space), QtRuler()
    begun = perf_counter()
    shown = tree.map() if depth is None else tree.whole(depth)
    drawn = sheet(set_out(shown, ruler), lit(shown, {}), theme_of(theme_values(theme)), ruler)
    log.debug("Drew a map of %d nodes in %d ms.", len(shown.nodes), _ms(begun, perf_counter()))
    return drawn


def map_title(pack: Pack) -> str:
    """What a decision map is called."""
    return f"{pack.title}: decision map"


def of_map(drawn: MapSheet, options: Options | None = None, session: str = "") -> Request:
    """A decision map on its way to a file."""
    options = options or Options()
    shown = drawn.shown
    picture = on_its_ground(drawn.picture, options)
    return Request(map_title(shown.pack), picture, drawn, options, describe_map(shown), session)


def of_comparison(
    title: str, slide: Picture, told: Description, options: Options, session: str = ""
) -> Request:
    """Two scenarios side by side on their way to a file."""
    return Request(title, on_its_ground(slide, options), None, options, told, session)
