"""Every distinct architecture that the shipped pack can lead to keeps all that a drawing must keep to."""

import os

import pytest

from tests.layout.every import Showing, entangled, every

pytestmark = pytest.mark.graphviz

LONGER = pytest.mark.skipif(
    os.environ.get("BERTH_HYPOTHESIS") != "long", reason="minutes: set BERTH_HYPOTHESIS=long"
)


def test_what_only_adds_companions_hangs_on_nothing_else():
    assert entangled() == []


@pytest.mark.parametrize(
    "showing",
    [
        pytest.param(Showing(defaults=True, ghosts=True), id="as the window opens"),
        pytest.param(Showing(defaults=True, ghosts=False), id="without ghosts", marks=LONGER),
        pytest.param(Showing(defaults=False, ghosts=True), id="without defaults", marks=LONGER),
        pytest.param(Showing(defaults=False, ghosts=False), id="only what is answered", marks=LONGER),
    ],
)
def test_every_distinct_architecture_is_fit_to_show(showing):
    found = every(showing)
    assert found.architectures > len(found.problems) > 100
    at_fault = {str(dict(one.answers)): one.faults for one in found.problems if one.faults}
    assert at_fault == {}
