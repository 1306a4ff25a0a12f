"""The smoke test of a release finds a program that fails."""

import sys

import pytest
import smoke_test

from explorer.storage.resources import install_dir


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "print('ok')"])
def test_a_program_that_ends_or_prints_something_else_fails(capsys, code):
    assert smoke_test.main([sys.executable, "-c", code]) == 1

    found = capsys.readouterr()
    assert "self-check: status" in found.err
    assert "the window closed" in found.err
    assert "0 passed, 5 failed" in found.out


@pytest.mark.slow
def test_berth_passes(capsys, monkeypatch):
    monkeypatch.setattr(smoke_test, "WINDOW_S", 8)

    status = smoke_test.main([sys.executable, str(install_dir() / "main.py")])

    found = capsys.readouterr()
    assert status == 0, found.err
    assert "5 passed, 0 failed" in found.out
