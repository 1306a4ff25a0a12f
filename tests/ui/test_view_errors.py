"""Errors while a view is drawn: the user gets a message, and the previous picture stays."""

import pytest

from explorer.qt.painter import IconPainter
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.document.session_store import SessionStore
from explorer.ui.main_window import MainWindow
from tests.ui.toy import THEMES, Toy


def crash(*_arguments):
    raise LookupError("not for the user")


@pytest.fixture
def toy(qapp):
    return Toy()


@pytest.fixture
def window(qtbot, toy):
    window = MainWindow(toy.open_pack, SessionStore(), Canvas(IconPainter()), THEMES)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.diagram_controller.picture is not None)
    yield window
    window.close()


@pytest.fixture
def errors(window):
    errors: list[str] = []
    window.messages.error.connect(errors.append)
    return errors


def test_diagram_keeps_its_previous_picture(qtbot, window, toy, errors):
    before = window.diagram_controller.picture
    toy.layout.before = crash
    window.session.answer("rain", "yes")
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert "diagram" in errors[0]
    assert "not for the user" not in errors[0]
    assert window.diagram_controller.picture is before
    assert window.notice_bar.message == errors[0]


def test_comparison_reports_a_crash_as_a_message(qtbot, window, toy, errors, monkeypatch):
    monkeypatch.setattr(toy.open_pack.comparisons, "comparison", crash)
    window.further_views.open_comparison()
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert "not for the user" not in errors[0]


def test_map_reports_a_crash_as_a_message(qtbot, window, toy, errors, monkeypatch):
    monkeypatch.setattr(toy.engine.maps, "draw", crash)
    window.further_views.open_map()
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert "not for the user" not in errors[0]
