"""Every table and key has its line."""

import tomllib

import pytest

from explorer.storage.packs.toml_positions import line_numbers, line_of
from explorer.storage.resources import default_pack_folder


def paths(value, here=()):
    """Return every path of parsed TOML that has a position in the text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*here, key)
            yield from paths(inner, (*here, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, dict):
                yield (*here, index)
                yield from paths(inner, (*here, index))


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("\n[[x]]\nk = 1\n[[x]]\nk = 2", ("x", 1, "k"), 5),
        ("[[x]]\n[[x.y]]\nk = 1\n[[x]]\n[[x.y]]\nk = 2", ("x", 1, "y", 0, "k"), 6),
        ('[[x]]\n[x.note]\ntext = "t"', ("x", 0, "note", "text"), 3),
        ('k = """\n[no]\nb = 1\n"""\nb = 2', ("b",), 5),
        ("k = '''\n\"\"\"\n'''\nb = 2", ("b",), 4),
        ('k = """a""""\nb = 2', ("b",), 2),
        ('k = "# [x]" # """\nb = 2', ("b",), 2),
        ("k = [\n  [1],\n  [2],\n]\nb = 2", ("b",), 5),
        ("shown = [\n  { x = 1, y = 2 },\n  { x = 3 },\n]", ("shown", 1, "x"), 3),
        ('k = { "a.b" = 1 }', ("k", "a.b"), 1),
        ("[\"x y\".'z']\nk = 1", ("x y", "z", "k"), 2),
        ("a.b = 1\nc.d = 2", ("c", "d"), 2),
        ('k = "\u2028\x85"\nb = 2', ("b",), 2),
        ("  [x]  # why\n  k=1", ("x", "k"), 2),
    ],
    ids=range(1, 16),
)
def test_a_key_has_its_line(text, path, line):
    tomllib.loads(text)
    assert line_numbers(text)[path] == line


@pytest.mark.parametrize("path", [("a", "gone"), ("a",), ("a", 7, "gone", 3)])
def test_an_unknown_path_has_the_nearest_line_above(path):
    assert line_of(line_numbers("\n[a]"), path) == 2


def test_every_path_of_the_default_pack_has_the_line_of_its_key():
    for file in default_pack_folder().glob("*.toml"):
        text = file.read_text("utf-8")
        numbers = line_numbers(text)
        found = [path for path in paths(tomllib.loads(text)) if path in numbers]
        missed = {path for path in paths(tomllib.loads(text)) if path not in numbers}
        # An array of tables has no line of its own; each of its tables has.
        assert {(*path, 0) for path in missed} <= set(found)
        rows = text.split("\n")
        for path in found:
            assert isinstance(path[-1], int) or path[-1] in rows[numbers[path] - 1]
