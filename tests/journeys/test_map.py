"""Decision map of the shipped pack in the real window and on the command line."""

import json

import pytest
from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtWidgets import QLabel

from explorer.cli.main import main
from explorer.core.decision_map.map import MapNodeKind
from explorer.core.decision_map.paths import PathStatus
from explorer.export.request.request import Options
from explorer.ui.shell.commands import CommandId
from tests.core.map_paths import end_of_path
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
    window.further_views.map.pane.view.animation.allowed = False
    return window


@pytest.fixture
def view(qtbot, window):
    window.command_actions.by_id[CommandId.MAP].trigger()
    qtbot.waitUntil(lambda: window.further_views.map.pane.view.drawn_map is not None)
    return window.further_views.map.pane.view


def node(view, **answers):
    return end_of_path(view.drawn_map.decision_map, make_answers(**answers)).id


def answers(view):
    return dict(view.drawn_map.highlight.answers)


def test_map_is_drawn_only_when_its_tab_opens(qtbot, window):
    assert window.further_views.map.pane.view.drawn_map is None
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.further_views.map.pane.view.drawn_map is not None)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.view_tabs.current_view is window.canvas


def test_answer_highlights_its_path_and_prunes_the_other_branches(window, view):
    window.walk_panel.answered.emit("operations", "least")
    window.walk_panel.answered.emit("gpu", "yes")

    highlight = view.drawn_map.highlight
    assert highlight.nodes[node(view, operations="least", gpu="yes")] is PathStatus.ACTIVE
    assert highlight.pruned_by[node(view, operations="least", gpu="no")] == ("gpu", "yes")
    assert highlight.current_nodes == {node(view, operations="least", gpu="yes")}


def test_going_to_a_distant_node_is_one_undo_step(window, view):
    window.walk_panel.answered.emit("scaling", "memory")
    end = {**CHEAP, "operations": "hosts_ok"}
    view.go_to_node(node(view, **end))

    assert answers(view) == {"scaling": "memory", **end}
    window.command_actions.by_id[CommandId.UNDO].trigger()
    assert answers(view) == {"scaling": "memory"}


def test_space_unfolds_one_node(qtbot, window, view):
    end = CHEAP
    folded, before = node(view, **end), len(view.drawn_map.decision_map.nodes)
    view.focus_node(folded)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(view.drawn_map.decision_map.nodes) > before)
    assert view.drawn_map.decision_map.node_by_id[folded].kind is MapNodeKind.QUESTION
    assert view.drawn_map.decision_map.node_by_id[folded].question == "host_access"

    view.go_to_node(node(view, **end, host_access="yes"))
    assert answers(view) == {**end, "host_access": "yes"}


def test_map_follows_the_theme_and_is_what_is_exported(window, view):
    window.command_actions.by_id[CommandId.THEME_DARK].trigger()
    assert view.drawn_map.picture.background == "#10161F"
    assert window.commands.export_source().request(Options(theme="dark")).picture == view.drawn_map.picture
    window.command_actions.by_id[CommandId.THEME_LIGHT].trigger()


def test_search_moves_the_focus_to_the_match(qtbot, window, view):
    window.command_actions.by_id[CommandId.FIND].trigger()
    qtbot.keyClicks(window.further_views.map.pane.field, "outposts")
    assert "of" in window.further_views.map.pane.result_label.text()
    assert "Outposts" in view.drawn_map.decision_map.node_by_id[view.focused_node].summary


def test_answer_is_highlighted_without_a_worker(window, view):
    before = view.drawn_map
    window.walk_panel.answered.emit("gpu", "yes")
    assert view.drawn_map.highlight.answers == {"gpu": "yes"}, "in the same turn of the event loop"
    assert view.drawn_map.placement is before.placement


@pytest.mark.parametrize("name", ["map.png", "map.json", "map.dot"])
def test_command_line_exports_the_map(tmp_path, capsys, name):
    assert main(["tree", str(tmp_path / name)]) == 0
    assert "77 nodes" in capsys.readouterr().out
    assert (tmp_path / name).stat().st_size > 1000


def test_depth_limits_the_exported_map(tmp_path, capsys):
    assert main(["tree", str(tmp_path / "map.json"), "--depth", "2"]) == 0
    placed = json.loads((tmp_path / "map.json").read_text())
    assert len(placed["nodes"]) == 7
    assert len(placed["edges"]) == 6


@pytest.mark.parametrize(
    ("arguments", "status", "cause"),
    [
        (["map.bmp"], 2, "map.bmp"),
        (["map.png", "--depth", "0"], 2, "--depth"),
        (["map.png", "--depth", "9"], 2, "depth"),
        (["map.json", "--depth", "14"], 2, "depth"),
        (["nowhere/map.json"], 1, "does not exist"),
    ],
)
def test_map_that_cannot_be_exported_is_one_line_on_stderr(tmp_path, monkeypatch, capsys, arguments, status, cause):
    monkeypatch.chdir(tmp_path)
    assert main(["tree", *arguments]) == status
    error = capsys.readouterr().err
    assert cause in error
    assert error.count("\n") == 1


def panel_texts(window):
    return [label.text() for label in window.takeaway_panel.findChildren(QLabel)]


def test_focus_on_an_end_explains_the_answers_that_lead_there(qtbot, window, view):
    window.walk_panel.answered.emit("gpu", "yes")
    end = node(view, gpu="yes", operations="least", kubernetes="required", location="disconnected")
    title = view.drawn_map.decision_map.node_by_id[end].summary

    view.focus_node(end)

    qtbot.waitUntil(lambda: title in panel_texts(window))
    texts = panel_texts(window)
    assert any("GPU: Yes" in text and "Location: " in text for text in texts)
    assert any("EKS Anywhere" in text for text in texts), "the reason"
    assert dict(window.session.workspace.answers) == {"gpu": "yes"}, "hovering gives no answer"

    view.focus_node(view.drawn_map.decision_map.root.id)
    qtbot.waitUntil(lambda: title not in panel_texts(window))


def test_escape_leaves_the_search_before_it_stops_presenting(qtbot, window, view):
    warnings = []
    handler = qInstallMessageHandler(lambda _type, _context, text: warnings.append(text))
    window.activateWindow()
    window.command_actions.by_id[CommandId.PRESENT].trigger()
    window.command_actions.by_id[CommandId.MAP].trigger()
    field = window.further_views.map.pane.field
    window.further_views.map.pane.focus_search()
    qtbot.waitUntil(field.hasFocus)

    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert window.command_actions.by_id[CommandId.PRESENT].isChecked()

    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not window.command_actions.by_id[CommandId.PRESENT].isChecked()
    qInstallMessageHandler(handler)
    assert not [text for text in warnings if "Ambiguous" in text]
