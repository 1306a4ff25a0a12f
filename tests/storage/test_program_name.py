"""A command that is named can be typed as it stands, however Berth was started."""

import sys

import pytest

from explorer.storage.program_name import COMMAND_VARIABLE, command_line


def test_what_run_py_says_goes_before_all_else(monkeypatch):
    monkeypatch.setenv(COMMAND_VARIABLE, "python3 run.py app")
    assert command_line("check --help") == "python3 run.py app check --help"


@pytest.mark.parametrize(("frozen", "said"), [(True, "berth check"), (False, "berth main.py check")])
def test_a_program_is_called_by_its_own_name(monkeypatch, frozen, said):
    monkeypatch.delenv(COMMAND_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/berth/berth")
    assert command_line("check") == said
