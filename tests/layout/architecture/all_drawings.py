"""All drawings of a pack: finds the layout problems that differ, and lays them out in several processes."""

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
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.core.solver.decide import decide
from explorer.layout.architecture.place import layout_architecture
from explorer.layout.architecture.quality import Violation, count_crossings, violations
from explorer.layout.architecture.stages import measure
from explorer.layout.graphviz import dot
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.measured_nodes import measure_nodes
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.distinct_drawings import DistinctDrawings, clusters, distinct_drawings


@dataclass(frozen=True)
class DrawingOptions:
    """The pack, what is shown of an outcome, and the factor by which all texts are lengthened."""

    defaults: bool
    ghosts: bool
    text_factor: float = 1
    pack: str = "aws-containers"


@dataclass(frozen=True)
class MeasuredDrawing:
    """One layout problem with the answers that lead to it, its crossings and its quality violations."""

    key: str
    answers: Answers
    crossings: int
    violations: tuple[Violation, ...]


@dataclass(frozen=True)
class AllDrawings:
    """The number of architectures of a pack, and the measured drawing of each layout problem."""

    architectures: int
    drawings: tuple[MeasuredDrawing, ...]


@cache
def _metrics() -> QtTextMetrics:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        _metrics.app = QGuiApplication([])  # type: ignore[attr-defined]
    return QtTextMetrics()


@cache
def _compiled_pack(name: str) -> CompiledPack:
    return compile_pack(load_pack(default_pack_folder().parent / name))


def _architecture(answers: Answers, options: DrawingOptions) -> Architecture:
    compiled = _compiled_pack(options.pack)
    outcome = decide(compiled, answers, defaults=options.defaults)
    return with_longer_text(build_architecture(compiled.pack, outcome, ghosts=options.ghosts), options.text_factor)


def with_longer_text(architecture: Architecture, factor: float) -> Architecture:
    """The architecture with all texts longer by a factor, as in another language."""
    if factor == 1:
        return architecture
    return Architecture(
        tuple(
            replace(node, label=_lengthen(node.label, factor), detail=_lengthen(node.detail, factor))
            for node in architecture.nodes
        ),
        tuple(replace(edge, label=_lengthen(edge.label, factor)) for edge in architecture.edges),
        tuple(replace(group, label=_lengthen(group.label, factor)) for group in architecture.groups),
    )


def _lengthen(text: str, factor: float) -> str:
    """Repeat the words of a text until it is longer by the factor."""
    words = text.split()
    longer = list(words)
    while words and len(" ".join(longer)) < factor * len(text):
        longer.append(words[len(longer) % len(words)])
    return " ".join(longer)


def layout_problem(architecture: Architecture) -> Hashable:
    """Everything that the positions of boxes, paths and labels depend on.

    The text of a node is not part of it, because text never leaves the node's area, and paths and edge
    labels avoid the whole area.
    """
    nodes = measure_nodes(architecture, _metrics())
    if not nodes:
        return ()
    return (
        next(dot.dot_sources(measure(architecture, _metrics()).graph)),
        tuple((n, m.size, bool(m.companions), m.node.state is ElementState.GHOST) for n, m in nodes.items()),
        tuple(
            node.size for level in (1, 2) for node in measure_nodes(architecture, _metrics(), shortening=level).values()
        ),
        tuple((edge.id, edge.label, edge.step is not None) for edge in architecture.edges),
    )


def measure_drawings(answers: Answers, others: tuple[Answers, ...], options: DrawingOptions) -> list[MeasuredDrawing]:
    """Lay out the distinct problems of some answers combined with each of the others."""
    measured: dict[Hashable, MeasuredDrawing] = {}
    for other in others:
        combined = {**answers, **other}
        architecture = _architecture(combined, options)
        problem = layout_problem(architecture)
        if problem not in measured:
            placement = layout_architecture(architecture, _metrics(), find_graphviz())
            found = violations(placement) if architecture.nodes else ()
            key = sha256(repr(problem).encode()).hexdigest()
            measured[problem] = MeasuredDrawing(key, combined, count_crossings(placement), found)
    return list(measured.values())


