"""All that a pack can draw, told apart by what placing it depends on, and laid out by several processes."""

from __future__ import annotations

import os
import random
from collections.abc import Hashable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from itertools import product
from multiprocessing import get_context

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import Architecture, ElementState
from explorer.core.model.pack import Answers, PartId, ValueCondition
from explorer.core.search.clusters import archipelagos
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.core.solver.decide import decide
from explorer.core.verification.drawings import DistinctDrawings, distinct_drawings
from explorer.layout.architecture.place import graph_input, layout_architecture
from explorer.layout.architecture.quality import count_crossings, violations
from explorer.layout.graphviz import dot
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.measured_nodes import measure_nodes
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder


@dataclass(frozen=True)
class Showing:
    """What is shown of an outcome, and how many times longer than the pack's own its words are."""

    defaults: bool
    ghosts: bool
    longer: float = 1
    pack: str = "aws-containers"


@dataclass(frozen=True)
class Measured:
    """One problem that was laid out: what tells it apart, its answers, its crossings and its faults."""

    key: str
    answers: Answers
    crossings: int
    faults: tuple[str, ...]


@cache
def _ruler() -> QtTextMetrics:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        _ruler.app = QGuiApplication([])  # type: ignore[attr-defined]
    return QtTextMetrics()


@cache
def _space(pack: str) -> CompiledPack:
    return compile_pack(load_pack(default_pack_folder().parent / pack))


def _drawn(answers: Answers, showing: Showing) -> Architecture:
    outcome = decide(_space(showing.pack), answers, defaults=showing.defaults)
    return lengthened(build_architecture(_space(showing.pack).pack, outcome, ghosts=showing.ghosts), showing.longer)


def lengthened(architecture: Architecture, times: float) -> Architecture:
    """The architecture with all its words so many times longer, as another language might have them."""
    if times == 1:
        return architecture
    return Architecture(
        tuple(
            replace(node, label=_longer(node.label, times), detail=_longer(node.detail, times))
            for node in architecture.nodes
        ),
        tuple(replace(edge, label=_longer(edge.label, times)) for edge in architecture.edges),
        tuple(replace(group, label=_longer(group.label, times)) for group in architecture.groups),
    )


def _longer(text: str, times: float) -> str:
    """The text going on with its own words until it is that much longer."""
    words = text.split()
    found = list(words)
    while words and len(" ".join(found)) < times * len(text):
        found.append(words[len(found) % len(words)])
    return " ".join(found)


def problem(architecture: Architecture) -> Hashable:
    """All that the places of boxes, paths and words depend on.

    The widths of a node's words are no part of it: they never leave its slot, and
    paths and words of edges keep off the whole slot.
    """
    rooms = measure_nodes(architecture, _ruler())
    if not rooms:
        return ()
    sheet = graph_input(architecture, rooms, _ruler())
    return (
        next(dot.dot_sources(sheet)),
        tuple((n, s.size, bool(s.companions), s.node.state is ElementState.GHOST) for n, s in rooms.items()),
        tuple(slot.size for level in (1, 2) for slot in measure_nodes(architecture, _ruler(), abridged=level).values()),
        tuple((edge.id, edge.label, edge.step is not None) for edge in architecture.edges),
    )


def measured(answers: Answers, others: tuple[Answers, ...], showing: Showing) -> list[Measured]:
    """The distinct problems of some answers together with each of the others, laid out."""
    found: dict[Hashable, Measured] = {}
    for other in others:
        together = {**answers, **other}
        architecture = _drawn(together, showing)
        key = problem(architecture)
        if key not in found:
            placement = layout_architecture(architecture, _ruler(), find_graphviz())
            told = violations(placement) if architecture.nodes else ()
            found[key] = Measured(sha256(repr(key).encode()).hexdigest(), together, count_crossings(placement), told)
    return list(found.values())


@dataclass(frozen=True)
class Every:
    """What was measured over all that a pack can draw."""

    architectures: int
    problems: tuple[Measured, ...]


def every(showing: Showing, most: int | None = None, seed: int = 0) -> Every:
    """Lay out every problem that a shipped pack can pose, or `most` of the first archipelago's by lot.

    The first archipelago decides what is drawn, the others only add companions and so change
    heights: each distinct problem of the first is laid out with all that the others can add.
    """
    drawings = distinct_drawings(_space(showing.pack), defaults=showing.defaults)
    first, others = drawings.each[0], _others(drawings, showing)
    bases: dict[Hashable, Answers] = {}
    for answers in first:
        bases.setdefault(problem(_drawn(answers, showing)), answers)
    chosen = list(bases.values())
    if most is not None and most < len(chosen):
        chosen = random.Random(seed).sample(chosen, most)
    work = partial(measured, others=others, showing=showing)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        problems = {found.key: found for some in pool.map(work, chosen, chunksize=8) for found in some}
    return Every(drawings.count, tuple(problems.values()))


def _others(drawings: DistinctDrawings, showing: Showing) -> tuple[Answers, ...]:
    """The answers of all other archipelagos, one for each set of heights of the companions that they add."""
    pack = _space(showing.pack).pack
    hosts = {c.attached_to for c in pack.components if c.attached_to and _sea(c.shown_when, showing.pack)}
    drawn = (answers for answers in drawings.each[0] if hosts <= {n.id for n in _drawn(answers, showing).nodes})
    everywhere = next(drawn)
    found: dict[Hashable, Answers] = {}
    for chosen in product(*drawings.each[1:]):
        others = {question: answer for some in chosen for question, answer in some.items()}
        rooms = measure_nodes(_drawn({**everywhere, **others}, showing), _ruler())
        heights = sorted((name, c.outline.h) for name, slot in rooms.items() for c in slot.companions)
        found.setdefault(tuple(heights), others)
    return tuple(found.values())


@cache
def _home(pack: str) -> dict[PartId, int]:
    seas = archipelagos(_space(pack))
    return {part.id: index for index, sea in enumerate(seas) for island in sea.islands for part in island.parts}


def _sea(shown: tuple[ValueCondition, ...], pack: str) -> int:
    """The archipelago that conditions hang on."""
    return max((_home(pack)[part] for condition in shown for part, _ in condition), default=0)


def entangled(name: str) -> list[str]:
    """What hangs on the first archipelago and on another too, so that the two cannot be told apart.

    `name` is the pack's. Another may add companions and nothing else.
    """
    pack, home = _space(name).pack, _home(name)
    texts = [text for c in pack.components for text in (c.label, c.detail)]
    texts.extend(edge.label for edge in pack.edges)
    mixed: list[str] = [part for part, sea in home.items() if sea and any(f"{{{part}}}" in text for text in texts)]
    mixed.extend(c.id for c in pack.components if c.attached_to is None and _sea(c.shown_when, name))
    mixed.extend(str(frame) for frame in pack.diagram_groups if _sea(frame.shown_when, name))
    mixed.extend(str(edge) for edge in pack.edges if _sea(edge.shown_when, name))
    for component in pack.components:
        if any(len({home[part] for part, _ in condition}) > 1 for condition in component.shown_when):
            mixed.append(component.id)
    return mixed
