"""A pack is loaded completely, or every problem has its file and line."""

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.core.architecture.builder import build_architecture
from explorer.core.errors import ExplorerError, PackError
from explorer.core.model.pack import Pack
from explorer.core.model.validation import PackIssue
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.storage.packs.loader import PACK_FILES, display_path, load_pack, locate_issues
from explorer.storage.resources import default_pack_folder
from tests.storage.tiny import TINY, write_tiny

POSITION = re.compile(rf"^.*({'|'.join(PACK_FILES)}):[1-9]\d*: \S.*$")


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """The tiny pack in the current folder."""
    monkeypatch.chdir(tmp_path)
    return write_tiny(tmp_path)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the default pack to damage; each test restores it."""
    return Path(shutil.copytree(default_pack_folder(), tmp_path_factory.mktemp("pack") / "copy"))


def problems(folder: Path) -> list[str]:
    """Return every problem of a pack; each must have a file and a line."""
    try:
        pack = load_pack(folder)
    except PackError as error:
        lines = str(error).split("\n")
        assert all(POSITION.match(line) for line in lines), lines
        return lines
    assert isinstance(pack, Pack)
    return []


def problems_after(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Return the problems after one change to a file."""
    text = TINY[file]
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return problems(folder)


def problems_with(folder: Path, file: str, data: bytes) -> list[str]:
    """Return the problems with these bytes in a file, then restore the file."""
    path = folder / file
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        return problems(folder)
    finally:
        path.write_bytes(before)


def test_a_valid_pack_has_no_problem(tiny):
    assert problems(tiny) == []
    assert problems(default_pack_folder()) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("pack.toml", 'title = "Tiny"', "title = 1", "pack.toml:3: “title” is 1, expected a text in quotes"),
        ("pack.toml", "[pack]", "[pak]", "pack.toml:1: unknown key “pak”, did you mean “pack”?"),
        ("pack.toml", 'id = "hut"', 'id = "tent"', "pack.toml:7: "),
        (
            "questions.toml",
            '"night"\ntitle = "R',
            '"nite"\ntitle = "R',
            "questions.toml:7: unknown group “nite”, did you mean “night”?",
        ),
        (
            "questions.toml",
            'why = "Tents leak."\n',
            "",
            "questions.toml:5: “why” is missing, expected a text in quotes",
        ),
        (
            "rules.toml",
            'rain = "yes"',
            'rain = "maybe"',
            "rules.toml:3: unknown answer to rain “maybe”, expected one of: no, yes",
        ),
        ("rules.toml", "only", "onlye", "rules.toml:4: unknown key “onlye”, did you mean “only”?"),
        (
            "rules.toml",
            'only = { sleep = "hut" }',
            'never = { slep = "hut" }',
            "rules.toml:4: unknown part “slep”, did you mean “sleep”?",
        ),
        (
            "rules.toml",
            'only = { sleep = "hut" }',
            'never = { sleep = "hutt" }',
            "rules.toml:4: sleep has no value hutt, did you mean “hut”?",
        ),
        (
            "rules.toml",
            '["leaks"]',
            "[]",
            "rules.toml:1: rule “dry” has no takeaways, expected at least one takeaway",
        ),
        (
            "components.toml",
            'label = "Valley"',
            'label = "Valley"\nparent = "valley"',
            "components.toml:4: group “valley” contains itself, expected a parent outside the group",
        ),
        (
            "components.toml",
            'label = "Hut"',
            'label = "Hut"\nat = "stove"',
            "components.toml:14: component “hut” is attached to itself",
        ),
        (
            "components.toml",
            'to = "hut"',
            'to = "hutt"',
            "components.toml:23: unknown component “hutt”, did you mean “hut”?",
        ),
        (
            "components.toml",
            'label = "Tent"',
            'label = "Tent"\nicon = "fargat"',
            "components.toml:8: there is no icon “fargat”, did you mean “fargate”?",
        ),
        (
            "components.toml",
            'label = "Tent"',
            'label = "Tent"\nicon = "../icon"',
            "components.toml:8: there is no icon “../icon”, expected one of the names that docs/packs.md lists",
        ),
        (
            "components.toml",
            'label = "Tent"',
            'label = "Tent"\ncolumn = 1e9',
            "components.toml:8: “column” is 1000000000.0, expected a whole number",
        ),
        (
            "takeaways.toml",
            "https",
            "http",
            "takeaways.toml:5: the source is “http://example.org/tents”, expected an https address",
        ),
        (
            "practice.toml",
            "right = true",
            "right = 1",
            "practice.toml:8: “right” is 1, expected true or false",
        ),
        ("practice.toml", '"yes"', '["yes", "no"]', "practice.toml:4: rain has 2 answers, expected one"),
    ],
)
def test_a_problem_has_its_file_and_line(tiny, file, old, new, problem):
    found = problems_after(tiny, file, old, new)
    assert any(line.startswith(problem) for line in found), found


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("questions.toml", "group"),
        ("questions.toml", "question"),
        ("pack.toml", "choice"),
        ("rules.toml", "rule"),
        ("components.toml", "component"),
        ("takeaways.toml", "takeaway"),
        ("practice.toml", "practice"),
    ],
)
def test_a_duplicate_id_is_a_problem(tiny, file, table):
    start = TINY[file].index(f"[[{table}]]")
    end = TINY[file].find(f"\n[[{table}]]", start + 1)
    entry = TINY[file][start : end if end > 0 else None]
    (tiny / file).write_text(f"{TINY[file]}\n{entry}", "utf-8")
    assert any("duplicate" in line for line in problems(tiny))


