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
from explorer.render.effects import add_halo
from explorer.render.picture import Picture
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values
from explorer.storage.sessions.session_file import session_text

log = logging.getLogger(__name__)


def request_for_session(
    engine: PackEngine, session: SessionState, options: Options | None = None, *, defaults: bool = True
) -> Request:
    """Return the export request for the diagram of a session; raise LayoutError if it cannot be placed.

    Without `defaults`, choices that no answer decides stay open.
    """
    ensure_qt()
    options = options or Options()
    pack, theme = engine.pack, engine.theme(options.theme)
    start = perf_counter()
    outcome = engine.outcome(session.answers, defaults=defaults)
    architecture = engine.architecture(session.workspace, defaults=defaults)
    decided = perf_counter()
    log.debug(
        "Decided %d answers in %d ms: %s.",
        len(session.answers),
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
    picture = add_caption(compose(placement, theme), placement, caption, theme, engine.text_metrics, warning)
    return Request(
        pack.title,
        with_background(picture, options),
        ArchitectureSubject(engine, outcome, architecture, placement, defaults, session.workspace.notes),
        options,
        describe_architecture(pack, outcome, architecture),
        embedded_session(pack, session) if options.session else "",
    )


def _milliseconds(start: float, end: float) -> int:
    return round((end - start) * 1000)


def with_background(picture: Picture, options: Options) -> Picture:
    """Return the picture with its background, or, if transparent, with a halo that is legible on any page."""
    if not options.transparent:
        return picture
    return add_halo(picture, parse_theme(theme_values(options.theme)).halo)


def embedded_session(pack: Pack, session: SessionState) -> str:
    """Return the session text to embed: without undo history, current question and selection."""
    work = replace(session.workspace, current=None, last_question=None, selected_item=None, focused_choice=None)
    return session_text(pack, without_history(replace(session, workspace=work)))


def draw_decision_map(engine: PackEngine, depth: int | None = None, theme: str = "light") -> DrawnMap:
    """Return the drawn decision map: the headline questions, or all questions to a depth of `depth`.

    MapTooLargeError if it has too many nodes to draw.
    """
    start = perf_counter()
    fold_state = FoldState() if depth is None else fully_expanded(engine.pack, depth)
    drawn = engine.maps.draw({}, None, fold_state, theme)
    log.debug("Drew a map of %d nodes in %d ms.", len(drawn.decision_map.nodes), _milliseconds(start, perf_counter()))
    return drawn


def map_title(pack: Pack) -> str:
    """Return the title of a pack's decision map."""
    return f"{pack.title}: decision map"


def request_for_map(drawn: DrawnMap, options: Options | None = None, session: str = "") -> Request:
    """Build the request for a decision map."""
    options = options or Options()
    shown = drawn.decision_map
    picture = with_background(drawn.picture, options)
    return Request(map_title(shown.pack), picture, drawn, options, describe_decision_map(shown), session)


def request_for_comparison(
    title: str, picture: Picture, description: Description, options: Options, session: str = ""
) -> Request:
    """Build the request for two scenarios side by side; it holds only a picture."""
    return Request(title, with_background(picture, options), None, options, description, session)
