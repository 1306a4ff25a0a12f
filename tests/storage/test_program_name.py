"""A command in a message can be typed as it is shown."""

import sys

import pytest

from explorer.storage.program_name import COMMAND_VARIABLE, command_line


def test_the_command_of_run_py_takes_precedence(monkeypatch):
    monkeypatch.setenv(COMMAND_VARIABLE, "python3 run.py app")
    assert command_line("check --help") == "python3 run.py app check --help"


@pytest.mark.parametrize(("frozen", "shown"), [(True, "berth check"), (False, "berth main.py check")])
def test_a_frozen_program_has_its_own_name(monkeypatch, frozen, shown):
    monkeypatch.delenv(COMMAND_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/berth/berth")
    assert command_line("check") == shown


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        ("/usr/bin/berth", "berth check"),
        ("/usr/bin/berth-gui", "berth check"),
        ("berth.exe", "berth check"),
        ("/site-packages/explorer/__main__.py", "python3 -m explorer check"),
        ("main.py", "python3 main.py check"),
    ],
)
def test_the_way_that_berth_was_started_is_shown(monkeypatch, script, shown):
    monkeypatch.delenv(COMMAND_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    monkeypatch.setattr(sys, "argv", [script])
    assert command_line("check") == shown
