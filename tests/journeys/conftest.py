"""The real window on the shipped pack, where most journeys begin."""

import pytest

from explorer.app import build
from explorer.core.solver.constraints import prepare
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import shipped_pack


@pytest.fixture(scope="module")
def space():
    return prepare(load_pack(shipped_pack()))


@pytest.fixture
def window(qtbot, space):
    window = build(space)
    window.canvas.allow_motion(False)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.drawing.picture is not None)
    return window
