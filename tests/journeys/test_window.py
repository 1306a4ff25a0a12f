"""Journeys through the real window, on the shipped pack, with the real layout program."""

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
    study: PackEngine = window.engine
    workspace = window.session.workspace
    qtbot.waitUntil(
        lambda: study.cached_picture(workspace, window.theme_manager.theme) == window.diagram_controller.picture
    )


def texts(widget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_it_opens_on_the_plain_case(window):
    assert {"ecr", "ecs", "fargate", "alb", "cloud-map", "scaling", "logs"} <= drawn(window)
    assert "Amazon ECS" in texts(window.outcome)


def test_a_gpu_moves_the_picture_and_springs_the_trap(qtbot, window):
    answer(qtbot, window, operations="least")
    assert "fargate" in drawn(window)

    answer(qtbot, window, gpu="yes")

    assert "managed-instances" in drawn(window)
    assert "fargate" not in drawn(window)
    qtbot.waitUntil(lambda: "Least operations meets a GPU" in texts(window.takeaways))
    assert "Fargate has no GPUs" in texts(window.takeaways)


def test_the_order_of_answers_does_not_matter(qtbot, window):
    answer(qtbot, window, gpu="yes", kubernetes="required", operations="least")
    first = window.diagram_controller.picture
    window.session.clear_all()
    answer(qtbot, window, operations="least", kubernetes="required", gpu="yes")

    assert window.diagram_controller.picture == first


def test_undo_and_redo_bring_the_picture_back(qtbot, window):
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
    qtbot.waitUntil(lambda: "answers conflict" in texts(window.takeaways))
    assert "hold together" in texts(window.outcome)
    assert "warning" in drawn(window), "no picture shows as sound what is not"

    window.takeaways.taken.emit((("load_balancer", None),))

    settle(qtbot, window)
    qtbot.waitUntil(lambda: "answers conflict" not in texts(window.takeaways))
    assert "ecs-anywhere" in drawn(window)
    assert "warning" not in drawn(window)


def test_a_selected_box_is_explained(qtbot, window):
    window.canvas.selected.emit("ecr")

    qtbot.waitUntil(lambda: "Amazon ECR" in texts(window.takeaways))
    assert window.session.workspace.selected == "ecr"


def test_a_number_key_answers_the_question_at_hand(qtbot, window):
    window.walk_panel.setFocus()
    qtbot.keyClick(window.walk_panel, Qt.Key.Key_1)

    assert dict(window.session.workspace.answers) == {"operations": "least"}


def test_a_failing_layout_says_so_and_keeps_the_last_picture(qtbot, window, monkeypatch):
    last = window.diagram_controller.picture

    def fail(_architecture):
        raise LayoutError("The diagram could not be laid out: no answer.")

    monkeypatch.setattr(window.engine.layouts, "placement", fail)
    window.walk_panel.answered.emit("location", "edge")

    qtbot.waitUntil(lambda: "could not be laid out" in window.notice_bar.message)
    assert window.diagram_controller.picture == last
    monkeypatch.undo()
    answer(qtbot, window, location="hybrid")
    assert "site-tasks" in drawn(window)


def test_a_passed_over_question_says_why_and_can_still_be_answered(qtbot, window):
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
    assert "settle" in step.reason

    answer(qtbot, window, placement="fewest_instances")
    assert window.session.workspace.answers["placement"] == "fewest_instances"


def test_it_opens_on_the_answers_of_a_session(qtbot, space):
    window = build_main_window(space, SessionState(Workspace(answers={LOCATION: AnswerId("disconnected")})))
    qtbot.addWidget(window)
    window.show()

    qtbot.waitUntil(lambda: window.diagram_controller.picture is not None)
    assert "eks-anywhere" in drawn(window)


def test_without_the_layout_program_the_window_opens_and_says_what_is_missing(qtbot, space, monkeypatch):
    def missing():
        raise LayoutError("The diagram cannot be laid out: the program is missing.")

    monkeypatch.setattr("explorer.layout.graphviz.process.find_graphviz", missing)
    window = build_main_window(space)
    qtbot.addWidget(window)
    window.show()

    qtbot.waitUntil(lambda: "the program is missing" in window.notice_bar.message)
    answered = window.session.workspace.answers
    window.walk_panel.answered.emit("gpu", "yes")
    assert window.session.workspace.answers != answered, "everything but the diagram goes on"


def test_the_print_theme_is_worn_by_the_diagram_while_the_window_stays_light(window, qtbot):
    window.command_actions.of[CommandId.THEME_LIGHT].trigger()
    settle(qtbot, window)
    light = window.palette().window().color()
    window.command_actions.of[CommandId.THEME_PRINT].trigger()
    settle(qtbot, window)

    shapes = [shape for item in window.diagram_controller.picture.items for shape in item.shapes]
    assert not any(isinstance(shape, Circle) for shape in shapes)
    assert window.palette().window().color() == light
    window.command_actions.of[CommandId.THEME_SYSTEM].trigger()


def test_motion_can_be_switched_off_and_everything_is_then_in_its_place_at_once(window):
    motion = window.command_actions.of[CommandId.ANIMATION]
    window.canvas.set_animation_enabled(True)
    motion.setChecked(True)
    motion.trigger()

    assert not motion.isChecked()
    assert not window.canvas.animation_enabled


SEEN_LATER = (
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


def test_what_the_first_picture_does_not_need_is_not_loaded_when_the_window_appears():
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from explorer.app import build\n"
        "from explorer.core.solver.constraints import prepare\n"
        "from explorer.storage.packs.loader import load_pack\n"
        "from explorer.storage.resources import shipped_pack\n"
        "window = build(prepare(load_pack(shipped_pack())))\n"
        "window.show()\n"
        f"print([name for name in {SEEN_LATER} if name in sys.modules])\n"
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
