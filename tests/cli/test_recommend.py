"""`recommend` decides by the answers that options and sessions give."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import berth, error_of
from tests.storage.tiny import write_tiny

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def tiny(tmp_path):
    return write_tiny(tmp_path)


def recommend_json(capsys, *arguments):
    status, output, error = berth(capsys, "recommend", "--format", "json", *arguments)
    assert status == 0
    return json.loads(output), error


@pytest.mark.parametrize(
    ("answers", "situation"),
    [
        (["gpuu=yes"], "aws-containers has no question “gpuu”. Did you mean “gpu”?"),
        (["gpu=yess"], "“yess” is not an answer to “gpu”. Did you mean “yes”?"),
        (["gpu=42"], "no, yes"),
        (["gpu=yes", "gpu=no"], "“gpu” has two answers, “yes” and “no”"),
        (["gpu\x1b[2J=yes"], "“gpu [2J”"),
    ],
)
def test_a_wrong_answer_is_an_error_that_names_it(capsys, answers, situation):
    arguments = [argument for answer in answers for argument in ("--answer", answer)]
    assert situation in error_of(capsys, "recommend", *arguments, status=1)


def test_the_same_answer_can_be_given_twice(capsys):
    assert berth(capsys, "recommend", "--answer", "gpu=yes", "--answer", " gpu = yes ")[0] == 0


def test_answers_decide_the_outcome(capsys):
    outcome, error = recommend_json(capsys, "--answer", "gpu=yes", "--answer", "operations=least")
    assert error == ""
    assert outcome["choices"]["compute"]["value"] == ["ec2"]
    assert outcome["answers"] == {"operations": "least", "gpu": "yes"}


def test_the_default_format_is_text(capsys):
    status, output, error = berth(capsys, "recommend")
    assert (status, error) == (0, "")
    assert "decided" in output.lower()


def test_choices_stay_open_without_defaults(capsys):
    assert recommend_json(capsys, "--no-defaults")[0]["status"] == "open"


def test_a_conflict_is_a_result(capsys):
    outcome, error = recommend_json(capsys, "--answer", "load_balancer=no", "--answer", "scaling=alb_requests")
    assert (outcome["status"], error) == ("conflict", "")


def test_answer_options_override_the_session(capsys, tmp_path):
    session = tmp_path / "team.berth"
    session.write_text('{"berth": 1, "answers": {"gpu": "no", "cost": "lowest", "gone": "x"}}')
    outcome, error = recommend_json(capsys, "--session", str(session), "--answer", "gpu=yes")
    assert outcome["answers"] == {"gpu": "yes", "cost": "lowest"}
    assert str(session) in error
    assert "“gone”" in error
    assert error.count("\n") == 1


def test_a_share_code_is_a_session(capsys):
    code = "berth:aws-containers:1.0.0:084SVS-RM5FVY-Z09D5F"
    outcome, _error = recommend_json(capsys, "--session", code)
    assert outcome["answers"] == {
        "operations": "least",
        "gpu": "yes",
        "kubernetes": "required",
        "location": "cloud",
    }
    assert "mistyped" in error_of(capsys, "recommend", "--session", code[:-1], status=1)


def test_a_session_selects_the_shipped_pack_that_it_names(capsys, tmp_path):
    session = tmp_path / "queue.berth"
    session.write_text('{"berth": 1, "pack": {"id": "aws-messaging"}}')
    outcome, _error = recommend_json(capsys, "--session", str(session))
    assert outcome["pack"]["id"] == "aws-messaging"


def test_an_unusable_session_is_an_error_that_names_the_file(capsys, tmp_path):
    session = tmp_path / "team.berth"
    session.write_text("oh\nno")
    assert f"“{session}”" in error_of(capsys, "recommend", "--session", session, status=1)
    assert f"“{tmp_path / 'gone'}”" in error_of(capsys, "recommend", "--session", tmp_path / "gone", status=1)


def test_a_pack_needs_no_python(capsys, tiny):
    outcome, _ = recommend_json(capsys, "--pack", str(tiny), "--answer", "rain=yes")
    assert (outcome["pack"]["id"], outcome["choices"]["sleep"]["value"]) == ("tiny", "hut")


def test_every_command_finds_a_shipped_pack_by_its_id(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert recommend_json(capsys, "--pack", "aws-containers")[0]["pack"]["id"] == "aws-containers"
    for arguments in (
        ("recommend", "--pack"),
        ("export", "x.dot", "--pack"),
        ("tree", "x.dot", "--pack"),
        ("check",),
    ):
        error = error_of(capsys, *arguments, "aws-contaners", status=1)
        assert "“aws-contaners”" in error
        assert "“aws-containers”?" in error


def test_an_unusable_pack_is_one_error_with_the_number_of_problems(capsys, tiny):
    (tiny / "rules.toml").write_text("[[rule]]\n[[trap]]\n")
    error = error_of(capsys, "recommend", "--pack", tiny, status=1)
    assert f"{tiny / 'rules.toml'}:1: " in error
    assert "more: run “berth check”" in error
    assert f"{tiny / 'gone'}:1: " in error_of(capsys, "recommend", "--pack", tiny / "gone", status=1)


def test_a_pack_with_one_problem_counts_no_others(capsys, tiny):
    rules = (tiny / "rules.toml").read_text("utf-8")
    (tiny / "rules.toml").write_text(rules.replace('"yes"', '"maybe"'), "utf-8")
    error = error_of(capsys, "recommend", "--pack", tiny, status=1)
    assert f"{tiny / 'rules.toml'}:3: " in error
    assert "“maybe”" in error
    assert "more" not in error


def test_the_result_does_not_depend_on_the_hash_seed():
    command = [sys.executable, str(Path(__file__).parents[2] / "main.py"), "recommend", "--format", "json"]
    command += ["--pack", "aws-messaging", "--answer", "pattern=stream", "--answer", "consumers=containers"]
    results = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2", "3")
    }
    assert len(results) == 1
