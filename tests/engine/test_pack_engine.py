"""The pack engine gives every caller and every thread the same result, and calls the layout program only if it must."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, QuestionId
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.engine.pack_engine import PackEngine
from explorer.export.request.engine import create_engine
from tests.ui.toy import QUESTIONS, Toy, hike_pack


def workspace(**answers: str) -> Workspace:
    return Workspace(answers={QuestionId(question): AnswerId(answer) for question, answer in answers.items()})


@pytest.fixture
def toy(qapp: object) -> Toy:
    return Toy()


@pytest.fixture
def uncompiled(qapp: object) -> PackEngine:
    """An engine whose lookup tables are not compiled."""
    return create_engine(compile_pack(hike_pack()))


def test_a_picture_is_cached_once_it_is_laid_out(toy: Toy) -> None:
    assert toy.engine.cached_picture(workspace(rain="yes"), "light") is None
    picture = toy.engine.picture(workspace(rain="yes"), "light")
    assert toy.engine.cached_picture(workspace(rain="yes"), "light") == picture


def test_without_defaults_an_undecided_choice_stays_open(toy: Toy) -> None:
    with_defaults, without = (toy.engine.outcome({}, defaults=defaults) for defaults in (True, False))
    assert with_defaults.choice_by_id[ChoiceId("bed")].value == ("tent",)
    assert without.choice_by_id[ChoiceId("bed")].value == ()


def test_the_window_never_waits_for_lookup_tables(uncompiled: PackEngine) -> None:
    focused = Workspace(focused_choice=ChoiceId("bed"))
    assert uncompiled.explanation(focused).alternatives == ()
    assert uncompiled.walk(focused).current == "shelter"
    assert not uncompiled.can_look_ahead

    uncompiled.prepare_look_ahead()
    assert [value.label for value in uncompiled.explanation(focused).alternatives] == ["hut"]


def test_a_compilation_reports_progress_and_can_be_canceled(uncompiled: PackEngine, monkeypatch) -> None:
    monkeypatch.setattr("explorer.core.decision_diagram.diagram._TICK", 1)

    def cancel(_created_nodes: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        uncompiled.prepare_look_ahead(cancel)
    assert not uncompiled.can_look_ahead
    uncompiled.prepare_look_ahead()
    assert uncompiled.can_look_ahead


def answer_sets(count: int) -> Iterator[Answers]:
    chance = random.Random(3)
    for _ in range(count):
        asked = [question for question in QUESTIONS if chance.random() < 0.7]
        yield {question.id: chance.choice(question.answers).id for question in asked}


def test_threads_that_share_an_engine_get_the_outcomes_of_one_thread(uncompiled: PackEngine) -> None:
    sets = list(answer_sets(300))
    expected = [decide(compile_pack(hike_pack()), answers).choices for answers in sets[:20]]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda answers: uncompiled.outcome(answers).choices, sets))
    assert found[:20] == expected
    assert found == [decide(uncompiled.compiled, answers).choices for answers in sets]
