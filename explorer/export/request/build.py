"""Requests made ready: from answers to a drawn case, and from a pack to its decision map."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from time import perf_counter

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from explorer.core.architecture.builder import build_architecture
from explorer.core.decision_map.map import create_map_builder
from explorer.core.decision_map.paths import highlight_path as lit
from explorer.core.description import Description
from explorer.core.explanation.alt_text import describe_architecture, describe_decision_map
from explorer.core.explanation.explain import conflict_warning
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState, without_history
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.decide import decide
from explorer.export.request.request import ArchitectureSubject, Options, Request
from explorer.layout.architecture.place import layout_architecture
from explorer.layout.decision_map.cards import layout_decision_map
from explorer.layout.geometry import Placement
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.page import PageShape
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.architecture import compose
from explorer.render.caption import add_caption, page_shape_for
from explorer.render.decision_map import DrawnMap, draw_map
from explorer.render.halo import add_halo
from explorer.render.picture import Picture
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values
from explorer.storage.sessions.session_file import session_text

log = logging.getLogger(__name__)

PlaceFunction = Callable[[Architecture, PageShape], Placement]


@cache
def ensure_qt() -> QCoreApplication:
    """Qt, made ready to draw where no window did that."""
    return QGuiApplication.instance() or QGuiApplication(["berth"])


def lay_out_architecture(architecture: Architecture, shape: PageShape) -> Placement:
    """An architecture laid out by the layout program; LayoutError when that fails."""
    return layout_architecture(architecture, QtTextMetrics(), find_graphviz(), shape)


def request_for_session(
    space: CompiledPack,
    saved: SessionState,
    options: Options | None = None,
    *,
    defaults: bool = True,
    placing: PlaceFunction = lay_out_architecture,
) -> Request:
    """What a session's answers come to, on its way to a file; LayoutError when it cannot be laid out.

    Without `defaults` what no answer decides stays open.
    """
    ensure_qt()
    options = options or Options()
    pack, theme, ruler = space.pack, parse_theme(theme_values(options.theme)), QtTextMetrics()
    begun = perf_counter()
    outcome = decide(space, saved.answers, defaults=defaults)
    architecture = build_architecture(pack, outcome, ghosts=saved.workspace.alternatives_shown)
    decided = perf_counter()
    log.debug(
        "Decided by %d answers in %d ms: %s.",
        len(saved.answers),
        _milliseconds(begun, decided),
        outcome.status_label,
    )
    caption = options.caption_for(pack)
    told = conflict_warning(pack, outcome)
    shape = page_shape_for(caption, architecture.nodes, architecture.edges, ruler, options.aspect, told)
    placement = placing(architecture, shape)
    placed_by = perf_counter()
    log.debug(
        "Laid %d boxes and %d lines out in %d ms.",
        len(placement.nodes),
        len(placement.edges),
        _milliseconds(decided, placed_by),
    )
    drawn = compose(placement, theme)
    return Request(
        pack.title,
        with_background(add_caption(drawn, placement, caption, theme, ruler, told), options),
        ArchitectureSubject(space, outcome, architecture, placement, defaults, saved.workspace.notes),
        options,
        describe_architecture(pack, outcome, architecture),
        embedded_session(pack, saved) if options.session else "",
    )


def _milliseconds(begun: float, ended: float) -> int:
    return round((ended - begun) * 1000)


def with_background(picture: Picture, options: Options) -> Picture:
    """The picture with its background, or where none is wished, with a rim that sets it off from any."""
    if not options.transparent:
        return picture
    return add_halo(picture, parse_theme(theme_values(options.theme)).halo)


def embedded_session(pack: Pack, saved: SessionState) -> str:
    """The text of a session for others: not how one got there, nor where one stands."""
    work = replace(saved.workspace, current=None, last_question=None, selected_item=None, focused_choice=None)
    return session_text(pack, without_history(replace(saved, workspace=work)))


def draw_decision_map(space: CompiledPack, depth: int | None = None, theme: str = "light") -> DrawnMap:
    """The decision map, at most so many questions deep; without a depth, the headline questions.

    TooManyNodesError where so much cannot be drawn.
    """
    ensure_qt()
    tree, ruler = create_map_builder(space), QtTextMetrics()
    begun = perf_counter()
    shown = tree.build() if depth is None else tree.build_expanded(depth)
    drawn = draw_map(layout_decision_map(shown, ruler), lit(shown, {}), parse_theme(theme_values(theme)), ruler)
    log.debug("Drew a map of %d nodes in %d ms.", len(shown.nodes), _milliseconds(begun, perf_counter()))
    return drawn


def map_title(pack: Pack) -> str:
    """What a decision map is called."""
    return f"{pack.title}: decision map"


def request_for_map(drawn: DrawnMap, options: Options | None = None, session: str = "") -> Request:
    """A decision map on its way to a file."""
    options = options or Options()
    shown = drawn.decision_map
    picture = with_background(drawn.picture, options)
    return Request(map_title(shown.pack), picture, drawn, options, describe_decision_map(shown), session)


def request_for_comparison(
    title: str, slide: Picture, told: Description, options: Options, session: str = ""
) -> Request:
    """Two scenarios side by side on their way to a file."""
    return Request(title, with_background(slide, options), None, options, told, session)
