"""The enumeration of distinct drawings, compared with walking through all combinations of answers."""

import random

import pytest
from hypothesis import given as over

from explorer.core.architecture.builder import build_architecture
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from tests.core.distinct_drawings import distinct_drawings, distinct_outcomes
from tests.core.packs import all_answer_sets, compile_toy, make_component, packs

ENGINES = """
    size ? small | large
    engine = steam | diesel | electric
    must grand: size=large => engine!=electric
    default usual: => engine=steam
"""


def _vector(outcome):
    """All that tells outcomes apart: of each part its value, status and alternatives."""
    return tuple((part.value, part.status, part.alternatives) for part in outcome.parts())


def _plan(space, answers):
    """All that tells drawings apart: what stands where and what it says."""
    drawn = build_architecture(space.pack, decide(space, answers))
    return (
        tuple((node.id, node.label, node.detail, node.group, node.attached_to) for node in drawn.nodes),
        tuple((edge.id, edge.label, edge.step) for edge in drawn.edges),
        tuple((group.id, group.parent) for group in drawn.groups),
    )


@pytest.mark.parametrize("defaults", [True, False], ids=["defaults", "no defaults"])
@over(pack=packs())
def test_every_distinct_outcome_is_found_exactly_once(defaults, pack):
    space = compile_pack(pack)
    met = [decide(space, a, defaults=defaults) for a in distinct_outcomes(space, defaults=defaults).all()]
    walked = [decide(space, a, defaults=defaults) for a in all_answer_sets(pack)]
    assert len(met) == len(set(map(_vector, met)))
    assert {_vector(o) for o in met if not o.conflicts} == {_vector(o) for o in walked if not o.conflicts}
    assert any(o.conflicts for o in met) == any(o.conflicts for o in walked)


@over(pack=packs())
def test_each_outcome_comes_with_its_fewest_answers(pack):
    space = compile_pack(pack)
    fewest: dict[object, int] = {}
    for answers in all_answer_sets(pack):
        seen = _vector(decide(space, answers))
        fewest[seen] = min(len(answers), fewest.get(seen, len(answers)))
    for smallest in distinct_outcomes(space).all():
        outcome = decide(space, smallest)
        if not outcome.conflicts:
            assert len(smallest) == fewest[_vector(outcome)]


def test_a_lighter_drawing_is_the_same_drawing():
    space = compile_toy(ENGINES, components=(make_component("boiler", "engine=steam"),))
    assert distinct_outcomes(space).count == 2
    assert distinct_drawings(space).count == 1


def test_another_ghost_is_another_drawing():
    boxes = (
        make_component("boiler", "engine=steam", slot="e"),
        make_component("motor", "engine=electric", slot="e", ghost=True),
    )
    assert distinct_drawings(compile_toy(ENGINES, components=boxes)).count == 2


def test_the_drawings_of_separate_clusters_multiply():
    drawings = distinct_outcomes(
        compile_toy(ENGINES + "colour ? red | blue\npaint = red | blue\nmust p: colour=red => paint=red")
    )
    assert drawings.count == len(list(drawings.all())) == 4
    assert len(list(drawings.one_by_one())) == 4


@pytest.mark.slow
def test_no_drawing_without_a_conflict_of_the_shipped_pack_is_missing(pack, space):
    main_drawings = distinct_drawings(space).each[0]
    assert 3_000 < len(main_drawings) < 10_000
    rng = random.Random(7)
    main = [q for q in pack.questions if not q.id.startswith("image_")]
    random_answers = ({q.id: rng.choice(q.answers).id for q in main if rng.random() < 0.5} for _ in range(200))
    sample = [answers for answers in random_answers if not decide(space, answers).conflicts]
    assert len(sample) > 30
    wanted = {_plan(space, answers) for answers in sample}
    assert wanted <= {_plan(space, answers) for answers in main_drawings}
