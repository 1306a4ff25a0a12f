"""`check` lists problems with file and line or counts what it verified; `new-pack` creates a valid pack."""

import pytest

from explorer.core.solver import lazy_tables
from tests.cli.commands import berth, error_of
from tests.storage.tiny import TINY, write_tiny


@pytest.fixture
def tiny(tmp_path):
    return write_tiny(tmp_path)


def test_check_prints_every_problem_on_its_own_line(capsys, tiny, monkeypatch):
    monkeypatch.chdir(tiny)
    (tiny / "rules.toml").write_text(TINY["rules.toml"].replace("rain", "rian").replace("hut", "hutt"))
    status, output, error = berth(capsys, "check", str(tiny))
    assert (status, error) == (1, "")
    first, second = output.splitlines()
    assert first.startswith("rules.toml:3: ")
    assert "“rian”" in first
    assert "“rain”" in first
    assert second.startswith("rules.toml:4: ")
    assert "“hutt”" in second
    assert "“hut”" in second


def test_check_prints_the_line_of_a_rule_that_verification_rejects(capsys, tiny, monkeypatch):
    monkeypatch.chdir(tiny)
    (tiny / "rules.toml").write_text(TINY["rules.toml"].replace("default = ", 'when = { rain = "no" }\nprefer = '))
    status, output, error = berth(capsys, "check", ".")
    assert (status, error) == (1, "")
    assert all(line.split(":")[0] in TINY and int(line.split(":")[1]) > 0 for line in output.splitlines())
    assert "sleep" in output


@pytest.mark.slow
def test_check_counts_every_combination_of_answers(capsys):
    status, output, error = berth(capsys, "check", "aws-containers")
    assert (status, error) == (0, ""), output
    assert "2,073,600 complete combinations: " in output
    assert " decided, " in output
    assert " in conflict" in output


def test_check_reports_rules_that_are_too_entangled(capsys, tiny, monkeypatch):
    monkeypatch.chdir(tiny)
    monkeypatch.setattr(lazy_tables, "DEFAULT_BUDGET", 1)
    status, output, error = berth(capsys, "check", ".")
    assert (status, error) == (1, "")
    (line,) = output.splitlines()
    assert line.startswith("rules.toml:")
    assert "Most connected parts: " in line


def test_recommend_decides_rules_that_are_too_entangled_to_look_ahead(capsys, qapp, tiny, monkeypatch):
    monkeypatch.setattr(lazy_tables, "DEFAULT_BUDGET", 1)
    status, output, error = berth(capsys, "recommend", "--pack", str(tiny))
    assert status == 0
    assert output
    assert "Most connected parts: " in error


def test_a_new_pack_is_valid_and_check_counts_its_parts(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, output, error = berth(capsys, "new-pack", "ours")
    assert (status, error) == (0, "")
    assert "--pack ours" in output
    status, output, error = berth(capsys, "check", "ours")
    assert (status, error) == (0, "")
    assert output.startswith("Buy or build, ours 0.1, as of ")
    assert "4 complete combinations: 4 decided, 0 open, 0 in conflict.\n" in output
    assert "9 complete and partial combinations: 9 decided, 0 open, 0 in conflict.\n" in output
    assert "2 distinct outcomes; 0 minimal conflicts" in output
    assert output.endswith("2 questions, 3 rules, 1 trap, 2 takeaways, 4 components, 3 edges.\n")


def test_a_new_pack_needs_an_empty_folder(capsys, tmp_path):
    (file := tmp_path / "file").write_text("mine")
    assert f"“{tmp_path}”" in error_of(capsys, "new-pack", tmp_path, status=1)
    assert f"“{file}”" in error_of(capsys, "new-pack", file / "pack", status=1)
    assert file.read_text() == "mine"
