"""run.py installs only what is missing, and names each missing requirement in one sentence."""

import ast
import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import run
from explorer.cli.commands import COMMANDS, OPEN
from explorer.cli.parser import command_of
from run import Level, SetupError


@pytest.fixture
def checkout(tmp_path):
    """A folder with pinned requirements and a `.venv` without an installed level."""
    for number, name in enumerate(run.REQUIREMENT_FILES):
        (tmp_path / name).write_text(f"package=={number}\n")
    python = run.venv_python(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    run.environment_stamp(tmp_path).write_text(run.environment_id(tmp_path))
    return tmp_path


@pytest.fixture
def pip(monkeypatch):
    """A fake pip: records the requested files, installs nothing, and fails if `failure` is set."""

    class Pip:
        requested: list[list[str]]
        failure = ""

        def __call__(self, _python: Path, files: list[Path]) -> str:
            self.requested.append([file.name for file in files])
            return self.failure

    pip = Pip()
    pip.requested = []
    monkeypatch.setattr(run, "pip", pip)
    return pip


@pytest.fixture
def no_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


def test_a_second_setup_installs_nothing(checkout, pip):
    assert run.set_up(checkout, Level.APP)
    assert not run.set_up(checkout, Level.APP)
    assert pip.requested == [["requirements.txt"]]


def test_the_develop_level_includes_the_app_level(checkout, pip):
    run.set_up(checkout, Level.DEVELOP)

    assert run.is_ready(checkout, Level.APP)
    assert not run.is_ready(checkout, Level.BENCH)


def test_changed_pins_are_installed(checkout, pip):
    run.set_up(checkout, Level.APP)
    (checkout / "requirements.txt").write_text("package==7\n")

    assert run.set_up(checkout, Level.APP)


def test_changed_development_pins_do_not_affect_the_app(checkout, pip):
    run.set_up(checkout, Level.APP)
    (checkout / "requirements-dev.txt").write_text("package==7\n")

    assert run.is_ready(checkout, Level.APP)


def test_the_binary_level_has_its_own_venv(checkout, pip, monkeypatch):
    monkeypatch.setattr(run, "create_venv", lambda root, level: run.venv_folder(root, level).mkdir())
    run.set_up(checkout, Level.BINARY)

    assert pip.requested == [["requirements.txt", "requirements-binary.txt"]]
    assert (checkout / ".venv-binary").is_dir()
    assert not run.is_ready(checkout, Level.APP)


def test_a_failed_installation_leaves_the_app_level_ready(checkout, pip):
    run.set_up(checkout, Level.APP)
    pip.failure = "ERROR: No matching distribution found"

    with pytest.raises(SetupError, match="No matching distribution"):
        run.set_up(checkout, Level.DEVELOP)

    assert run.is_ready(checkout, Level.APP)


def test_an_interrupted_installation_makes_the_venv_invalid(checkout, pip, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as while_installing:
        while_installing.setattr(run, "pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run.set_up(checkout, Level.APP)

    assert not run.is_valid(checkout)


def test_a_moved_folder_makes_the_venv_invalid(checkout, pip):
    run.set_up(checkout, Level.APP)
    moved = checkout.rename(checkout.with_name("moved"))

    assert not run.is_valid(moved)


def test_another_python_makes_the_venv_invalid(checkout, pip, monkeypatch):
    run.set_up(checkout, Level.APP)
    monkeypatch.setattr(run, "environment_id", lambda root: f"cpython-399 somewhere {root}")

    assert not run.is_valid(checkout)


def test_a_missing_interpreter_makes_the_venv_invalid(checkout, pip):
    run.set_up(checkout, Level.APP)
    run.venv_python(checkout).unlink()

    assert not run.is_valid(checkout)


def test_an_old_python_prints_the_required_version(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))

    with pytest.raises(SystemExit, match=r"3\.11 or newer; this is Python 3\.9"):
        runpy.run_path(run.__file__)


def test_a_minimal_python_names_the_missing_module(monkeypatch):
    monkeypatch.setitem(sys.modules, "shlex", None)

    with pytest.raises(SystemExit, match="complete Python; this one lacks the module shlex"):
        runpy.run_path(run.__file__)


def test_run_py_parses_in_python_3_6():
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_names_a_newer_one_of_the_system(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr("shutil.which", lambda name: name if name == "python3.12" else None)

    with pytest.raises(SystemExit, match=r"this is Python 3\.9.*\n  python3\.12 run\.py"):
        runpy.run_path(run.__file__)


def test_without_a_display_the_window_is_not_started(no_display, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["run.py"])

    assert run.main() == 1
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_each_display_variable_is_sufficient(no_display, monkeypatch, name):
    monkeypatch.setenv(name, "something")
    monkeypatch.setattr(run, "is_reachable", lambda _: True)

    run.require_display()


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["team.berth"], True),
        (["--icons", "aws.zip"], True),
        (["open"], True),
        (["berth:p:1:0"], True),
        *(([name], False) for name in (*run.APP_COMMANDS, "check") if name != OPEN),
    ],
)
def test_only_the_window_needs_a_display(arguments, window):
    assert run.opens_window(arguments) == window
    assert (command_of(arguments) == OPEN) == window


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        ([], ["-n", "auto"]),
        (["--quick"], ["-n", "auto", "-m", "not slow and not window"]),
        (["--coverage"], ["-n", "auto", "--cov", "--cov-report=term:skip-covered"]),
        (["tests/core", "-x"], ["-n", "auto", "tests/core", "-x"]),
        (["-n0", "--quick"], ["-m", "not slow and not window", "-n0"]),
    ],
)
def test_tests_run_in_parallel_and_quick_leaves_out_the_slow_ones(arguments, passed):
    assert run.pytest_arguments(arguments) == passed


