"""`self-check` runs every check, and continues after one that fails."""

import os
import sys

import pytest

from explorer.diagnostics import self_check
from explorer.export.formats import formats_of
from explorer.export.request.request import SubjectKind
from tests.cli.commands import berth, run_process

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.slow
def test_every_check_passes_and_the_report_has_the_same_text(capsys, monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    status, output, error = berth(capsys, "self-check", "--report", str(tmp_path / "report.txt"))
    assert (status, error) == (0, "")
    assert (tmp_path / "report.txt").read_text("utf-8") == output
    passed = [line.split()[1] for line in output.splitlines() if line.startswith("ok ")]
    assert set(passed) == {"pack", "font", "icons", "layout", "writing", "display"} | {
        format_.extension for format_ in formats_of(SubjectKind.ARCHITECTURE)
    }
    assert output.endswith("\nAll checks passed.\n")


def test_a_failed_check_does_not_stop_the_others(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(self_check, "shipped_packs", lambda: ())
    monkeypatch.setattr(self_check, "default_pack_folder", lambda: tmp_path / "gone")
    monkeypatch.setattr(self_check, "font_family", lambda: 1 / 0)
    status, output, error = berth(capsys, "self-check")
    assert (status, error) == (1, "")
    assert f"FAILED  font          {self_check.unexpected_error_text()}\n" in output
    assert str(tmp_path / "gone") in output
    assert "ok      writing       " in output
    assert output.splitlines()[-1].startswith("Failed checks: pack, font, layout, png")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no HOME")
@pytest.mark.parametrize("home", [None, ""])
def test_a_missing_home_variable_is_handled(tmp_path, home):
    environment = {key: value for key, value in os.environ.items() if key not in ("HOME", "BERTH_HOME")}
    environment |= {} if home is None else {"HOME": home}
    done = run_process("self-check", env=environment)
    assert done.stderr == ""
    assert "“//" not in done.stdout
    assert "Unexpected" not in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_a_display_that_cannot_be_opened_fails_one_check():
    environment = {**os.environ, "DISPLAY": ":987", "QT_QPA_PLATFORM": ""}
    done = run_process("self-check", env=environment)
    assert done.returncode == 1
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("FAILED"))
    assert line.startswith("FAILED  display")
    assert "DISPLAY" in line
