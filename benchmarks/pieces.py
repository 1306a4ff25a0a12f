"""The shipped pack ready for use, answers to go through, and the layout program with nothing around it."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.core.solver.decide import decide
from explorer.layout.geometry import Placement
from explorer.layout.graphviz.process import Graphviz, find_graphviz
from explorer.layout.text_metrics import TextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder

ROOT = Path(__file__).resolve().parents[1]

Given = dict[QuestionId, AnswerId]


@cache
def space() -> CompiledPack:
    """The shipped pack, prepared once."""
    return compile_pack(load_pack(default_pack_folder()))


def forget(prepared: CompiledPack) -> None:
    """Make every decision of a space new again."""
    for island in prepared.subproblems:
        island.cache.clear()


def random_answers(pack: Pack, chance: random.Random) -> Given:
    """An answer to every question."""
    return {question.id: chance.choice(question.answers).id for question in pack.questions}


def sample(pack: Pack) -> Iterator[Given]:
    """Answers that show what a pack can lead to: none, each alone, each pair, then ever more at random."""
    yield {}
    single: list[Given] = [{q.id: answer.id} for q in pack.questions for answer in q.answers]
    yield from single
    pairs = [{**one, **other} for one in single for other in single if set(one) < {*one, *other} > set(other)]
    chance = random.Random(1)
    chance.shuffle(pairs)
    yield from pairs
    for _ in range(20_000):
        whole = random_answers(pack, chance)
        yield {question: answer for question, answer in whole.items() if chance.random() < 0.8}


def drawn(prepared: CompiledPack, answers: Mapping[QuestionId, AnswerId]) -> Architecture:
    """What is drawn for answers."""
    return build_architecture(prepared.pack, decide(prepared, answers))


def lay_out(architecture: Architecture, ruler: TextMetrics, placer: object) -> Placement:
    """Where everything stands, worked out afresh whatever is remembered."""
    module = import_module("explorer.layout.architecture.place")
    found = getattr(module, "lay_out", module.place)(architecture, ruler, placer)
    assert isinstance(found, Placement)
    return found


class Bare:
    """The layout program run by hand: text in, text out, nothing read and nothing drawn."""

    def __init__(self, ruler: TextMetrics) -> None:
        self.engine = find_graphviz()
        self._ruler = ruler

    def source(self, architecture: Architecture) -> str:
        """The very DOT text that Berth hands over for an architecture."""
        told = _Listening(self.engine)
        lay_out(architecture, self._ruler, told)
        return told.source

    def run(self, source: str) -> str:
        """What the program answers."""
        done = subprocess.run(
            [str(self.engine.program), "-Tjson0"],
            input=source,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout


class _Listening:
    def __init__(self, engine: Graphviz) -> None:
        self._engine = engine
        self.source = ""

    def run(self, source: str) -> dict[str, object]:
        self.source = source
        return self._engine.run(source)
