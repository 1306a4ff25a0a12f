"""Many scenarios become files at once; one that fails stops no other."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from explorer.cli.main import main
from explorer.core.session.scenarios import Scenario
from explorer.export.batch.batch import write_batch
from explorer.export.batch.batch_jobs import BatchOptions, BatchResult
from explorer.export.request.request import Options
from explorer.storage.atomic_write import FileWriteError
from explorer.storage.resources import default_pack_folder
from tests.export.sketches import parse_answers

pytestmark = pytest.mark.usefixtures("qapp")

SCENARIOS = (
    Scenario("Plain case", {}),
    Scenario('GPU <b>"&"</b>', parse_answers("gpu=yes")),
    Scenario("=SUM(1)", parse_answers("isolation=yes location=on_premises")),
)


def order(folder: Path, formats: str = "svg,md,csv", options: Options | None = None) -> BatchOptions:
    return BatchOptions(default_pack_folder(), folder, formats, options or Options())


def made(folder: Path, workers: int) -> list[BatchResult]:
    return sorted(write_batch(order(folder), SCENARIOS, "Work <shop>", workers), key=lambda one: one.job.stem)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_several_processes_write_the_same_as_one(tmp_path):
    made(tmp_path / "one", 1)
    found = made(tmp_path / "two", 2)
    assert [one.error for one in found] == ["", "", ""]
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert {"1-plain-case.svg", "2-gpu-b-b.md", "3-sum-1.csv", "index.html", "summary.csv"} <= set(
        contents(tmp_path / "two")
    )


def test_the_page_shows_every_drawing_and_takes_names_for_words(tmp_path):
    made(tmp_path / "out", 1)
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert page.count("<img ") == 3
    assert "GPU &lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;" in page
    assert "<title>Work &lt;shop&gt;</title>" in page
    for name in contents(tmp_path / "out"):
        assert name == "index.html" or f"'{name}'" in page


def test_the_table_tells_what_each_came_to(tmp_path):
    made(tmp_path / "out", 1)
    text = (tmp_path / "out" / "summary.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["status"] for row in rows] == ["decided", "decided", "conflict"]
    assert [row["Compute"] for row in rows[:2]] == ["AWS Fargate", "Amazon EC2"]
    assert rows[1]["answers"] == "gpu=yes"
    assert rows[2]["scenario"] == "'=SUM(1)"


def test_a_scenario_that_fails_is_told_and_stops_no_other(tmp_path):
    (tmp_path / "out" / "2-gpu-b-b.md").mkdir(parents=True)
    first, second, third = made(tmp_path / "out", 1)
    assert (first.error, third.error) == ("", "")
    assert "is a folder" in second.error
    assert "is a folder" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_folder_that_cannot_be_had_is_told_before_anything_is_drawn(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(FileWriteError, match="is a file"):
        next(write_batch(order(tmp_path / "taken"), SCENARIOS, "x", 1))


# From the command line


def run(capsys, *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def workshop(tmp_path):
    file = tmp_path / "workshop.toml"
    file.write_text("[[scenario]]\nname = 'One'\n[[scenario]]\nname = 'Two'\nanswers = { gpu = 'yes' }\n")
    return file


def test_the_command_line_tells_how_far_it_is(capsys, tmp_path, workshop):
    words = ("export", "--scenarios", workshop, tmp_path / "out", "--formats", "mmd", "--jobs", 1)
    status, said, progress = run(capsys, *words)
    assert status == 0
    assert said == f"Wrote 2 of 2 scenarios to {tmp_path / 'out'}: see index.html there.\n"
    assert progress == "berth: 1 of 2: One\nberth: 2 of 2: Two\n"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--formats", "bmp"), "there is no format “bmp”"),
        (("--answer", "gpu=yes"), "leave --answer and --session out"),
        (("--jobs", "0"), "is no whole number from 1"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(capsys, tmp_path, workshop, more, told):
    status, _, said = run(capsys, "export", "--scenarios", workshop, tmp_path / "out", *more)
    assert status == 2
    assert told in said
    assert said.count("\n") == 1


def test_formats_without_scenarios_are_wrong_usage(capsys, tmp_path):
    assert run(capsys, "export", tmp_path / "x.png", "--formats", "svg")[0] == 2


def test_a_fault_in_the_scenarios_is_told_with_its_line(capsys, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text("[[scenario]]\nname = 'x'\nanswers = { gpu = 'perhaps' }\n")
    status, _, said = run(capsys, "export", "--scenarios", file, tmp_path / "out")
    assert status == 1
    assert "bad.toml:3: “perhaps” is not an answer to “gpu”" in said
