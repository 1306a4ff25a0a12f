"""The real window on the shipped pack, where most journeys begin."""

import pytest

from explorer.app import build_main_window
from explorer.core.solver.constraints import compile_pack
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder


@pytest.fixture(scope="module")
def space():
    compiled = compile_pack(load_pack(default_pack_folder()))
    compiled.lookup_tables()  # as in an installation, where they are on disk
    return compiled


@pytest.fixture
def window(qtbot, space):
    window = build_main_window(space)
    window.canvas.set_animation_enabled(False)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.diagram_controller.picture is not None)
    return window
