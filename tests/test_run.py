"""Set-up says in one sentence what a machine lacks, and does its work only once."""

import ast
import runpy
import sys
from pathlib import Path

import pytest

import run
from explorer.cli.commands import COMMANDS, OPEN
from run import Level, SetupError


@pytest.fixture
def checkout(tmp_path):
    """A folder with pins and a `.venv` that no level is installed in yet."""
    for number, name in enumerate(run.REQUIREMENT_FILES):
        (tmp_path / name).write_text(f"package=={number}\n")
    python = run.venv_python(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    run.environment_stamp(tmp_path).write_text(run.environment_id(tmp_path))
    return tmp_path


@pytest.fixture
def pip(monkeypatch):
    """A pip that installs nothing, notes what it was asked for, and can be told to fail."""

    class Pip:
        asked: list[list[str]]
        failure = ""

        def __call__(self, _python: Path, files: list[Path]) -> str:
            self.asked.append([file.name for file in files])
            return self.failure

    pip = Pip()
    pip.asked = []
    monkeypatch.setattr(run, "pip", pip)
    return pip


@pytest.fixture
def no_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


def test_the_second_start_installs_nothing(checkout, pip):
    assert run.set_up(checkout, Level.APP)
    assert not run.set_up(checkout, Level.APP)
    assert pip.asked == [["requirements.txt"]]


def test_a_developer_has_the_app_too(checkout, pip):
    run.set_up(checkout, Level.DEVELOP)

    assert run.is_ready(checkout, Level.APP)
    assert not run.is_ready(checkout, Level.BENCH)


def test_changed_pins_are_installed(checkout, pip):
    run.set_up(checkout, Level.APP)
    (checkout / "requirements.txt").write_text("package==7\n")

    assert run.set_up(checkout, Level.APP)


def test_pins_for_developers_do_not_concern_the_app(checkout, pip):
    run.set_up(checkout, Level.APP)
    (checkout / "requirements-dev.txt").write_text("package==7\n")

    assert run.is_ready(checkout, Level.APP)


def test_what_packs_the_binary_is_kept_apart_from_what_develops_it(checkout, pip, monkeypatch):
    monkeypatch.setattr(run, "create_venv", lambda root, level: run.venv_folder(root, level).mkdir())
    run.set_up(checkout, Level.BINARY)

    assert pip.asked == [["requirements.txt", "requirements-binary.txt"]]
    assert (checkout / ".venv-binary").is_dir()
    assert not run.is_ready(checkout, Level.APP)


def test_without_a_network_the_app_that_was_there_stays_ready(checkout, pip):
    run.set_up(checkout, Level.APP)
    pip.failure = "ERROR: No matching distribution found"

    with pytest.raises(SetupError, match="No matching distribution"):
        run.set_up(checkout, Level.DEVELOP)

    assert run.is_ready(checkout, Level.APP)


def test_an_interrupted_set_up_is_made_anew(checkout, pip, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as while_installing:
        while_installing.setattr(run, "pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run.set_up(checkout, Level.APP)

    assert not run.is_valid(checkout)


def test_a_moved_folder_is_made_anew(checkout, pip):
    run.set_up(checkout, Level.APP)
    moved = checkout.rename(checkout.with_name("moved"))

    assert not run.is_valid(moved)


def test_another_python_is_made_anew(checkout, pip, monkeypatch):
    run.set_up(checkout, Level.APP)
    monkeypatch.setattr(run, "environment_id", lambda root: f"cpython-399 somewhere {root}")

    assert not run.is_valid(checkout)


def test_a_lost_interpreter_is_made_anew(checkout, pip):
    run.set_up(checkout, Level.APP)
    run.venv_python(checkout).unlink()

    assert not run.is_valid(checkout)


def test_an_old_python_says_that_it_is_too_old(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))

    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and this is 3\.9"):
        runpy.run_path(run.__file__)


def test_an_old_python_gets_as_far_as_saying_so():
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_python_without_venv_names_the_package(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else name)

    with pytest.raises(SetupError, match="sudo apt install python3-venv"):
        run.require_venv_module()


def test_without_a_display_no_window_is_tried(no_display, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["run.py"])

    assert run.main() == 1
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_display_will_do(no_display, monkeypatch, name):
    monkeypatch.setenv(name, "something")

    run.require_display()


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["team.berth"], True),
        (["--icons", "aws.zip"], True),
        (["export", "picture.png"], False),
        (["--help"], False),
    ],
)
def test_only_the_window_needs_a_display(arguments, window):
    assert run.opens_window(arguments) == window


