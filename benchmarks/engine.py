"""The decision engine: compiling, deciding, looking ahead and verifying, for the shipped and for hard packs.

The folders in the environment variable BENCHMARK_PACKS (separated as in PATH) are measured as well. Times are
CPU times, as the machine may be busy.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean
from time import process_time

from benchmarks.fixtures import AnswerMap
from benchmarks.hard_packs import hard_packs
from benchmarks.results import Report, Row, format_ms, with_limit
from explorer.core.decision_map.map import DecisionMapBuilder, fully_expanded
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack
from explorer.core.search.counterfactuals import counterfactuals
from explorer.core.search.information_gain import order_by_information_gain
from explorer.core.search.relevance import irrelevant_questions
from explorer.core.search.what_if_matrix import matrix
from explorer.core.solver.constraints import CompiledPack, compile_pack, solve
from explorer.core.solver.decide import decide
from explorer.core.verification.proof import verify
from explorer.storage.packs.catalog import shipped_packs
from explorer.storage.packs.loader import load_pack

OPEN_S, LOAD_S, DECIDE_S, LOOK_AHEAD_S, VERIFY_S, HARD_S = 1.0, 0.03, 0.001, 0.05, 10.0, 60.0
SHARES = (0.2, 0.5, 0.8, 1.0)


def run(quick: bool) -> Report:
    """Measure each pack."""
    rows: list[Row] = []
    notes: list[str] = []
    for pack, hard in _packs(quick):
        found, note = _measure(pack, 8 if quick else 32, hard)
        rows += found
        notes.append(note)
    return Report(tuple(rows), tuple(notes))


def _packs(quick: bool) -> Iterator[tuple[Pack, bool]]:
    """Yield each pack, and whether it is one of the hard ones."""
    folders = [info.folder for info in shipped_packs()]
    folders += [Path(folder) for folder in os.environ.get("BENCHMARK_PACKS", "").split(os.pathsep) if folder]
    for folder in folders:
        yield replace(load_pack(folder), id=folder.name), False
    if not quick:
        yield from ((pack, True) for pack in hard_packs())


def _spent(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _each(work: Callable[[AnswerMap], object], answer_sets: list[AnswerMap]) -> tuple[float, float]:
    """Return the mean and the longest time."""
    times = [_spent(lambda some=some: work(some)) for some in answer_sets]  # type: ignore[misc]
    return mean(times), max(times)


def _measure(pack: Pack, rounds: int, hard: bool) -> tuple[list[Row], str]:
    answer_sets = _answer_sets(pack, rounds)
    compiled = compile_pack(pack)
    title = f"{pack.id} ({len(pack.questions)} questions, {len(list(pack.parts()))} parts)"
    opened = _spent(lambda: decide(compiled, {}))
    rows = [with_limit(f"{title}: opened", opened, 10 if hard else OPEN_S)]
    start = process_time()
    try:
        compiled.lookup_tables()
    except ExplorerError as error:
        rows.append(with_limit("  entangled: reported", process_time() - start, 10))
        return [*rows, *_decide(compiled, answer_sets)], f"{pack.id}: {error}"
    rows.append(with_limit("  compile the lookup tables", process_time() - start, 10 if hard else OPEN_S))
    rows += _decide(compiled, answer_sets)
    loaded, data = compile_pack(pack), compiled.lazy_tables.to_bytes("benchmark")
    rows.append(with_limit("  load them", _spent(lambda: loaded.lazy_tables.load(data, "benchmark")), LOAD_S))
    rows += _look_ahead(compiled, answer_sets, hard)
    nodes = len(compiled.lookup_tables().tables.diagrams.levels)
    return rows, f"{pack.id}: {nodes:,} nodes, {len(data):,} bytes"


def _decide(compiled: CompiledPack, answer_sets: list[AnswerMap]) -> list[Row]:
    """Return the rows of what needs no lookup tables. Most of a first decision is the search for reasons."""
    solved = _each(lambda some: [solve(compiled, s, some) for s in compiled.subproblems], answer_sets)
    decided = _each(lambda some: decide(compiled, some), answer_sets)
    again = _each(lambda some: decide(compiled, some), answer_sets)
    return [
        with_limit("  solve", solved[0], DECIDE_S, f"worst {format_ms(solved[1])}; mean "),
        with_limit("  decide with reasons", decided[0], 0.01, f"worst {format_ms(decided[1])}; mean "),
        with_limit("  decide again", again[0], DECIDE_S, f"worst {format_ms(again[1])}; mean "),
    ]


def _look_ahead(compiled: CompiledPack, answer_sets: list[AnswerMap], hard: bool) -> list[Row]:
    """Return the rows of everything that needs the lookup tables."""
    questions = [question.id for question in compiled.pack.questions]
    works: dict[str, Callable[[AnswerMap], object]] = {
        "counterfactuals": lambda some: counterfactuals(compiled, some),
        "irrelevant questions": lambda some: irrelevant_questions(compiled, decide(compiled, some)),
        "information gain": lambda some: order_by_information_gain(
            compiled, some, [question for question in questions if question not in some]
        ),
        "what-if matrix": lambda some: matrix(compiled, some),
    }
    rows = []
    for label, work in works.items():
        average, worst = _each(work, answer_sets)
        rows.append(with_limit(f"  {label}", worst, 10 if hard else LOOK_AHEAD_S, f"mean {format_ms(average)}; worst "))
    verified, deep = _verify(compiled), fully_expanded(compiled.pack, 2)
    return [
        *rows,
        with_limit("  decision map, opened", _spent(lambda: DecisionMapBuilder(compiled).build()), 1),
        with_limit("  decision map, two deep", _spent(lambda: DecisionMapBuilder(compiled).build(deep)), 1),
        with_limit("  verify", verified, HARD_S if hard else VERIFY_S),
    ]


def _verify(compiled: CompiledPack) -> float:
    try:
        return _spent(lambda: verify(compiled))
    except ExplorerError:
        return float("inf")


def _answer_sets(pack: Pack, count: int) -> list[AnswerMap]:
    """Return random answers to a fifth, half, most and all of the questions."""
    chance = random.Random(7)
    return [
        {q.id: chance.choice(q.answers).id for q in pack.questions if chance.random() < SHARES[number % len(SHARES)]}
        for number in range(count)
    ]
