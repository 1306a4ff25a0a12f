"""The command line does what it says, and says in one sentence what it cannot do."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest
from PySide6.QtGui import QImage

from explorer import __version__, cli
from explorer.arguments import CAPTION_PARTS
from explorer.core.errors import PackError
from explorer.diagnostics import self_check
from explorer.export.formats import formats_of
from explorer.export.request.request import SubjectKind
from explorer.storage.packs.catalog import read_pack_info
from tests.storage.tiny import TINY, write_tiny

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def tiny(tmp_path):
    return write_tiny(tmp_path)


def berth(capsys, *words: str) -> tuple[int, str, str]:
    """The status, the answer and the complaint."""
    status = cli.main([str(word) for word in words])
    return status, *capsys.readouterr()


def refused(capsys, *words: str, status: int) -> str:
    """The one sentence of a refusal."""
    found, answer, complaint = berth(capsys, *words)
    assert (found, answer) == (status, "")
    assert complaint.startswith("berth: ")
    assert complaint.count("\n") == 1
    assert "Traceback" not in complaint
    return complaint


def child(*words: str, code: str = "", **settings) -> subprocess.CompletedProcess[str]:
    """A process of its own, without a display."""
    environment = {key: value for key, value in os.environ.items() if key not in DISPLAYS}
    command = [sys.executable, *(["-c", code] if code else [str(ROOT / "main.py")]), *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    settings = {"env": environment, "cwd": ROOT, **pipes}
    return subprocess.run(command, timeout=60, check=False, encoding="utf-8", **settings)


DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def without_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


# ------------------------------------------------------------------------------------ which door


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        ([], False),
        (["team.berth"], False),
        (["--pack", "folder"], False),
        (["recommend"], True),
        (["export", "team.berth"], True),
        (["tree", "map.png"], True),
        (["recomend"], True),
        (["--help"], True),
        (["--version"], True),
    ],
)
def test_only_known_words_and_mistaken_ones_speak_and_the_rest_opens_the_window(words, speaks):
    assert cli.is_command(words) == speaks


@pytest.mark.parametrize("words", [["--help"], *([word, "--help"] for word in cli.COMMANDS)])
def test_every_word_explains_itself(capsys, words):
    status, answer, complaint = berth(capsys, *words)
    assert (status, complaint) == (0, "")
    assert answer.startswith("usage: berth")


def test_the_help_says_that_a_conflict_is_an_answer(capsys):
    assert "0 done (a conflict is an answer too)" in " ".join(berth(capsys, "--help")[1].split())


def test_the_version_is_told(capsys):
    status, answer, complaint = berth(capsys, "--version")
    assert (status, complaint) == (0, "")
    told = dict(line.split("  ", 1) for line in answer.splitlines())
    assert told["Berth"].strip() == __version__
    assert told["pack aws-containers"].strip().startswith("as of 20")
    assert told["PySide6-Essentials"].strip() == PySide6.__version__


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["recomend"], "“recomend” is no word of Berth; did you mean “recommend”?"),
        (["--bogus"], "the following arguments are required: WORD"),
        (["recommend", "--form", "json"], "unrecognized arguments: --form json"),
        (["recommend", "--format", "xml"], "invalid choice: 'xml'"),
        (["recommend", "--answer", "gpu"], "“gpu” is not of the form ID=VALUE"),
        (["recommend", "--answer", "=yes"], "“=yes” is not of the form ID=VALUE"),
        (["export"], "the following arguments are required: OUT"),
        (["export", "x.png", "--size", "10"], "“10” is no size"),
        (["export", "x.png", "--size", "0x10"], "“0x10” is no size"),
        (["export", "x.png", "--size", "100x100", "--scale", "2"], "not allowed with argument"),
        (["export", "x.png", "--scale", "nan"], "“nan” is no number above 0"),
        (["export", "x.png", "--scale", "-1"], "“-1” is no number above 0"),
        (["export", "x.png", "--dpi", "0.5"], "“0.5” is no resolution"),
        (["export", "x.png", "--theme", "blue"], "invalid choice: 'blue'"),
        (["export", "x.bmp"], "its ending must be one of .png, .svg, "),
        (["export", "x"], "its ending must be one of .png, .svg, "),
        (["export", "x.png", "--size", "90000x900"], "is too large"),
        (["export", "x.png", "--size", "640x63"], "“640x63” is too small to make anything out: 64x64"),
        (["export", "x.md", "--theme", "dark"], "--theme changes nothing in a .md (Decision record, Mark"),
        (
            ["export", "x.csv", "--dpi", "300"],
            "--dpi changes nothing in a .csv (Questions and answers): leave",
        ),
        (
            ["export", "x.png", "--template", "x.potx"],
            "--template changes nothing in a .png (PNG image): leave",
        ),
        (["export", "x.csv", "--dpi", "9", "--outlines"], "--dpi and --outlines change nothing in a .csv"),
        (
            ["tree", "x.mmd", "--theme", "dark"],
            "--theme changes nothing in a .mmd (Mermaid flowchart): leave",
        ),
        (["recommend:1:2"], "; a code begins with “berth:…”, and the file of a session ends in “.berth”"),
        (["check", "a", "b"], "unrecognized arguments: b"),
        (["self-check", "x"], "unrecognized arguments: x"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(capsys, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    assert told in refused(capsys, *words, status=2)
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (["gpuu=yes"], "there is no question “gpuu” in the pack aws-containers; did you mean “gpu”?"),
        (["gpu=yess"], "“yess” is no answer to “gpu”; did you mean “yes”?"),
        (["gpu=42"], "“42” is no answer to “gpu”; expected one of: no, yes"),
        (["gpu=yes", "gpu=no"], "“gpu” is answered twice, with “yes” and “no”"),
        (["gpu\x1b[2J=yes"], "there is no question “gpu [2J”"),
    ],
)
def test_a_wrong_answer_is_told_in_one_sentence(capsys, answers, told):
    words = [word for answer in answers for word in ("--answer", answer)]
    assert told in refused(capsys, "recommend", *words, status=1)


def test_the_same_answer_twice_is_no_fault(capsys):
    assert berth(capsys, "recommend", "--answer", "gpu=yes", "--answer", " gpu = yes ")[0] == 0


def recommended(capsys, *words):
    status, answer, complaint = berth(capsys, "recommend", "--format", "json", *words)
    assert status == 0
    return json.loads(answer), complaint


def test_recommend_decides(capsys):
    found, complaint = recommended(capsys, "--answer", "gpu=yes", "--answer", "operations=least")
    assert complaint == ""
    assert found["choices"]["compute"]["value"] == ["ec2"]
    assert found["answers"] == {"operations": "least", "gpu": "yes"}


def test_recommend_is_readable_by_default(capsys):
    status, answer, complaint = berth(capsys, "recommend")
    assert (status, complaint) == (0, "")
    assert "OUTCOME: decided" in answer


def test_without_defaults_choices_stay_open(capsys):
    assert recommended(capsys, "--no-defaults")[0]["status"] == "open"


def test_a_conflict_is_an_answer(capsys):
    found, complaint = recommended(capsys, "--answer", "load_balancer=no", "--answer", "scaling=alb_requests")
    assert (found["status"], complaint) == ("conflict", "")


def test_a_session_gives_answers_and_those_said_outright_come_first(capsys, tmp_path):
    session = tmp_path / "team.berth"
    session.write_text('{"berth": 1, "answers": {"gpu": "no", "cost": "lowest", "gone": "x"}}')
    found, complaint = recommended(capsys, "--session", str(session), "--answer", "gpu=yes")
    assert found["answers"] == {"gpu": "yes", "cost": "lowest"}
    assert "not all is used: its question “gone” is not asked here" in complaint
    assert complaint.count("\n") == 1


def test_a_code_gives_answers_too(capsys):
    code = "berth:aws-containers:1.0.0:084SVS-RM5FVY-Z09D5F"
    found, _complaint = recommended(capsys, "--session", code)
    assert found["answers"] == {
        "operations": "least",
        "gpu": "yes",
        "kubernetes": "required",
        "location": "cloud",
    }
    assert "mistyped" in refused(capsys, "recommend", "--session", code[:-1], status=1)


def test_a_session_is_read_with_the_shipped_pack_that_it_names(capsys, tmp_path):
    session = tmp_path / "queue.berth"
    session.write_text('{"berth": 1, "pack": {"id": "aws-messaging"}}')
    found, _complaint = recommended(capsys, "--session", str(session))
    assert found["pack"]["id"] == "aws-messaging"


def test_a_wrong_session_is_told_in_one_sentence(capsys, tmp_path):
    session = tmp_path / "team.berth"
    session.write_text("oh\nno")
    assert "is no session: it is not JSON" in refused(capsys, "recommend", "--session", session, status=1)
    assert "cannot be read" in refused(capsys, "recommend", "--session", tmp_path / "gone", status=1)


def test_another_pack_works_without_a_line_of_code(capsys, tiny):
    found, _ = recommended(capsys, "--pack", str(tiny), "--answer", "rain=yes")
    assert (found["pack"]["id"], found["choices"]["sleep"]["value"]) == ("tiny", "hut")


def test_a_shipped_pack_goes_by_its_id_wherever_a_pack_is_asked_for(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert recommended(capsys, "--pack", "aws-containers")[0]["pack"]["id"] == "aws-containers"
    assert berth(capsys, "check", "aws-containers")[0] == 0
    for words in (
        ("recommend", "--pack"),
        ("export", "x.dot", "--pack"),
        ("tree", "x.dot", "--pack"),
        ("check",),
    ):
        assert refused(capsys, *words, "aws-contaners", status=1) == (
            "berth: there is no pack “aws-contaners”, neither a folder nor a shipped pack; "
            "did you mean “aws-containers”?\n"
        )


def test_a_broken_pack_is_told_in_one_sentence_by_all_but_check(capsys, tiny):
    (tiny / "rules.toml").write_text("[[rule]]\n[[trap]]\n")
    told = refused(capsys, "recommend", "--pack", tiny, status=1)
    assert "the pack cannot be used: " in told
    assert "listed by “berth check”" in told
    assert "no such folder" in refused(capsys, "recommend", "--pack", tiny / "gone", status=1)


# ------------------------------------------------------------------------------------ files


def test_export_draws_a_png_of_the_size(capsys, tmp_path):
    out = tmp_path / "x.png"
    status, _, complaint = berth(capsys, "export", out, "--size", "640x360", "--theme", "dark", "--dpi", "300")
    assert (status, complaint) == (0, "")
    image = QImage(str(out))
    assert image.size().toTuple() == (640, 360)
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert image.pixelColor(0, 0).lightness() < 60
    assert image.text("Title") == "Containers on AWS"


def test_export_draws_at_a_scale_and_without_paper(capsys, tmp_path):
    once, twice = tmp_path / "1.PNG", tmp_path / "2.png"
    assert berth(capsys, "export", once, "--scale", "1", "--transparent")[0] == 0
    assert berth(capsys, "export", twice)[0] == 0
    small, large = QImage(str(once)), QImage(str(twice))
    assert abs(small.width() * 2 - large.width()) <= 1
    assert small.pixelColor(0, 0).alpha() == 0
    assert not large.hasAlphaChannel()


def test_export_says_around_the_drawing_what_is_wished(capsys, tmp_path):
    out = tmp_path / "x.svg"
    assert berth(capsys, "export", out, "--around", "title,source,legend", "--shape", "16:9")[0] == 0
    text = out.read_text("utf-8")
    assert ">Containers on AWS 1.0.0<" in text
    assert ">control, no traffic<" in text
    assert "is none of title, date" in refused(capsys, "export", out, "--around", "titel", status=2)
    assert "is no shape" in refused(capsys, "export", out, "--shape", "16:1", status=2)


def test_export_keeps_the_session_to_itself_on_request(capsys, tmp_path):
    out = tmp_path / "x.svg"
    assert berth(capsys, "export", out, "--answer", "gpu=yes", "--outlines", "--no-session")[0] == 0
    text = out.read_text("utf-8")
    assert "<metadata>" not in text
    assert "<text" not in text


def test_export_places_as_json_with_and_without_ghosts(capsys, tmp_path):
    many, few = tmp_path / "many.json", tmp_path / "few.json"
    assert berth(capsys, "export", many)[0] == 0
    assert berth(capsys, "export", few, "--no-ghosts")[0] == 0
    nodes = [{node["id"] for node in json.loads(out.read_text("utf-8"))["nodes"]} for out in (many, few)]
    assert nodes[0] > nodes[1]


def test_export_writes_dot(capsys, tmp_path):
    assert berth(capsys, "export", tmp_path / "x.dot", "--answer", "kubernetes=required")[0] == 0
    assert (tmp_path / "x.dot").read_text("utf-8").startswith("digraph {")


def test_what_cannot_be_written_is_told_and_what_was_there_stays(capsys, tmp_path):
    assert "does not exist" in refused(capsys, "export", tmp_path / "gone" / "x.png", status=1)
    (tmp_path / "x.json").mkdir()
    assert "is a folder" in refused(capsys, "export", tmp_path / "x.json", status=1)


def test_the_same_words_draw_the_same_bytes(capsys, tmp_path):
    for name in ("a.png", "b.png", "a.json", "b.json", "a.dot", "b.dot"):
        berth(capsys, "export", tmp_path / name, "--answer", "gpu=yes")
    for ending in ("png", "json", "dot"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


# ------------------------------------------------------------------------------------ checks


def test_check_tells_every_fault_on_a_line_of_its_own(capsys, tiny, monkeypatch):
    monkeypatch.chdir(tiny)
    (tiny / "rules.toml").write_text(TINY["rules.toml"].replace("rain", "rian").replace("hut", "hutt"))
    assert berth(capsys, "check", str(tiny)) == (
        1,
        "rules.toml:3: unknown question “rian”, did you mean “rain”?\n"
        "rules.toml:4: unknown value of sleep “hutt”, did you mean “hut”?\n",
        "",
    )


def test_check_tells_what_the_proof_finds_with_its_line(capsys, tiny, monkeypatch):
    monkeypatch.chdir(tiny)
    (tiny / "rules.toml").write_text(TINY["rules.toml"].replace("default = ", 'when = { rain = "no" }\nprefer = '))
    status, answer, complaint = berth(capsys, "check", ".")
    assert (status, complaint) == (1, "")
    assert all(line.split(":")[0] in TINY and int(line.split(":")[1]) > 0 for line in answer.splitlines())
    assert "sleep" in answer


def test_check_counts_what_it_proves(capsys):
    status, answer, complaint = berth(capsys, "check")
    assert (status, complaint) == (0, ""), answer
    assert "2,073,600 complete combinations: " in answer
    assert " decided, " in answer
    assert " in conflict" in answer


def test_self_check_tries_everything_a_workshop_needs(capsys, monkeypatch, tmp_path):
    without_display(monkeypatch)
    status, answer, complaint = berth(capsys, "self-check", "--report", str(tmp_path / "report.txt"))
    assert (status, complaint) == (0, "")
    assert (tmp_path / "report.txt").read_text("utf-8") == answer
    tried = [line.split()[1] for line in answer.splitlines() if line.startswith("ok ")]
    assert set(tried) == {"pack", "font", "icons", "layout", "writing", "display"} | {
        format_.extension for format_ in formats_of(SubjectKind.ARCHITECTURE)
    }
    assert answer.endswith("\nEverything works.\n")


def test_self_check_goes_on_after_a_fault_and_tells_it_in_plain_words(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(self_check, "shipped_packs", lambda: ())
    monkeypatch.setattr(self_check, "shipped_pack", lambda: tmp_path / "gone")
    monkeypatch.setattr(self_check, "family", lambda: 1 / 0)
    status, answer, complaint = berth(capsys, "self-check")
    assert (status, complaint) == (1, "")
    assert f"FAILED  font          {self_check.unexpected_error_text()}\n" in answer
    assert "there is no such folder" in answer
    assert "ok      writing       " in answer
    assert "Not everything works: see pack, font, layout, png" in answer


def test_a_character_that_the_font_lacks_is_named(capsys, monkeypatch, tmp_path):
    write_tiny(tmp_path)
    (tmp_path / "rules.toml").write_text("# \u5bb9\u5668", encoding="utf-8")
    monkeypatch.setattr(self_check, "shipped_packs", lambda: (read_pack_info(tmp_path),))
    assert "FAILED  font          The font lacks \u5668 \u5bb9, " in berth(capsys, "self-check")[1]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no folder that nobody writes in")
def test_a_home_that_cannot_be_written_in_is_named(capsys, monkeypatch):
    monkeypatch.setenv("HOME", "/proc")
    status, answer, _ = berth(capsys, "self-check")
    assert status == 1
    told = "There is no place for pictures: nothing can be written in “/proc”. Make room there, or allow it."
    assert f"FAILED  writing       {told}\n" in answer


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a display")
def test_a_display_that_is_not_there_is_told_and_ends_nothing(tmp_path):
    environment = {**os.environ, "DISPLAY": ":987", "QT_QPA_PLATFORM": ""}
    done = child("self-check", env=environment)
    assert done.returncode == 1
    assert "FAILED  display       No window can open on the display that DISPLAY names." in done.stdout
    assert done.stdout.count("FAILED") == 1


# ------------------------------------------------------------------------------------ what nobody foresaw


def test_what_nobody_foresaw_is_one_sentence_and_the_log_says_where(capsys, monkeypatch, caplog):
    monkeypatch.setattr(cli, "load_pack", lambda _: 1 / 0)
    told = refused(capsys, "recommend", status=1)
    assert told == "berth: something unexpected went wrong; “berth --debug …” writes a log that says where\n"
    assert "ZeroDivisionError" in caplog.text


def test_debug_writes_a_log_where_one_stands_and_says_so(tmp_path):
    done = child("--debug", "recommend", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
    assert "the log is “" in done.stderr
    assert "The log begins" in (tmp_path / "berth.log").read_text(encoding="utf-8")


def test_an_interruption_is_quiet(capsys, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "load_pack", interrupt)
    assert berth(capsys, "recommend") == (130, "", "")


def test_a_pack_error_of_one_fault_counts_no_more(capsys, monkeypatch):
    monkeypatch.setattr(cli, "load_pack", lambda _folder: (_ for _ in ()).throw(PackError([_problem()])))
    assert refused(capsys, "recommend", status=1) == "berth: the pack cannot be used: a:1: b\n"


def _problem():
    from explorer.core.errors import Problem

    return Problem("a", 1, "b")


# ------------------------------------------------------------------------------------ as a process


def test_the_program_draws_without_a_display(tmp_path):
    done = child("export", str(tmp_path / "x.png"), "--size", "320x180", "--around", "title,credit")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.png").stat().st_size > 1_000


@pytest.mark.parametrize("around", [",".join(CAPTION_PARTS), *CAPTION_PARTS])
def test_words_around_are_measured_before_anything_else_needs_qt(tmp_path, around):
    done = child("export", str(tmp_path / "x.svg"), "--around", around)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_kind_of_file_is_written_with_every_word_around_by_processes_of_their_own(tmp_path):
    (file := tmp_path / "two.toml").write_text(
        '[[scenario]]\nname = "a"\nanswers = {}\n[[scenario]]\nname = "b"\nanswers = { gpu = "yes" }\n'
    )
    words = ("--scenarios", str(file), "--formats", "all", "--jobs", "2", "--around", ",".join(CAPTION_PARTS))
    done = child("export", str(tmp_path / "out"), *words)
    assert (done.returncode, done.stderr.count("\n")) == (0, 2)
    made = {path.name.split(".", 1)[1] for path in (tmp_path / "out").glob("1-a.*")}
    assert made == {format_.extension for format_ in formats_of(SubjectKind.ARCHITECTURE)}


@pytest.mark.parametrize("words", [["--pack", "nosuch"], ["nosuch.berth"], ["berth:foo"]])
def test_what_cannot_open_is_said_and_waits_for_nobody(words, tmp_path):
    done = child(*words, env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "BERTH_HOME": str(tmp_path)})
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("berth: ")


def test_the_log_says_what_was_read_decided_laid_out_and_written(tmp_path):
    answered = ("--answer", "gpu=yes", "--around", "credit")
    assert child("--debug", "export", "mine.png", *answered, cwd=tmp_path).returncode == 0
    written = (tmp_path / "berth.log").read_text("utf-8")
    for told in (
        r"Asked to export, with the options out, answer, around\.",
        r"Read a pack of \d+ questions and \d+ rules in \d+ ms\.",
        r"Decided by 1 answers in \d+ ms: decided\.",
        r"Laid \d+ boxes and \d+ lines out in \d+ ms\.",
        r"Made a png \(PNG image\) of \d+ bytes in \d+ ms\.",
        r"Wrote the file …\.",
    ):
        assert re.search(told, written)
    assert "mine" not in written
    assert "gpu" not in written


def test_a_platform_that_cannot_start_does_not_end_the_drawing(tmp_path):
    code = "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'xcb'; from explorer.cli import main; "
    done = child(code=f"{code}sys.exit(main(['export', {str(tmp_path / 'x.png')!r}]))")
    if sys.platform.startswith("linux"):
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("words", "status"), [(["recommend", "--answer", "x=y"], 1), (["nonsense"], 2)])
def test_the_program_passes_its_status_on(words, status):
    done = child(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1)


@pytest.mark.parametrize("words", [["recommend"], ["recommend", "--format", "json"], ["check", "{tiny}"]])
def test_what_draws_nothing_loads_no_qt(tiny, words):
    words = [word.format(tiny=tiny) for word in words]
    code = f"import sys; from explorer.cli import main; s = main({words!r}); print(s, 'PySide6' in sys.modules)"
    done = child(code=code)
    assert done.stdout.splitlines()[-1] in {"0 False", "1 False"}
    assert done.stderr == ""


def test_a_reader_who_has_read_enough_is_no_fault():
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = child("recommend", "--format", "json", stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
def test_a_full_disk_is_told():
    with Path("/dev/full").open("w") as full:
        done = child("recommend", stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith("berth: the answer could not be written: No space left")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes its outputs otherwise there")
def test_a_closed_output_is_told():
    command = f'"{sys.executable}" main.py recommend >&-'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == "berth: there is nowhere to write the answer to: standard output is closed\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_a_terminal_without_unicode_is_written_to_all_the_same(encoding):
    code = f"""
import io, json, sys
from explorer.cli import main
raw = io.BytesIO()
out, sys.stdout = sys.stdout, io.TextIOWrapper(raw, encoding={encoding!r})
status = [main(["recommend"]), main(["recommend", "--format", "json"])]
sys.stdout.flush()
text = raw.getvalue().decode({encoding!r})
sys.stdout = out
print(status, json.loads(text[text.index("{{"):])["status"])
"""
    done = child(code=code)
    assert (done.stdout, done.stderr) == ("[0, 0] decided\n", "")
