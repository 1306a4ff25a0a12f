"""Conventions of the code that no linter checks."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

PYTHON_ERRORS = {
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
}


def module(path: Path) -> ast.AST:
    return ast.parse(path.read_text("utf-8"))


def python_errors(node: ast.AST) -> Iterator[str]:
    """Return the variables that hold an error of Python or its library at this node."""
    if isinstance(node, ast.ExceptHandler) and node.type is not None and node.name:
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        names = [ast.unparse(kind).partition(".")[0] for kind in kinds]
        if any(name in PYTHON_ERRORS or name in sys.stdlib_module_names for name in names):
            yield node.name
    if isinstance(node, ast.FunctionDef):
        for argument in node.args.args:
            if argument.annotation and ast.unparse(argument.annotation) in PYTHON_ERRORS:
                yield argument.arg


def quoted_errors(tree: ast.AST) -> Iterator[str]:
    """Return the lines that use the text of such an error in a message."""
    for node in ast.walk(tree):
        for name in python_errors(node):
            for inner in ast.walk(node):
                if isinstance(inner, ast.FormattedValue) and ast.unparse(inner.value) == name:
                    yield f"line {inner.lineno}"
                if isinstance(inner, ast.Call) and ast.unparse(inner) in (f"str({name})", f"repr({name})"):
                    yield f"line {inner.lineno}"


def test_no_message_quotes_the_text_of_an_error_of_python():
    assert list(quoted_errors(ast.parse("try: f()\nexcept OSError as e: g(f'no: {e}')"))) == ["line 2"]
    found = {
        path.relative_to(ROOT).as_posix(): list(quoted_errors(module(path)))
        for path in ROOT.joinpath("explorer").rglob("*.py")
    }
    assert sorted(name for name, lines in found.items() if lines) == [
        "explorer/core/decision_diagram/codec.py",  # of a cache that is computed again: the error is not shown
        "explorer/storage/packs/toml.py",  # the parser's text describes an error in a line of TOML best
    ]


def test_only_three_modules_open_a_message_box():
    boxes = ("QMessageBox", "QErrorMessage", "QSystemTrayIcon", "statusBar")
    found = {
        str(path.relative_to(ROOT).as_posix())
        for path in ROOT.joinpath("explorer").rglob("*.py")
        for node in ast.walk(module(path))
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).rpartition(".")[2] in boxes
    }
    assert found == {
        "explorer/ui/errors/error_dialog.py",
        "explorer/ui/errors/startup_error.py",  # there is no window with a notice bar yet
        "explorer/ui/widgets/save_dialog.py",  # asks before a file is replaced
    }
