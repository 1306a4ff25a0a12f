"""Every distinct architecture that a shipped pack can lead to keeps all that a drawing must keep to."""

import os

import pytest

from tests.layout.every import Every, Showing, entangled, every

pytestmark = pytest.mark.graphviz

LONG = os.environ.get("BERTH_HYPOTHESIS") == "long"
LONGER = pytest.mark.skipif(not LONG, reason="minutes: set BERTH_HYPOTHESIS=long")
PACKS = ("aws-containers", "aws-messaging")

BY_LOT = None if LONG else 30
LOT = 1123
"""The same lot in every run; all of them are laid out where BERTH_HYPOTHESIS=long asks for it."""


def at_fault(found: Every) -> dict[str, tuple[str, ...]]:
    return {str(dict(one.answers)): one.faults for one in found.problems if one.faults}


@pytest.mark.parametrize("pack", PACKS)
def test_what_only_adds_companions_hangs_on_nothing_else(pack):
    assert entangled(pack) == []


@pytest.mark.parametrize(
    "showing",
    [
        *(pytest.param(Showing(defaults=True, ghosts=True, pack=pack), id=pack) for pack in PACKS),
        pytest.param(Showing(defaults=True, ghosts=False), id="without ghosts", marks=LONGER),
        pytest.param(Showing(defaults=False, ghosts=True), id="without defaults", marks=LONGER),
        pytest.param(Showing(defaults=False, ghosts=False), id="only what is answered", marks=LONGER),
    ],
)
def test_every_distinct_architecture_is_fit_to_show(showing):
    found = every(showing)
    assert found.architectures > len(found.problems) > 100
    assert at_fault(found) == {}


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("longer", [1.5, 2.0], ids=["half as long again", "twice as long"])
def test_it_is_so_with_longer_words(pack, longer):
    """One crossing more is let pass: EKS on Spot with a service network has three where words are longer."""
    found = every(Showing(defaults=True, ghosts=True, longer=longer, pack=pack), BY_LOT, LOT)
    assert max(one.crossings for one in found.problems) <= 3
    others = {a: [fault for fault in told if "crossings" not in fault] for a, told in at_fault(found).items()}
    assert not any(others.values()), others
