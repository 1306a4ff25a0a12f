"""How the layout grows with the nodes, and deciding with the questions."""

from __future__ import annotations

import random
from statistics import median
from time import perf_counter

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks import generated
from benchmarks.clock import Clock, in_turn, medians
from benchmarks.pieces import Bare, Given, forget, lay_out, random_answers
from benchmarks.report import Report, Row, limited, measured, ms, shares
from explorer.core.search.relevance import irrelevant_questions, next_question
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.qt.text_metrics import QtTextMetrics

NODES = (25, 100, 400)
QUESTIONS = (16, 100, 1000)
LIMIT_S = 0.010

PLACING = {
    "explorer.layout.graphviz.process:Graphviz.run": "the layout program",
    "explorer.layout.architecture.place:slots": "sizes",
    "explorer.layout.architecture.place:routes": "routes",
    "explorer.layout.architecture.place:label_edges": "labels",
}
DECIDING = {
    "explorer.core.solver.decide:_explained": "the changed islands",
    "explorer.core.solver.decide:_island_outcome": "finding the others",
    "explorer.core.solver.decide:_choice_outcome": "choices",
    "explorer.core.solver.decide:_traps": "traps",
}


def run(quick: bool) -> Report:
    """Both, each beside what it is to be compared with."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    placed, narrowed = _placing(quick), _narrowing(quick)
    return Report((*placed.rows, *narrowed.rows), (*placed.notes, *narrowed.notes))


def _placing(quick: bool) -> Report:
    ruler, clock = QtTextMetrics(), Clock()
    bare = Bare(ruler)
    rows: list[Row] = []
    notes: tuple[str, ...] = ()
    for nodes in NODES:
        architecture = generated.architecture(nodes)
        source = bare.source(architecture)
        with clock.watching(PLACING):
            times = in_turn(
                2 if quick else 5 if nodes > 100 else 9,
                {
                    "ours": lambda drawing=architecture: lay_out(drawing, ruler, bare.engine),  # type: ignore[misc]
                    "program": lambda text=source: bare.run(text),  # type: ignore[misc]
                },
            )
            clock.taken()
            start = perf_counter()
            lay_out(architecture, ruler, bare.engine)
            spent = clock.taken()
            spent["the rest"] = perf_counter() - start - sum(spent.values())
        name = f"layout of {nodes} nodes, {len(architecture.edges)} edges"
        rows.append(measured(name, times["ours"], "the bare layout program", times["program"]))
        notes = shares(f"layout of {nodes} nodes, once", list(spent.items()))
    return Report(tuple(rows), notes)


def _narrowing(quick: bool) -> Report:
    rows: list[Row] = []
    notes: tuple[str, ...] = ()
    smallest = 0.0
    for questions in QUESTIONS:
        found = _Narrowed(questions, 10 if quick else 40)
        rows.append(limited(f"one answer changed among {questions:,} questions: decide", found.decided, LIMIT_S))
        smallest = smallest or found.focus_moved
        rows.append(
            Row(
                "  and what can still matter",
                ms(found.focus_moved),
                f"that with {QUESTIONS[0]} questions, {ms(smallest)}",
                found.focus_moved / smallest,
            )
        )
        notes = (
            f"{questions:,} questions: {found.islands} islands, at most {found.most_rows:,} rows; "
            f"made ready once in {ms(found.preloaded)}; the first decision takes {ms(found.first)}",
            *shares(f"decide with {questions:,} questions", found.parts),
        )
    return Report(tuple(rows), notes)


class _Narrowed:
    """A generated pack of so many questions, all answered, and then one answer after the other changed."""

    def __init__(self, questions: int, rounds: int) -> None:
        pack = generated.pack(questions)
        start = perf_counter()
        space = compile_pack(pack)
        self.prepared = perf_counter() - start
        self.islands = len(space.subproblems)
        self.most_rows = max(len(island.rows) for island in space.subproblems)
        chance = random.Random(11)
        answers: Given = random_answers(pack, chance)
        while questions > 1 and len(answers) > questions * 9 // 10:  # some are left open
            del answers[chance.choice(list(answers))]
        start = perf_counter()
        decide(space, answers)
        self.first = perf_counter() - start
        decided: list[float] = []
        walked: list[float] = []
        parts: list[dict[str, float]] = []
        clock = Clock()
        for _ in range(rounds):
            forget(space)
            outcome = decide(space, answers)
            irrelevant_questions(space, outcome)
            question = chance.choice(pack.questions)
            others = [answer.id for answer in question.answers if answer.id != answers.get(question.id)]
            answers = {**answers, question.id: chance.choice(others)}
            start = perf_counter()
            outcome = decide(space, answers)
            decided.append(perf_counter() - start)
            start = perf_counter()
            next_question(space, outcome, irrelevant_questions(space, outcome))
            walked.append(perf_counter() - start)
            touched = [island for island in space.subproblems if question.id in island.questions]
            for island in touched:
                island.cache.clear()
            with clock.watching(DECIDING):
                start = perf_counter()
                decide(space, answers)
                spent = perf_counter() - start
            parts.append(clock.taken())
            parts[-1]["putting together"] = spent - sum(parts[-1].values())
        self.decided, self.walked, self.parts = median(decided), median(walked), medians(parts)