def test_a_duplicate_key_is_a_problem(tiny):
    assert problems_after(tiny, "pack.toml", 'version = "1"', 'version = "1"\nversion = "2"') != []


def test_problems_of_all_files_are_reported_even_if_one_is_unreadable(tiny):
    (tiny / "pack.toml").write_text("[pack\n", "utf-8")
    (tiny / "rules.toml").write_text(TINY["rules.toml"].replace("reason", "raison", 1), "utf-8")
    (tiny / "practice.toml").unlink()
    assert [line.split(": ", 1)[0] for line in problems(tiny)] == [
        "pack.toml:1",
        "practice.toml:1",
        "rules.toml:1",
        "rules.toml:5",
    ]


def test_a_wrong_text_does_not_hide_a_wrong_reference(tiny):
    (tiny / "pack.toml").write_text(TINY["pack.toml"].replace('"Tiny"', "1"), "utf-8")
    (tiny / "rules.toml").write_text(TINY["rules.toml"].replace('["leaks"]', '["leeks"]', 1), "utf-8")
    assert [line.split(": ", 1)[0] for line in problems(tiny)] == ["pack.toml:3", "rules.toml:6"]


def test_a_missing_id_is_one_problem_and_its_references_are_none(tiny):
    assert problems_after(tiny, "questions.toml", 'id = "rain"', "id = 1") == [
        "questions.toml:6: “id” is 1, expected a text in quotes"
    ]


@pytest.mark.parametrize("name", PACK_FILES)
def test_a_missing_file_is_a_problem(tiny, name):
    (tiny / name).unlink()
    assert f"{name}:1: the file is missing, expected the files {', '.join(PACK_FILES)}" in problems(tiny)


def test_a_missing_folder_is_an_error(tmp_path):
    for path in (tmp_path / "gone", tmp_path / ("x" * 300), Path("a\0b"), Path(__file__)):
        with pytest.raises(PackError, match="the folder does not exist"):
            load_pack(path)


