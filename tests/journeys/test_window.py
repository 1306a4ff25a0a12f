"""The real window on the shipped pack, with the real layout program."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from explorer.app import build_main_window
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.engine.pack_engine import PackEngine
from explorer.layout.graphviz.process import LayoutError
from explorer.render.picture import Circle
from explorer.storage.resources import install_dir
from explorer.ui.main_window import MainWindow
from explorer.ui.shell.commands import CommandId

LOCATION = QuestionId("location")


def drawn(window: MainWindow) -> set[str]:
    picture = window.diagram_controller.picture
    assert picture is not None
    return {item.id for item in picture.items}


def answer(qtbot, window, **answers):
    for question, value in answers.items():
        window.walk_panel.answered.emit(question, value)
    settle(qtbot, window)


def settle(qtbot, window):
    engine: PackEngine = window.engine
    workspace = window.session.workspace
    qtbot.waitUntil(
        lambda: engine.cached_picture(workspace, window.theme_manager.theme) == window.diagram_controller.picture
    )


def texts(widget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_window_opens_on_the_default_architecture(window):
    assert {"ecr", "ecs", "fargate", "alb", "cloud-map", "scaling", "logs"} <= drawn(window)
    assert "Amazon ECS" in texts(window.outcome_bar)


def test_a_gpu_changes_the_picture_and_shows_the_trap(qtbot, window):
    answer(qtbot, window, operations="least")
    assert "fargate" in drawn(window)

    answer(qtbot, window, gpu="yes")

    assert "managed-instances" in drawn(window)
    assert "fargate" not in drawn(window)
    qtbot.waitUntil(lambda: "Fargate has no GPUs" in texts(window.takeaway_panel))


def test_the_order_of_answers_does_not_matter(qtbot, window):
    answer(qtbot, window, gpu="yes", kubernetes="required", operations="least")
    first = window.diagram_controller.picture
    window.session.clear_all()
    answer(qtbot, window, operations="least", kubernetes="required", gpu="yes")

    assert window.diagram_controller.picture == first


def test_undo_and_redo_restore_the_picture(qtbot, window):
    before = window.diagram_controller.picture
    answer(qtbot, window, kubernetes="required")
    after = window.diagram_controller.picture
    assert after != before

    window.session.undo()
    assert window.diagram_controller.picture == before, "a known layout is shown at once"
    window.session.redo()
    assert window.diagram_controller.picture == after


def test_an_answer_can_be_cleared_again(qtbot, window):
    before = window.diagram_controller.picture
    answer(qtbot, window, location="disconnected")
    assert "eks-anywhere" in drawn(window)

    window.walk_panel.cleared.emit("location")

    settle(qtbot, window)
    assert window.diagram_controller.picture == before


def test_a_conflict_names_the_answers_and_a_click_repairs_it(qtbot, window):
    answer(qtbot, window, location="on_premises", kubernetes="not_required", load_balancer="yes")
    qtbot.waitUntil(lambda: "answers conflict" in texts(window.takeaway_panel))
    assert "conflict" in texts(window.outcome_bar)
    assert "warning" in drawn(window), "the picture marks the conflict"

    window.takeaway_panel.change_requested.emit((("load_balancer", None),))

    settle(qtbot, window)
    qtbot.waitUntil(lambda: "answers conflict" not in texts(window.takeaway_panel))
    assert "ecs-anywhere" in drawn(window)
    assert "warning" not in drawn(window)


def test_a_selected_box_is_explained(qtbot, window):
    window.canvas.selected.emit("ecr")

    qtbot.waitUntil(lambda: "Amazon ECR" in texts(window.takeaway_panel))
    assert window.session.workspace.selected_item == "ecr"


def test_a_number_key_answers_the_current_question(qtbot, window):
    window.walk_panel.setFocus()
    qtbot.keyClick(window.walk_panel, Qt.Key.Key_1)

    assert dict(window.session.workspace.answers) == {"operations": "least"}


def test_a_failed_layout_is_reported_and_the_last_picture_stays(qtbot, window, monkeypatch):
    last = window.diagram_controller.picture

    def fail(*_):
        raise LayoutError("The diagram could not be laid out: no answer.")

    monkeypatch.setattr(window.engine.layouts, "place", fail)
    window.walk_panel.answered.emit("location", "edge")

    qtbot.waitUntil(lambda: "could not be laid out" in window.notice_bar.message)
    assert window.diagram_controller.picture == last
    monkeypatch.undo()
    answer(qtbot, window, location="hybrid")
    assert "site-tasks" in drawn(window)


def test_a_question_that_is_not_needed_gives_its_reason_and_can_be_answered(qtbot, window):
    answer(
        qtbot,
        window,
        operations="least",
        gpu="no",
        kubernetes="not_required",
        location="cloud",
        host_access="no",
    )
    step = next(s for s in window.current_walk.walk.steps if s.question.id == "placement")
    assert step.status.value == "not needed"
    assert "so no answer to this question" in step.reason

    answer(qtbot, window, placement="fewest_instances")
    assert window.session.workspace.answers["placement"] == "fewest_instances"


def test_the_window_opens_with_the_answers_of_a_session(qtbot, space):
    window = build_main_window(space, SessionState(Workspace(answers={LOCATION: AnswerId("disconnected")})))
    qtbot.addWidget(window)
    window.show()

    qtbot.waitUntil(lambda: window.diagram_controller.picture is not None)
    assert "eks-anywhere" in drawn(window)


def test_without_the_layout_program_the_window_opens_and_reports_it(qtbot, space, monkeypatch):
    def missing():
        raise LayoutError("The diagram cannot be laid out: the program is missing.")

    monkeypatch.setattr("explorer.layout.graphviz.process.find_graphviz", missing)
    window = build_main_window(space)
    qtbot.addWidget(window)
    window.show()

    qtbot.waitUntil(lambda: "the program is missing" in window.notice_bar.message)
    answered = window.session.workspace.answers
    window.walk_panel.answered.emit("gpu", "yes")
    assert window.session.workspace.answers != answered, "everything but the diagram works"


def test_the_print_theme_changes_the_diagram_and_leaves_the_window_light(window, qtbot):
    window.command_actions.by_id[CommandId.THEME_LIGHT].trigger()
    settle(qtbot, window)
    light = window.palette().window().color()
    window.command_actions.by_id[CommandId.THEME_PRINT].trigger()
    settle(qtbot, window)

    shapes = [shape for item in window.diagram_controller.picture.items for shape in item.shapes]
    assert not any(isinstance(shape, Circle) for shape in shapes)
    assert window.palette().window().color() == light
    window.command_actions.by_id[CommandId.THEME_SYSTEM].trigger()


def test_animation_can_be_switched_off(window):
    animation = window.command_actions.by_id[CommandId.ANIMATION]
    window.canvas.set_animation_enabled(True)
    animation.setChecked(True)
    animation.trigger()

    assert not animation.isChecked()
    assert not window.canvas.animation_enabled


LOADED_LATER = (
    "networkx",
    "pptx",
    "lxml",
    "PIL",
    "segno",
    "urllib.request",
    "explorer.export.formats",
    "explorer.core.decision_map.map",
    "explorer.core.search.what_if_matrix",
    "explorer.ui.map.map_view",
    "explorer.ui.compare.compare_view",
)


def test_the_window_opens_without_modules_that_the_first_picture_does_not_need():
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from explorer.app import build_main_window\n"
        "from explorer.core.solver.constraints import compile_pack\n"
        "from explorer.storage.packs.loader import load_pack\n"
        "from explorer.storage.resources import default_pack_folder\n"
        "window = build_main_window(compile_pack(load_pack(default_pack_folder())))\n"
        "window.show()\n"
        f"print([name for name in {LOADED_LATER} if name in sys.modules])\n"
        "window.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(install_dir()),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
