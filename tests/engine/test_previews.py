"""Previews: what an answer changes, without the answer being given."""

from __future__ import annotations

import pytest

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.workspace import Workspace
from explorer.engine.previews import Previews
from tests.ui.toy import Toy, nodes_of


@pytest.fixture
def toy(qapp: object) -> Toy:
    return Toy()


def test_a_preview_is_the_picture_of_the_answer_with_the_differences(toy: Toy) -> None:
    before = Workspace()
    preview = Previews(toy.engine).preview(before, "shelter", "hut", "light")
    after = Workspace(answers={QuestionId("shelter"): AnswerId("hut")})

    assert nodes_of(preview.picture) == nodes_of(toy.engine.picture(after, "light"))
    bed = next(entry for entry in preview.outcome_entries if entry.id == "bed")
    assert (bed.previous, bed.value) == ("tent", "hut")
    assert "tent" in preview.removed
    assert before == Workspace()


def test_a_preview_is_cached_after_its_preload(toy: Toy) -> None:
    previews = Previews(toy.engine)
    assert previews.cached_preview(Workspace(), "rain", "yes", "light") is None
    previews.preload(Workspace(), "rain", "yes")
    assert previews.cached_preview(Workspace(), "rain", "yes", "light") == previews.preview(
        Workspace(), "rain", "yes", "light"
    )


def test_an_end_of_the_map_is_explained_with_the_answers_that_lead_to_it(toy: Toy) -> None:
    explanation = Previews(toy.engine).explain_end(Workspace(), {"shelter": "hut"}, "In the hut")
    assert explanation.heading == "In the hut"
    assert any("sleep-in-hut" in reason.text for reason in explanation.reasons)
