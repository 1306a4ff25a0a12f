"""Every whole sentence that the window may say, and every one that refuses something, stands in a test."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOLE = "\0"
"""Stands for what a sentence is filled with."""

BEYOND_TESTS = {
    "explorer/storage/atomic_write.py": "a disk that fills up, or a system that refuses while it writes",
    "explorer/export/images/pdf.py": "memory that cannot be painted in",
    "explorer/export/images/raster.py": "memory that is at an end",
}
"""Where sentences stand of which not all can be brought about in a test, and what that would take."""


def text_of(node: ast.AST) -> str:
    """A string with a hole for each value in it; nothing where there is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(HOLE if isinstance(part, ast.FormattedValue) else text_of(part) for part in node.values)
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


FOREIGN = {
    name for name, thing in vars(builtins).items() if isinstance(thing, type) and issubclass(thing, BaseException)
}
"""The errors that Python raises."""


def foreign_errors(node: ast.AST) -> Iterator[str]:
    """The names under which errors that are not of Berth's making are caught or handed on just here."""
    if isinstance(node, ast.ExceptHandler) and node.type is not None and node.name:
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        names = [ast.unparse(kind).partition(".")[0] for kind in kinds]
        if any(name in FOREIGN or name in sys.stdlib_module_names for name in names):
            yield node.name
    if isinstance(node, ast.FunctionDef):
        for argument in node.args.args:
            if argument.annotation and ast.unparse(argument.annotation) in FOREIGN:
                yield argument.arg


def quotes(tree: ast.AST) -> Iterator[str]:
    """Where the text of such an error is put among words, or is taken for words."""
    for node in ast.walk(tree):
        for name in foreign_errors(node):
            for inner in ast.walk(node):
                if isinstance(inner, ast.FormattedValue) and ast.unparse(inner.value) == name:
                    yield f"line {inner.lineno}"
                if isinstance(inner, ast.Call) and ast.unparse(inner) in (f"str({name})", f"repr({name})"):
                    yield f"line {inner.lineno}"


def test_a_sentence_of_the_code_is_known_by_its_words_and_not_by_a_part_of_them():
    assert in_any("“a b” is open. So it is.", "“\0” is open.")
    assert not in_any("“a b” is open", "“\0” is open.")
    assert not in_any("Now “a b” is opened.", "“\0” is open.")


def test_every_sentence_of_the_window_stands_in_a_test(heard):
    said = [text for path in ROOT.joinpath("explorer/ui").rglob("*.py") for text in whole(strings(module(path)))]
    assert len(said) > 50
    assert [sentence for sentence in said if not in_any(heard, sentence)] == []


def test_every_sentence_that_refuses_something_stands_in_a_test(heard):
    beyond = {ROOT / name for name in BEYOND_TESTS}
    paths = (path for path in ROOT.joinpath("explorer").rglob("*.py") if path not in beyond)
    said = [text for path in paths for text in whole(refusals(module(path)))]
    assert len(said) > 30
    assert [sentence for sentence in said if not in_any(heard, sentence)] == []


def test_no_sentence_quotes_an_error_that_is_not_of_berths_making():
    assert list(quotes(ast.parse("try: f()\nexcept OSError as e: g(f'no: {e}')"))) == ["line 2"]
    found = {
        path.relative_to(ROOT).as_posix(): list(quotes(module(path)))
        for path in ROOT.joinpath("explorer").rglob("*.py")
    }
    # Nobody knows better than its parser what is wrong in a line of TOML.
    assert [name for name, lines in found.items() if lines] == ["explorer/storage/packs/toml.py"]


def test_boxes_are_opened_by_three_only():
    boxes = ("QMessageBox", "QErrorMessage", "QSystemTrayIcon", "statusBar")
    found = {
        str(path.relative_to(ROOT).as_posix())
        for path in ROOT.joinpath("explorer").rglob("*.py")
        for node in ast.walk(module(path))
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).rpartition(".")[2] in boxes
    }
    assert found == {
        "explorer/ui/errors/error_dialog.py",  # a door of its own
        "explorer/ui/widgets/save_dialog.py",  # which asks before a file is chosen
        "explorer/ui/errors/startup_error.py",  # where there is no window yet to speak in
    }