def test_an_invalid_byte_has_its_line(tiny):
    (tiny / "rules.toml").write_bytes(b"# one\n# tw\xff\n" + TINY["rules.toml"].encode())
    assert problems(tiny) == ["rules.toml:2: byte 0xff is not valid UTF-8, expected text in UTF-8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_another_encoding_is_a_problem(tiny, encoding):
    (tiny / "rules.toml").write_bytes(TINY["rules.toml"].encode(encoding))
    assert [line.split(":")[0] for line in problems(tiny)] == ["rules.toml"]


def test_byte_order_marks_and_windows_line_ends_are_accepted(tiny):
    for name, text in TINY.items():
        (tiny / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert problems(tiny) == []
    changed = TINY["rules.toml"].replace('["leaks"]', '["leeks"]', 1).replace("\n", "\r\n")
    (tiny / "rules.toml").write_bytes(changed.encode())
    assert problems(tiny) == ["rules.toml:6: unknown takeaway “leeks”, did you mean “leaks”?"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 'y'\n" * 300_000, "rules.toml:1: the file is too large, expected at most 2,000,000 bytes"),
        (
            "\n[" + "a." * 20_000 + "a]",
            "rules.toml:2: the line is too long, expected at most 20,000 characters",
        ),
        ("a.b = 1\n" + "a." * 40 + "c = 1", "rules.toml:2: a key has too many parts, expected at most 32"),
        ("k = { " + """'a' . "b" . """ * 20 + "c = 1 }", "rules.toml:1: a key has too many parts, expected at most 32"),
        ("k = " + "[" * 9_000, "rules.toml:1: lists or tables are nested too deeply, expected a few levels"),
        ("\nk = " + "9" * 5_000, "rules.toml:2: this is not valid TOML: a number has thousands of digits"),
        ("\n\nk = ", "rules.toml:3: this is not valid TOML: invalid value"),
        ('k = "\\ud800"', "rules.toml:1: this is not valid TOML: escaped character is not a Unicode scalar value"),
        (
            "k = 2026-13-45",
            "rules.toml:1: this is not valid TOML: expected newline or end of document after a statement",
        ),
    ],
    ids=[
        "too large",
        "too long",
        "a long key",
        "a long quoted key",
        "too deep",
        "too many digits",
        "truncated",
        "a lone surrogate",
        "not a date",
    ],
)
def test_text_that_is_not_toml_is_one_problem(tiny, text, problem):
    (tiny / "rules.toml").write_text(text, "utf-8")
    assert problems(tiny) == [problem]


@pytest.mark.parametrize(
    "text",
    [f"[{'.'.join('a' * 5_000)}]", f"k = 0x{'f' * 9_000}", '"a\\nb\\u001b" = 1', f"{'k' * 15_000} = 1"],
    ids=["tables 5,000 deep", "a huge number", "a key of two lines", "a huge key"],
)
def test_problems_of_huge_values_are_short_lines(tiny, text):
    (tiny / "rules.toml").write_text(f"[[rule]]\n{text}", "utf-8")
    assert all(len(line) < 700 and line.isprintable() for line in problems(tiny))


def test_many_entries_are_loaded(tiny):
    entry = '[[takeaway]]\nid = "t{}"\ntitle = "t"\ntext = "t"\nsource = "https://e"\nas_of = "d"\n'
    text = "".join(entry.format(number) for number in range(15_000))
    (tiny / "takeaways.toml").write_text(TINY["takeaways.toml"] + text, "utf-8")
    assert problems(tiny) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_is_not_read(tiny):
    (tiny / "rules.toml").unlink()
    os.mkfifo(tiny / "rules.toml")
    assert problems(tiny) == ["rules.toml:1: this is not a regular file, expected a text file"]


@pytest.mark.parametrize("name", PACK_FILES)
def test_a_truncated_file_is_loaded_or_a_problem(copy, name):
    data = (copy / name).read_bytes()
    for end in range(0, len(data), max(200, len(data) // 20)):
        problems_with(copy, name, data[:end])


FRAGMENTS = [
    *(bytes([byte]) for byte in b"\"'[]{}=#,\n\x00\xff"),
    *(b'"""', b"[[", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"[[rule]]\n", b'id = "gpu"\n'),
    *(b"1", b"true", b"[]", b"{}", b"inf", b"absent"),
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(PACK_FILES),
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 12),
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from(FRAGMENTS),
        ),
    ),
    min_size=1,
    max_size=4,
)


@given(CHANGES)
@example([("pack.toml", 0.0, 0, b"\xef\xbb\xbf")])
def test_a_damaged_pack_is_loaded_or_has_problems_with_file_and_line(copy, changes):
    before = {name: (copy / name).read_bytes() for name in PACK_FILES}
    after = dict(before)
    for name, place, length, new in changes:
        at = int(place * len(after[name]))
        after[name] = after[name][:at] + new + after[name][at + length :]
    try:
        for name, data in after.items():
            (copy / name).write_bytes(data)
        if not problems(copy):
            decide_some(load_pack(copy))
    finally:
        for name, data in before.items():
            (copy / name).write_bytes(data)


def decide_some(pack: Pack) -> None:
    """Decide and build some architectures of a loaded pack; an expected error is fine."""
    with suppress(ExplorerError):
        space = compile_pack(pack)
        for question in pack.questions[:3]:
            build_architecture(pack, decide(space, {question.id: question.answers[0].id}))


def test_issues_of_the_verification_have_their_line(tiny):
    found = [
        PackIssue("rules.toml", ("rule", 1, "default"), "never acts", "a chance"),
        PackIssue("pack.toml", (), "odd"),
    ]
    assert [str(problem) for problem in locate_issues(tiny, found)] == [
        "rules.toml:10: never acts, expected a chance",
        "pack.toml:1: odd",
    ]


def test_a_path_in_the_current_folder_is_shown_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert display_path(tmp_path / "a" / "b") == str(Path("a", "b"))
    assert display_path(Path("/a")) == "/a"


def test_without_a_current_folder_a_path_is_shown_unchanged(monkeypatch):
    monkeypatch.setattr(os.path, "relpath", lambda _: (_ for _ in ()).throw(OSError))
    assert display_path(Path("/some/where")) == str(Path("/some/where"))