def measure_all(options: DrawingOptions, sample_size: int | None = None, seed: int = 0) -> AllDrawings:
    """Lay out every layout problem of a shipped pack, or a random sample of the first question cluster's.

    The first cluster decides which nodes are drawn. The other clusters add companions only, and so change
    heights. Each problem of the first cluster is combined with everything that the others can add.
    """
    drawings = distinct_drawings(_compiled_pack(options.pack), defaults=options.defaults)
    first, others = drawings.each[0], _companion_answers(drawings, options)
    distinct: dict[Hashable, Answers] = {}
    for answers in first:
        distinct.setdefault(layout_problem(_architecture(answers, options)), answers)
    chosen = list(distinct.values())
    if sample_size is not None and sample_size < len(chosen):
        chosen = random.Random(seed).sample(chosen, sample_size)
    work = partial(measure_drawings, others=others, options=options)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        measured = {found.key: found for some in pool.map(work, chosen, chunksize=8) for found in some}
    return AllDrawings(drawings.count, tuple(measured.values()))


def measure_random_conflicts(options: DrawingOptions, sample_size: int, seed: int) -> AllDrawings:
    """Lay out the distinct layout problems of random answers that contradict each other."""
    compiled, rng = _compiled_pack(options.pack), random.Random(seed)
    sample: list[Answers] = []
    while len(sample) < sample_size:
        share = rng.uniform(0.2, 1)
        answers = {q.id: rng.choice(q.answers).id for q in compiled.pack.questions if rng.random() < share}
        if decide(compiled, answers).conflicts:
            sample.append(answers)
    measured = {found.key: found for answers in sample for found in measure_drawings(answers, ({},), options)}
    return AllDrawings(sample_size, tuple(measured.values()))


def _companion_answers(drawings: DistinctDrawings, options: DrawingOptions) -> tuple[Answers, ...]:
    """The answers of all other clusters, one for each set of companion heights that they lead to."""
    pack = _compiled_pack(options.pack).pack
    hosts = {c.attached_to for c in pack.components if c.attached_to and _cluster_of(c.shown_when, options.pack)}
    with_all_hosts = next(
        answers for answers in drawings.each[0] if hosts <= {n.id for n in _architecture(answers, options).nodes}
    )
    distinct: dict[Hashable, Answers] = {}
    for chosen in product(*drawings.each[1:]):
        others = {question: answer for some in chosen for question, answer in some.items()}
        nodes = measure_nodes(_architecture({**with_all_hosts, **others}, options), _metrics())
        heights = sorted((node_id, c.outline.h) for node_id, node in nodes.items() for c in node.companions)
        distinct.setdefault(tuple(heights), others)
    return tuple(distinct.values())


@cache
def _cluster_by_part(pack: str) -> dict[PartId, int]:
    return {
        part.id: index
        for index, cluster in enumerate(clusters(_compiled_pack(pack)))
        for subproblem in cluster
        for part in subproblem.parts
    }


def _cluster_of(conditions: tuple[ValueCondition, ...], pack: str) -> int:
    """The index of the question cluster that conditions depend on."""
    return max((_cluster_by_part(pack)[part] for condition in conditions for part, _ in condition), default=0)


def cluster_overlaps(name: str) -> list[str]:
    """Everything in a pack that depends on the first cluster and on another one.

    The sweep relies on the other clusters adding companions and nothing else.
    """
    pack, cluster_by_part = _compiled_pack(name).pack, _cluster_by_part(name)
    texts = [text for c in pack.components for text in (c.label, c.detail)]
    texts.extend(edge.label for edge in pack.edges)
    overlaps: list[str] = [
        part for part, cluster in cluster_by_part.items() if cluster and any(f"{{{part}}}" in text for text in texts)
    ]
    overlaps.extend(c.id for c in pack.components if c.attached_to is None and _cluster_of(c.shown_when, name))
    overlaps.extend(str(group) for group in pack.diagram_groups if _cluster_of(group.shown_when, name))
    overlaps.extend(str(edge) for edge in pack.edges if _cluster_of(edge.shown_when, name))
    for component in pack.components:
        if any(len({cluster_by_part[part] for part, _ in condition}) > 1 for condition in component.shown_when):
            overlaps.append(component.id)
    return overlaps
