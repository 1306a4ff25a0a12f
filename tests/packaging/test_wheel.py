"""The wheel contains everything that Berth needs, and its commands work in an environment without the checkout."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from explorer import __version__
from explorer.layout.graphviz.process import find_graphviz

ROOT = Path(__file__).parents[2]
SOURCES = ("explorer", "data", "resources", "pyproject.toml", "setup.py", "requirements.in", "README.md", "LICENSE")
ANSWERS = ("--answer", "gpu=yes", "--format", "json")

pytestmark = pytest.mark.slow


def run(*command: object, **environment: str) -> str:
    """Run a program and return its output."""
    unwanted = {"PYTHONPATH", "BERTH_COMMAND"}
    inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
    done = subprocess.run(
        [str(part) for part in command],
        env={**inherited, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of a copy of the sources: a build leaves files beside them."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "berth"
    copy.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy)
    earlier_build = copy / "build" / "lib" / "explorer"
    earlier_build.mkdir(parents=True)
    earlier_build.joinpath("deleted_module.py").touch()
    offline = ("--no-deps", "--no-index", "--no-build-isolation")
    run(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", folder, copy)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory):
    """The folder of programs of a new environment with the wheel; the other packages are those of this Python."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = programs / Path(sys.executable).name
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site_packages = Path(run(python, "-c", code).strip())
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    layout_program = find_graphviz().program
    shutil.copy(layout_program, programs / layout_program.name)
    return programs


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder outside the checkout, as working folder and for the files of Berth."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BERTH_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_wheel_contains_all_packs_and_resources_and_adds_only_one_package(wheel):
    names = set(ZipFile(wheel).namelist())
    files = [
        path for name in ("data", "resources") for path in ROOT.joinpath(name).glob("[!.]*/**/*") if path.is_file()
    ]
    shipped = {path.relative_to(ROOT).as_posix() for path in files}
    assert "data/packs/aws-containers/pack.toml" in shipped

    assert {f"explorer/{name}" for name in shipped} <= names
    assert {name.split("/")[0] for name in names} == {"explorer", f"berth-{__version__}.dist-info"}


def test_the_wheel_names_the_day_of_its_build(programs, elsewhere):
    version = run(programs / "berth", "--version").splitlines()[0]
    assert re.fullmatch(rf"Berth +{re.escape(__version__)} \(built \d{{4}}-\d\d-\d\d\)", version)


def test_the_wheel_contains_every_module(wheel):
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.joinpath("explorer").rglob("*.py")}
    assert modules == {name for name in ZipFile(wheel).namelist() if name.endswith(".py")}


def test_the_installed_berth_passes_its_self_check(programs, elsewhere):
    report = run(programs / "berth", "self-check")
    assert "aws-containers" in run(programs / "berth", "--version")
    assert str(ROOT) not in report


def recommended(*command: object) -> dict[str, object]:
    choices = json.loads(run(*command, "recommend", *ANSWERS))["choices"]
    return {name: choice["value"] for name, choice in choices.items()}


def test_the_installed_berth_recommends_what_the_checkout_recommends(programs, elsewhere):
    expected = recommended(sys.executable, ROOT / "main.py")
    assert expected["registry"] == "ecr"
    assert recommended(programs / "berth") == expected
    assert recommended(programs / "python", "-m", "explorer") == expected


def test_the_installed_berth_exports_a_picture(programs, elsewhere):
    run(programs / "berth", "export", "picture.png", "--answer", "gpu=yes")
    assert (elsewhere / "picture.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("command", ["berth", "python -m explorer"])
def test_help_shows_the_command_that_was_typed(programs, elsewhere, command):
    program, *arguments = command.split()
    assert run(programs / program, *arguments, "--help").startswith(f"usage: {command} ")


def test_the_program_without_a_console_has_the_same_commands(programs, elsewhere):
    assert run(programs / "berth-gui", "--version") == run(programs / "berth", "--version")