@pytest.fixture
def system(monkeypatch):
    """A Linux desktop on X11 whose package manager, missing libraries and missing modules a test sets."""

    class System:
        manager = "apt-get"
        libraries: tuple[str, ...] = ()
        modules: tuple[str, ...] = ()
        root = False

    system = System()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(sys, "version_info", (3, 13, 1, "final", 0))
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0 if system.root else 1000)
    monkeypatch.setattr("shutil.which", lambda name: name if name == system.manager else None)
    monkeypatch.setattr(run, "is_missing", lambda library: library in system.libraries)
    monkeypatch.setattr(run, "missing_modules", lambda: list(system.modules))
    monkeypatch.setattr(run, "unsupported_reason", lambda: "")
    return system


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        (
            "apt-get",
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libxcb-icccm4",
        ),
        ("dnf", "sudo dnf install -y 'libEGL.so.1()(64bit)' 'libxcb-icccm.so.4()(64bit)'"),
        ("pacman", "sudo pacman -S --needed --noconfirm libglvnd xcb-util-wm"),
        ("zypper", "sudo zypper --non-interactive install 'libEGL.so.1()(64bit)' 'libxcb-icccm.so.4()(64bit)'"),
        ("apk", "sudo apk add so:libEGL.so.1 so:libxcb-icccm.so.4"),
    ],
)
def test_missing_libraries_are_named_with_one_line_to_paste(system, manager, line):
    system.manager, system.libraries = manager, ("libEGL.so.1", "libxcb-icccm.so.4")

    message = run.missing_parts_message(run.needed_libraries(window=True), [])

    assert "libEGL.so.1, libxcb-icccm.so.4" in message
    assert message.splitlines()[1:] == [f"  {line}"]


def test_the_line_installs_everything_that_any_command_needs(system):
    system.libraries, system.modules = ("libGL.so.1", "libxcb-cursor.so.0"), ("ensurepip",)

    message = run.missing_parts_message(run.needed_libraries(window=False), list(system.modules))

    assert "libxcb-cursor.so.0" not in message.splitlines()[0]
    assert message.endswith("--no-install-recommends python3.13-venv libgl1 libxcb-cursor0")


def test_nothing_missing_needs_no_line(system):
    assert run.install_line([], []) == ""


def test_the_superuser_needs_no_sudo(system):
    system.root, system.libraries = True, ("libGL.so.1",)
    assert "sudo" not in run.missing_parts_message(run.LIBRARIES, [])


def test_an_unknown_package_manager_gets_the_names_of_the_libraries(system):
    system.manager, system.libraries = "none", ("libGL.so.1",)

    message = run.missing_parts_message(run.LIBRARIES, [])
    assert "libGL.so.1" in message
    assert "package manager of your system" in message


def test_an_incomplete_python_that_no_package_completes_is_named(system, monkeypatch):
    monkeypatch.setattr(sys, "base_prefix", "/opt/python")

    assert "the Python module ssl. Install a complete Python" in run.missing_parts_message({}, ["ssl"])


def test_no_missing_library_gives_no_message(system):
    assert run.missing_parts_message(run.LIBRARIES, []) == ""


def test_the_module_names_are_found_in_this_python():
    assert run.missing_modules() == []


def test_every_library_of_qt_has_a_package(system):
    known = {**run.LIBRARIES, **run.X11_LIBRARIES, **run.WAYLAND_LIBRARIES}
    for manager in run.INSTALL_COMMANDS:
        system.manager = manager
        assert run.install_line(list(known), [])


def test_nothing_is_downloaded_where_a_part_is_missing(system, checkout, pip, monkeypatch):
    monkeypatch.setattr(run, "ROOT", checkout)
    system.libraries = ("libGL.so.1",)

    with pytest.raises(SetupError, match=r"libGL\.so\.1"):
        run.prepare(Level.APP, run.LIBRARIES)

    assert pip.requested == []


def test_libraries_are_checked_until_they_were_found_once(system, checkout, pip, monkeypatch):
    monkeypatch.setattr(run, "ROOT", checkout)
    monkeypatch.setattr(run, "fetch_icons", lambda *_: None)
    monkeypatch.setattr(run, "compile_packs", lambda *_: None)
    run.prepare(Level.APP, run.LIBRARIES)
    system.libraries = ("libGL.so.1", "libxcb-cursor.so.0")

    run.prepare(Level.APP, run.LIBRARIES)
    with pytest.raises(SetupError, match="libxcb-cursor"):
        run.prepare(Level.APP, run.needed_libraries(window=True))
    system.libraries = ()
    run.prepare(Level.APP, run.needed_libraries(window=True))
    system.libraries = ("libxcb-cursor.so.0",)
    run.prepare(Level.APP, run.LIBRARIES)
    run.prepare(Level.APP, run.needed_libraries(window=True))


