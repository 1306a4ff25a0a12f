"""Batch export writes the files of all scenarios; a scenario that fails stops no other."""

from __future__ import annotations

import csv
import signal
from io import StringIO
from pathlib import Path

import pytest

from explorer.core.session.scenarios import Scenario
from explorer.export.batch import batch
from explorer.export.batch.batch import write_batch
from explorer.export.batch.job import BatchOptions, BatchResult
from explorer.export.request.request import Options
from explorer.storage.atomic_write import FileWriteError
from explorer.storage.resources import default_pack_folder
from tests.cli.commands import berth, error_of
from tests.export.sketches import parse_answers

pytestmark = pytest.mark.usefixtures("qapp")

SCENARIOS = (
    Scenario("Default case", {}),
    Scenario('GPU <b>"&"</b>', parse_answers("gpu=yes")),
    Scenario("=SUM(1)", parse_answers("isolation=yes location=on_premises")),
)


def batch_options(folder: Path, formats: str = "svg,md,csv") -> BatchOptions:
    return BatchOptions(default_pack_folder(), folder, formats, Options())


def write_all(folder: Path, workers: int) -> list[BatchResult]:
    results = write_batch(batch_options(folder), SCENARIOS, "Work <shop>", workers)
    return sorted(results, key=lambda result: result.job.stem)


def file_contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def summary(folder: Path) -> list[dict[str, str]]:
    text = (folder / "summary.csv").read_text("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.slow
def test_several_processes_write_the_same_files_as_one(tmp_path):
    write_all(tmp_path / "one", 1)
    results = write_all(tmp_path / "two", 2)
    assert [result.error for result in results] == ["", "", ""]
    assert file_contents(tmp_path / "one") == file_contents(tmp_path / "two")


def test_files_are_named_after_the_scenario_and_its_number(tmp_path):
    write_all(tmp_path, 1)
    names = set(file_contents(tmp_path))
    assert {"1-default-case.svg", "2-gpu-b-b.md", "3-sum-1.csv", "index.html", "summary.csv"} <= names


def test_the_index_links_all_files_and_escapes_the_names(tmp_path):
    write_all(tmp_path, 1)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert page.count("<img ") == 3
    assert "GPU &lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;" in page
    assert "<title>Work &lt;shop&gt;</title>" in page
    for name in file_contents(tmp_path):
        assert name == "index.html" or f"'{name}'" in page


def test_the_summary_has_the_outcome_of_each_scenario(tmp_path):
    write_all(tmp_path, 1)
    rows = summary(tmp_path)
    assert [row["status"] for row in rows] == ["decided", "decided", "conflict"]
    assert [row["Compute"] for row in rows[:2]] == ["AWS Fargate", "Amazon EC2"]
    assert rows[1]["answers"] == "gpu=yes"
    assert rows[2]["scenario"] == "'=SUM(1)", "a spreadsheet would run the name as a formula"


def assert_only_the_second_failed(folder: Path, results: list[BatchResult], error: str) -> None:
    assert [bool(result.error) for result in results] == [False, True, False]
    assert error in results[1].error
    assert error in summary(folder)[1]["fault"]
    assert error in (folder / "index.html").read_text("utf-8")


def test_a_file_that_cannot_be_written_fails_only_its_scenario(tmp_path):
    (tmp_path / "2-gpu-b-b.md").mkdir()
    assert_only_the_second_failed(tmp_path, write_all(tmp_path, 1), "is a folder")


def test_an_unexpected_error_fails_only_its_scenario(tmp_path, monkeypatch):
    original = batch.write_scenario

    def fail_for_gpu(job):
        return 1 / 0 if "gpu" in job.answers else original(job)

    monkeypatch.setattr(batch, "write_scenario", fail_for_gpu)
    assert_only_the_second_failed(tmp_path, write_all(tmp_path, 1), "ZeroDivisionError")


def test_a_folder_that_cannot_be_created_is_reported_before_any_work(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(FileWriteError, match="is a file"):
        next(write_batch(batch_options(tmp_path / "taken"), SCENARIOS, "x", 1))


# ----------------------------------------------------------------------------- on the command line


@pytest.fixture
def workshop(tmp_path):
    file = tmp_path / "workshop.toml"
    file.write_text("[[scenario]]\nname = 'One'\n[[scenario]]\nname = 'Two'\nanswers = { gpu = 'yes' }\n")
    return file


def test_the_command_prints_its_progress_and_the_folder(capsys, tmp_path, workshop):
    options = ("--scenarios", workshop, "--formats", "mmd", "--jobs", 1)
    status, output, progress = berth(capsys, "export", *options, tmp_path / "out")
    assert status == 0
    assert str(tmp_path / "out") in output
    assert "index.html" in output
    assert progress == "berth: 1 of 2: One\nberth: 2 of 2: Two\n"


def test_a_failed_scenario_sets_the_exit_status(capsys, tmp_path, workshop):
    (tmp_path / "out" / "2-two.mmd").mkdir(parents=True)
    options = ("--scenarios", workshop, "--formats", "mmd", "--jobs", 1)
    status, output, progress = berth(capsys, "export", *options, tmp_path / "out")
    assert status == 1
    assert "1 of 2" in output
    assert "2 of 2: Two: " in progress


def test_an_interrupt_prints_one_line(capsys, tmp_path, workshop, monkeypatch):
    original = batch.write_scenario

    def write_and_interrupt(job):
        signal.raise_signal(signal.SIGINT)
        return original(job)

    monkeypatch.setattr(batch, "write_scenario", write_and_interrupt)
    options = ("--scenarios", workshop, "--formats", "mmd", "--jobs", 1)
    error = error_of(capsys, "export", *options, tmp_path / "out", status=130)
    assert "0 of 2" in error


@pytest.mark.parametrize(
    ("options", "named"),
    [(("--formats", "bmp"), "“bmp”"), (("--answer", "gpu=yes"), "--answer"), (("--jobs", "0"), "--jobs")],
)
def test_wrong_options_are_named(capsys, tmp_path, workshop, options, named):
    assert named in error_of(capsys, "export", "--scenarios", workshop, tmp_path / "out", *options, status=2)


def test_formats_require_scenarios(capsys, tmp_path):
    assert "--scenarios" in error_of(capsys, "export", tmp_path / "x.png", "--formats", "svg", status=2)


def test_an_error_in_the_scenario_file_has_its_line(capsys, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text("[[scenario]]\nname = 'x'\nanswers = { gpu = 'perhaps' }\n")
    error = error_of(capsys, "export", "--scenarios", file, tmp_path / "out", status=1)
    assert "bad.toml:3: “perhaps”" in error
