"""Benchmarks profile functions by name; these names follow every rename."""

import ast
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.timing import resolve

FOLDER = Path(__file__).parents[1] / "benchmarks"


def profiled_names():
    """Yield every `module:name` string of the benchmarks that names a function of Berth."""
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("explorer."):
                yield node.value


@pytest.mark.parametrize("name", sorted(set(profiled_names())))
def test_a_profiled_function_exists(name):
    owner, attribute = resolve(name)
    assert hasattr(owner, attribute)


@pytest.mark.parametrize("module", BENCHMARKS.values())
def test_a_benchmark_has_a_module(module):
    assert (FOLDER.parent / f"{module.replace('.', '/')}.py").is_file()