@pytest.mark.parametrize(
    ("patched", "value", "reason"),
    [
        ("platform.machine", lambda: "riscv64", "no packages for riscv64"),
        ("sys.maxsize", 2**31 - 1, "32-bit Python"),
        ("sys.version_info", (3, 15, 0, "final", 0), "Python up to 3.14"),
        ("os.confstr", lambda _: "glibc 2.31", "glibc 2.34 or newer on x86_64, and this system has 2.31"),
        ("os.confstr", lambda _: None, "another C library"),
        ("sysconfig.get_config_var", lambda _: 1, "standard build of CPython"),
    ],
)
def test_a_system_without_packages_gets_the_reason(checkout, monkeypatch, patched, value, reason):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    monkeypatch.setattr("os.confstr", lambda _: "glibc 2.36")
    assert run.unsupported_reason() == ""
    monkeypatch.setattr(patched, value)

    with pytest.raises(SetupError, match=reason):
        run.preflight(checkout, Level.APP, {})


def test_an_arm_system_needs_the_newer_glibc_of_its_packages(monkeypatch):
    monkeypatch.setattr("os.confstr", lambda _: "glibc 2.36")
    assert "2.39" in run.unsupported_libc("aarch64")


def test_an_old_macos_gets_the_reason(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    monkeypatch.setattr("platform.mac_ver", lambda: ("12.7", ("", "", ""), ""))
    assert "macOS 13" in run.unsupported_reason()


def test_a_full_disk_is_reported_before_a_setup(system, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10**8))

    with pytest.raises(SetupError, match=r"450 MB .* 100 MB are free"):
        run.preflight(tmp_path, Level.APP, {})


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_display_that_does_not_answer_is_reported(no_display, monkeypatch, name):
    monkeypatch.setenv(name, ":4711")

    with pytest.raises(SetupError, match=f"the display of {name} cannot be reached"):
        run.require_display()


def test_a_window_on_x11_needs_more_libraries_than_an_export(no_display):
    assert run.needed_libraries(window=True).keys() > run.needed_libraries(window=False).keys()


def test_the_quoted_line_of_pip_is_its_last_error():
    assert run.last_error_line("Looking\nERROR: no such package\nWARNING: retry\n") == "ERROR: no such package"
    assert run.last_error_line("one\ntwo\n\n") == "two"


def test_pip_ignores_variables_that_change_its_target(monkeypatch):
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    assert not {"PIP_TARGET", "PYTHONDONTWRITEBYTECODE"} & run.pip_environment().keys()


def test_an_unknown_command_lists_the_commands(capsys):
    assert run.run_command(["tset"]) == 2

    error = capsys.readouterr().err
    assert "“tset”" in error
    assert all(name in error for name in run.COMMANDS)


@pytest.mark.parametrize("name", run.APP_COMMANDS)
def test_a_command_of_the_app_is_printed_in_full(capsys, name):
    assert run.run_command([name, "my picture.png"]) == 2
    assert capsys.readouterr().err.endswith(f" {run.PROGRAM} app {name} 'my picture.png'\n")


def test_app_commands_are_those_of_the_command_table():
    assert {*run.APP_COMMANDS, "check", OPEN} == set(COMMANDS)


def test_the_app_shows_run_py_in_its_commands(monkeypatch, capfd):
    monkeypatch.setattr(run, "venv_python", lambda *_: sys.executable)
    code = "from explorer.storage.program_name import command_line; print(command_line('check'))"
    run.run_python(["-c", code], run.ROOT)
    assert capfd.readouterr().out == f"{run.PROGRAM} app check\n"


def test_options_and_sessions_are_passed_to_the_app(monkeypatch):
    passed: list[list[str]] = []
    monkeypatch.setattr(run, "app", passed.append)

    for arguments in (["app", "check"], ["--help-all"], ["team.berth"], ["berth:p:1:0"], []):
        run.run_command(arguments)

    assert passed == [["check"], ["--help-all"], ["team.berth"], ["berth:p:1:0"], []]


def test_icons_are_downloaded_once_for_each_change_of_the_icon_list(checkout, monkeypatch):
    (checkout / "packaging" / "aws-icons").mkdir(parents=True)
    (checkout / "resources").mkdir()
    names = checkout / "resources" / "icons.toml"
    for file in (names, checkout / "packaging" / "install_icons.py"):
        file.touch()
    downloads = []
    monkeypatch.setattr("subprocess.run", lambda command, **_: downloads.append(command))

    run.fetch_icons(checkout)
    run.fetch_icons(checkout)
    assert len(downloads) == 1
    names.write_text("[ecs]")
    run.fetch_icons(checkout)
    run.fetch_icons(checkout, again=True)
    assert len(downloads) == 3
