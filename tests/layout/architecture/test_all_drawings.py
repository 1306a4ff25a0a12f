"""Every distinct architecture of a shipped pack has a drawing without quality violations."""

import os

import pytest

from explorer.layout.architecture.quality import QualityRule
from tests.layout.architecture.all_drawings import (
    AllDrawings,
    DrawingOptions,
    cluster_overlaps,
    measure_all,
    measure_random_conflicts,
)

pytestmark = [pytest.mark.graphviz, pytest.mark.slow]

LONG = os.environ.get("BERTH_HYPOTHESIS") == "long"
PACKS = ("aws-containers", "aws-messaging")

SAMPLE_SIZE = None if LONG else 30
SEED = 1123
"""A fixed seed, so that every run lays out the same sample; BERTH_HYPOTHESIS=long lays out everything."""

LONG_SWEEPS = (
    [
        pytest.param(DrawingOptions(defaults=True, ghosts=False), id="without ghosts"),
        pytest.param(DrawingOptions(defaults=False, ghosts=True), id="without defaults"),
        pytest.param(DrawingOptions(defaults=False, ghosts=False), id="without both"),
    ]
    if LONG
    else []
)
"""Sweeps that take minutes."""


def violations_by_answers(found: AllDrawings, *, allowed: frozenset[QualityRule] = frozenset()) -> dict[str, list[str]]:
    by_answers = {
        str(dict(one.answers)): [str(violation) for violation in one.violations if violation.rule not in allowed]
        for one in found.drawings
    }
    return {answers: sentences for answers, sentences in by_answers.items() if sentences}


@pytest.mark.parametrize("pack", PACKS)
def test_only_companions_depend_on_the_other_clusters(pack):
    assert cluster_overlaps(pack) == []


@pytest.mark.parametrize(
    "options",
    [*(pytest.param(DrawingOptions(defaults=True, ghosts=True, pack=pack), id=pack) for pack in PACKS), *LONG_SWEEPS],
)
def test_no_distinct_architecture_violates_a_quality_rule(options):
    found = measure_all(options)
    assert found.architectures > len(found.drawings) > 100
    assert violations_by_answers(found) == {}


@pytest.mark.parametrize("pack", PACKS)
def test_no_random_conflict_violates_a_quality_rule(pack):
    """The sweep above has every outcome without a conflict, and each minimal conflict; others are sampled here."""
    found = measure_random_conflicts(DrawingOptions(defaults=True, ghosts=True, pack=pack), 400, SEED)
    assert len(found.drawings) > 50
    assert violations_by_answers(found) == {}


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_longer_texts_lead_to_one_more_crossing_at_most(pack, factor):
    """Three crossings are allowed: EKS on Spot with a service network has three if its texts are longer."""
    found = measure_all(DrawingOptions(defaults=True, ghosts=True, text_factor=factor, pack=pack), SAMPLE_SIZE, SEED)
    assert max(one.crossings for one in found.drawings) <= 3
    assert violations_by_answers(found, allowed=frozenset({QualityRule.TOO_MANY_CROSSINGS})) == {}
