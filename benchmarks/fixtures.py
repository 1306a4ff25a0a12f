"""Inputs of the benchmarks: the shipped pack, sample answers, and Graphviz without Berth."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.core.solver.decide import decide
from explorer.engine.pack_engine import PackEngine
from explorer.layout.architecture import place
from explorer.layout.graphviz.process import Graphviz, find_graphviz
from explorer.layout.text_metrics import TextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder

ROOT = Path(__file__).resolve().parents[1]

AnswerMap = dict[QuestionId, AnswerId]


@cache
def compiled_pack() -> CompiledPack:
    """Return the shipped pack, compiled once."""
    return compile_pack(load_pack(default_pack_folder()))


def clear_cache(pack: CompiledPack) -> None:
    """Remove all cached decisions of a pack."""
    pack.clear_caches()


def clear_engine_caches(engine: PackEngine) -> None:
    """Remove all cached outcomes of an engine, but not its layouts."""
    clear_cache(engine.compiled)
    engine._outcomes.clear()


def clear_layouts(engine: PackEngine) -> None:
    """Remove all cached layouts of an engine."""
    engine.layouts._cache.clear()


def random_answers(pack: Pack, rng: random.Random) -> AnswerMap:
    """Return a random answer to every question."""
    return {question.id: rng.choice(question.answers).id for question in pack.questions}


def sample_answers(pack: Pack) -> Iterator[AnswerMap]:
    """Yield a representative sample: no answer, each answer alone, each pair, then random sets."""
    yield {}
    single: list[AnswerMap] = [{q.id: answer.id} for q in pack.questions for answer in q.answers]
    yield from single
    pairs = [{**one, **other} for one in single for other in single if set(one) < {*one, *other} > set(other)]
    rng = random.Random(1)
    rng.shuffle(pairs)
    yield from pairs
    for _ in range(20_000):
        whole = random_answers(pack, rng)
        yield {question: answer for question, answer in whole.items() if rng.random() < 0.8}


def architecture_for(pack: CompiledPack, answers: Mapping[QuestionId, AnswerId]) -> Architecture:
    """Return the architecture of a set of answers."""
    return build_architecture(pack.pack, decide(pack, answers))


class BareGraphviz:
    """Graphviz without Berth: text in, text out, without parsing and drawing."""

    def __init__(self, ruler: TextMetrics) -> None:
        self.engine = find_graphviz()
        self._ruler = ruler

    def source(self, architecture: Architecture) -> str:
        """Return the DOT text that Berth generates for an architecture."""
        recorder = _Recorder(self.engine)
        place.layout_architecture(architecture, self._ruler, recorder)
        return recorder.source

    def run(self, source: str) -> str:
        """Run the program and return its output."""
        done = subprocess.run(
            [str(self.engine.program), "-Tjson0"],
            input=source,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout


class _Recorder:
    """Forwards DOT text to Graphviz and keeps it."""

    def __init__(self, engine: Graphviz) -> None:
        self._engine = engine
        self.source = ""

    def run(self, source: str) -> dict[str, object]:
        self.source = source
        return self._engine.run(source)
