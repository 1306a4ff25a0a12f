"""Journeys over the decision map of the shipped pack, in the real window."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from explorer.cli.main import main
from explorer.core.decision_map.map import MapNodeKind
from explorer.core.decision_map.paths import PathStatus, end_of_path
from explorer.export.request.request import Options
from explorer.ui.shell.commands import CommandId
from tests.core.packs import make_answers

CHEAP = {
    "operations": "least",
    "gpu": "no",
    "kubernetes": "not_required",
    "location": "cloud",
    "cost": "lowest",
}


@pytest.fixture
def window(window):
    window.tabs.map.pane.view.animation.allowed = False
    return window


@pytest.fixture
def view(qtbot, window):
    window.command_actions.of[CommandId.MAP].trigger()
    qtbot.waitUntil(lambda: window.tabs.map.pane.view.sheet is not None)
    return window.tabs.map.pane.view


def node(view, **answers):
    return end_of_path(view.sheet.shown, make_answers(**answers)).id


def answers(view):
    return dict(view.sheet.marks.answers)


def test_the_map_is_drawn_only_when_it_is_looked_at(qtbot, window):
    assert window.tabs.map.pane.view.sheet is None
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.tabs.map.pane.view.sheet is not None)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.views.current is window.canvas


def test_an_answer_lights_the_path_and_prunes_the_rest(window, view):
    window.walk_panel.answered.emit("operations", "least")
    window.walk_panel.answered.emit("gpu", "yes")

    marks = view.sheet.marks
    assert marks.nodes[node(view, operations="least", gpu="yes")] is PathStatus.ACTIVE
    assert marks.by[node(view, operations="least", gpu="no")] == ("gpu", "yes")
    assert marks.current == {node(view, operations="least", gpu="yes")}


def test_taking_a_branch_far_away_is_one_step_back(window, view):
    window.walk_panel.answered.emit("scaling", "memory")
    end = {**CHEAP, "operations": "hosts_ok"}
    view.choose(node(view, **end))

    assert answers(view) == {"scaling": "memory", **end}
    window.command_actions.of[CommandId.UNDO].trigger()
    assert answers(view) == {"scaling": "memory"}


def test_the_map_unfolds_behind_one_node(qtbot, window, view):
    end = CHEAP
    folded, before = node(view, **end), len(view.sheet.shown.nodes)
    view.focus_node(folded)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(view.sheet.shown.nodes) > before)
    assert view.sheet.shown.node_by_id[folded].kind is MapNodeKind.QUESTION
    assert view.sheet.shown.node_by_id[folded].question == "host_access"

    view.choose(node(view, **end, host_access="yes"))
    assert answers(view) == {**end, "host_access": "yes"}


def test_the_theme_and_the_export_follow_the_map(window, view):
    window.command_actions.of[CommandId.THEME_DARK].trigger()
    assert view.sheet.picture.background == "#10161F"
    assert window.scene().request(Options(theme="dark")).picture == view.sheet.picture
    window.command_actions.of[CommandId.THEME_LIGHT].trigger()


def test_finding_on_the_map_brings_the_keyboard_there(qtbot, window, view):
    window.command_actions.of[CommandId.FIND].trigger()
    qtbot.keyClicks(window.tabs.map.pane.field, "outposts")
    assert "of" in window.tabs.map.pane.told.text()
    assert "Outposts" in view.sheet.shown.node_by_id[view.focused].summary


def test_an_answer_is_shown_on_the_map_at_once(window, view):
    before = view.sheet
    window.walk_panel.answered.emit("gpu", "yes")
    assert view.sheet.marks.answers == {"gpu": "yes"}, "with no turn of the event loop between"
    assert view.sheet.placement is before.placement


@pytest.mark.parametrize("name", ["map.png", "map.json", "map.dot"])
def test_the_command_line_draws_the_map(tmp_path, capsys, name):
    assert main(["tree", str(tmp_path / name)]) == 0
    assert "77 nodes" in capsys.readouterr().out
    assert (tmp_path / name).stat().st_size > 1000


def test_a_depth_limits_the_exported_map(tmp_path, capsys):
    assert main(["tree", str(tmp_path / "map.json"), "--depth", "2"]) == 0
    placed = json.loads((tmp_path / "map.json").read_text())
    assert len(placed["nodes"]) == 7
    assert len(placed["edges"]) == 6


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["map.bmp"], 2, "cannot be exported"),
        (["map.png", "--depth", "0"], 2, "no depth"),
        (["map.png", "--depth", "9"], 2, "smaller depth"),
        (["map.json", "--depth", "14"], 2, "smaller depth"),
        (["nowhere/map.json"], 1, "does not exist"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_sentence(tmp_path, monkeypatch, capsys, words, status, said):
    monkeypatch.chdir(tmp_path)
    assert main(["tree", *words]) == status
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def ends(view, kind):
    """The ends of a kind on the map, as it is unfolded."""
    return [node for node in view.sheet.shown.nodes if node.kind is kind]


def panel_says(window):
    return [label.text() for label in window.takeaways.findChildren(QLabel)]


def test_an_end_that_one_rests_on_says_which_answers_lead_there_and_why(qtbot, window, view):
    window.walk_panel.answered.emit("gpu", "yes")
    end = node(view, gpu="yes", operations="least", kubernetes="required", location="disconnected")
    title = view.sheet.shown.node_by_id[end].summary

    view.focus_node(end)

    qtbot.waitUntil(lambda: title in panel_says(window))
    said = panel_says(window)
    assert any("GPU: Yes" in words and "Location: At a site without a link" in words for words in said)
    assert any("Only EKS Anywhere runs without a link" in words for words in said), "the rule in a sentence"
    assert dict(window.session.workspace.answers) == {"gpu": "yes"}, "nothing is answered by looking"

    view.focus_node(view.sheet.shown.root.id)
    qtbot.waitUntil(lambda: title not in panel_says(window))
