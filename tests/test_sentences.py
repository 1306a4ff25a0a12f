"""Every whole sentence that the window may say, and every one that refuses something, stands in a test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOLE = "\0"
"""Stands for what a sentence is filled with."""

BEYOND_TESTS = {
    "explorer/export/files.py": "a disk that fills up, or a system that refuses while it writes",
    "explorer/export/pdf.py": "memory that cannot be painted in",
    "explorer/export/raster.py": "memory that is at an end",
    "explorer/export/self_check.py": "an installation that is damaged in each of its parts",
    "explorer/export/surroundings.py": "displays and disks that a machine for tests does not have",
}
"""Where sentences stand of which not all can be brought about in a test, and what that would take."""


def text_of(node: ast.AST) -> str:
    """A string with a hole for each value in it; nothing where there is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            HOLE if isinstance(part, ast.FormattedValue) else text_of(part) for part in node.values
        )
    return ""


def strings(tree: ast.AST) -> Iterator[str]:
    """Every string beneath a node, but for what only explains the code or is only logged."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and text_of(node.value):
            continue  # it explains what stands before it
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log."):
            continue
        if text := text_of(node):
            yield text
        else:
            yield from strings(node)


def refusals(tree: ast.AST) -> Iterator[str]:
    """Every string that an error is made of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.search(r"Error$|^super\(\).__init__$", ast.unparse(node.func)):
            yield from strings(node)


def whole(texts: Iterator[str]) -> list[str]:
    """Those that are whole sentences."""
    return [text.strip() for text in texts if text.rstrip().endswith(".") and len(text.split()) > 3]


def module(path: Path) -> ast.AST:
    return ast.parse(path.read_text("utf-8"))


def in_any(heard: str, sentence: str) -> bool:
    """Whether the sentence stands there from its first word to its last, whatever it is filled with."""
    words = ".+?".join(map(re.escape, sentence.split(HOLE)))
    return re.search(rf"(?:^|(?<=[\s>])){words}(?=\s|<|$)", heard, re.MULTILINE) is not None


@pytest.fixture(scope="module")
def heard() -> str:
    """Whatever is a string in a test, one beneath the other."""
    tests = (path for path in ROOT.joinpath("tests").rglob("*.py") if path != Path(__file__))
    return "\n".join(text for path in tests for text in strings(module(path)))


def test_a_sentence_of_the_code_is_known_by_its_words_and_not_by_a_part_of_them():
    assert in_any("“a b” is open. So it is.", "“\0” is open.")
    assert not in_any("“a b” is open", "“\0” is open.")
    assert not in_any("Now “a b” is opened.", "“\0” is open.")


def test_every_sentence_of_the_window_stands_in_a_test(heard):
    said = [
        text for path in ROOT.joinpath("explorer/ui").rglob("*.py") for text in whole(strings(module(path)))
    ]
    assert len(said) > 50
    assert [sentence for sentence in said if not in_any(heard, sentence)] == []


def test_every_sentence_that_refuses_something_stands_in_a_test(heard):
    beyond = {ROOT / name for name in BEYOND_TESTS}
    paths = (path for path in ROOT.joinpath("explorer").rglob("*.py") if path not in beyond)
    said = [text for path in paths for text in whole(refusals(module(path)))]
    assert len(said) > 30
    assert [sentence for sentence in said if not in_any(heard, sentence)] == []