def test_missing_libraries_are_named_with_their_packages(monkeypatch):
    monkeypatch.setattr(run, "is_missing", lambda library: library == "libEGL.so.1")
    monkeypatch.setattr("shutil.which", lambda _: "apt-get")

    assert run.missing_libraries_message(run.LIBRARIES) == (
        "Qt cannot start, since this machine lacks libEGL.so.1: sudo apt-get install -y --no-install-recommends libegl1"
    )


def test_nothing_is_lamented_where_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(run, "is_missing", lambda _: False)

    assert run.missing_libraries_message(run.LIBRARIES) == ""


def test_a_window_on_x11_needs_more_than_a_drawing(no_display):
    assert run.needed_libraries(window=True).keys() > run.needed_libraries(window=False).keys()


def test_the_error_is_quoted_not_the_chatter_after_it():
    assert run.last_error_line("Looking\nERROR: no such package\nWARNING: retry\n") == "ERROR: no such package"
    assert run.last_error_line("one\ntwo\n\n") == "two"


def test_pip_is_not_sent_elsewhere(monkeypatch):
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    assert not {"PIP_TARGET", "PYTHONDONTWRITEBYTECODE"} & run.pip_environment().keys()


def test_an_unknown_word_lists_the_known_ones(capsys):
    assert run.run_command(["tset"]) == 2

    said = capsys.readouterr().err
    assert "“tset”" in said
    assert all(word in said for word in run.COMMANDS)


@pytest.mark.parametrize("word", run.APP_COMMANDS)
def test_a_word_of_the_app_is_sent_there(capsys, word):
    assert run.run_command([word, "my picture.png"]) == 2
    said = capsys.readouterr().err
    assert said == f"“{word}” is a word of the app: {run.PROGRAM} app {word} 'my picture.png'\n"


def test_it_knows_every_word_of_the_app():
    assert {*run.APP_COMMANDS, "check", OPEN} == set(COMMANDS)


def test_the_app_is_told_what_was_typed_to_start_it(monkeypatch, capfd):
    monkeypatch.setattr(run, "venv_python", lambda *_: sys.executable)
    code = "from explorer.storage.program_name import command_line; print(command_line('check'))"
    run.run_python(["-c", code], run.ROOT)
    assert capfd.readouterr().out == f"{run.PROGRAM} app check\n"


def test_words_without_a_program_of_their_own_are_handed_on(monkeypatch):
    handed: list[list[str]] = []
    monkeypatch.setattr(run, "app", handed.append)

    for arguments in (["app", "check"], ["--help-all"], ["team.berth"], ["berth:p:1:0"], []):
        run.run_command(arguments)

    assert handed == [["check"], ["--help-all"], ["team.berth"], ["berth:p:1:0"], []]


def test_icons_are_asked_for_once_for_each_change_of_what_is_wanted(checkout, monkeypatch):
    (checkout / "packaging" / "aws-icons").mkdir(parents=True)
    (checkout / "resources").mkdir()
    names = checkout / "resources" / "icons.toml"
    for file in (names, checkout / "packaging" / "take_icons.py"):
        file.touch()
    asked = []
    monkeypatch.setattr("subprocess.run", lambda command, **_: asked.append(command))

    run.fetch_icons(checkout)
    run.fetch_icons(checkout)
    assert len(asked) == 1
    names.write_text("[ecs]")
    run.fetch_icons(checkout)
    run.fetch_icons(checkout, again=True)
    assert len(asked) == 3
