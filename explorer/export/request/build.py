"""Builds export requests from a session, a decision map or a comparison."""

from __future__ import annotations

import logging
from dataclasses import replace
from time import perf_counter

from explorer.core.decision_map.map import FoldState, fully_expanded
from explorer.core.description import Description
from explorer.core.explanation.alt_text import describe_architecture, describe_decision_map
from explorer.core.explanation.explain import conflict_warning
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState, without_history
from explorer.engine.pack_engine import PackEngine
from explorer.export.request.engine import ensure_qt
from explorer.export.request.request import ArchitectureSubject, Options, Request
from explorer.render.architecture import compose
from explorer.render.caption import add_caption, page_shape_for
from explorer.render.decision_map import DrawnMap
from explorer.render.halo import add_halo
from explorer.render.picture import Picture
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values
from explorer.storage.sessions.session_file import session_text

log = logging.getLogger(__name__)


def request_for_session(
    engine: PackEngine, saved: SessionState, options: Options | None = None, *, defaults: bool = True
) -> Request:
    """Return the export request for the diagram of a session; LayoutError if it cannot be laid out.

    Without `defaults`, choices that no answer decides stay open.
    """
    ensure_qt()
    options = options or Options()
    pack, theme = engine.pack, engine.theme(options.theme)
    start = perf_counter()
    outcome = engine.outcome(saved.answers, defaults=defaults)
    architecture = engine.architecture(saved.workspace, defaults=defaults)
    decided = perf_counter()
    log.debug(
        "Decided by %d answers in %d ms: %s.",
        len(saved.answers),
        _milliseconds(start, decided),
        outcome.status_label,
    )
    caption = options.caption_for(pack)
    warning = conflict_warning(pack, outcome)
    shape = page_shape_for(
        caption, architecture.nodes, architecture.edges, engine.text_metrics, options.aspect, warning
    )
    placement = engine.layouts.place(architecture, shape)
    log.debug(
        "Placed %d nodes and %d edges in %d ms.",
        len(placement.nodes),
        len(placement.edges),
        _milliseconds(decided, perf_counter()),
    )
    drawn = add_caption(compose(placement, theme), placement, caption, theme, engine.text_metrics, warning)
    return Request(
        pack.title,
        with_background(drawn, options),
        ArchitectureSubject(engine, outcome, architecture, placement, defaults, saved.workspace.notes),
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


def draw_decision_map(engine: PackEngine, depth: int | None = None, theme: str = "light") -> DrawnMap:
    """Return the decision map with the headline questions, or with `depth` the whole map, that many questions deep.

    MapTooLargeError if it has too many nodes to draw.
    """
    start = perf_counter()
    fold_state = FoldState() if depth is None else fully_expanded(engine.pack, depth)
    drawn = engine.maps.draw({}, None, fold_state, theme)
    log.debug("Drew a map of %d nodes in %d ms.", len(drawn.decision_map.nodes), _milliseconds(start, perf_counter()))
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
