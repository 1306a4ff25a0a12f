"""A wrong value adds a problem with line, value and expected type, and reading continues."""

import tomllib

import pytest

from explorer.storage.packs.table_reader import TomlSource, TomlTable, format_value, one_line


def table(text: str) -> TomlTable:
    return TomlTable(TomlSource("x.toml", text), (), tomllib.loads(text))


def problems(table: TomlTable) -> list[str]:
    return [str(problem) for problem in table.source.problems]


@pytest.mark.parametrize(
    ("text", "read", "problem"),
    [
        ("k = 1", lambda t: t.text("k"), "“k” is 1, expected a text in quotes"),
        ("k = 2026-01-02", lambda t: t.text("k"), "“k” is 2026-01-02, expected a text in quotes"),
        ('k = " "', lambda t: t.text("k"), "“k” is empty, expected a text"),
        ("", lambda t: t.text("k"), "“k” is missing, expected a text in quotes"),
        ('k = "a b"', lambda t: t.identifier("k"), "“k” is “a b”, expected letters, digits, “_”, “-” and “.” only"),
        ('k = "true"', lambda t: t.boolean("k"), "“k” is “true”, expected true or false"),
        ("k = 1.5", lambda t: t.grid_index("k"), "“k” is 1.5, expected a whole number"),
        ("k = true", lambda t: t.grid_index("k"), "“k” is true, expected a whole number"),
        ("k = -1", lambda t: t.grid_index("k"), "“k” is -1, expected a whole number from 0 to 99"),
        ("k = 1_000_000", lambda t: t.grid_index("k"), "“k” is 1000000, expected a whole number from 0 to 99"),
        ('k = ["a", 1]', lambda t: t.text_list("k"), '“k” is ["a", 1], expected a text or a list of texts'),
        ('k = "a"', lambda t: t.mapping("k"), "“k” is “a”, expected a table"),
        ("k = { a = 1 }", lambda t: t.mapping("k"), "“a” is 1, expected a text or a list of texts"),
        ('k = [{ a = "b" }, 3]', lambda t: t.mappings("k"), "“k” is 3, expected a table"),
        ("k = [1]", lambda t: list(t.entries("k")), "“k” contains 1, expected only tables"),
        ("k = 3", lambda t: list(t.entries("k")), "“k” is 3, expected a list"),
        ("k = 3", lambda t: t.subtable("k"), "“k” is 3, expected a table"),
        ("kay = 3", lambda t: t.reject_unknown_keys("key"), "unknown key “kay”, did you mean “key”?"),
    ],
)
def test_a_wrong_value_adds_a_problem(text, read, problem):
    values = table(text)
    read(values)
    assert problems(values) == [f"x.toml:1: {problem}"]


def test_a_problem_in_a_list_of_tables_has_its_own_line():
    values = table('k = [\n  { a = "b" },\n  { a = 1 },\n]')
    assert values.mappings("k") == ((("a", ("b",)),), (("a", ()),))
    assert problems(values) == ["x.toml:3: “a” is 1, expected a text or a list of texts"]


def test_a_single_text_is_a_list_of_one():
    assert table('k = "a"').text_list("k") == ("a",)
    assert table('k = { a = "b", c = ["d", "e"] }').mapping("k") == (("a", ("b",)), ("c", ("d", "e")))
    assert table('k = { a = "b" }').mappings("k") == ((("a", ("b",)),),)


def test_a_missing_key_has_its_default():
    values = table("")
    assert (values.text("k", "d"), values.optional_text("k"), values.boolean("k", True)) == ("d", None, True)
    assert (values.grid_index("k"), values.text_list("k"), values.mapping("k"), values.mappings("k")) == (
        None,
        (),
        (),
        (),
    )
    assert (list(values.entries("k")), values.subtable("k")) == ([], None)
    assert problems(values) == []


def test_a_source_without_an_id_or_an_entry_is_incomplete():
    complete, incomplete = table("a = 1\nb = 1.5"), table("a = 1")
    complete.text("a")
    complete.grid_index("b")
    incomplete.identifier("a")
    assert (complete.source.incomplete, incomplete.source.incomplete) == (False, True)


def test_large_and_deep_values_are_shortened():
    deep = tomllib.loads(f"[{'.'.join('a' * 5_000)}]\n")
    assert len(format_value(deep)) <= 40, "whatever the recursion limit"
    assert format_value(tomllib.loads(f"k = 0x{'f' * 9_000}")["k"]) == "too large to show"
    assert format_value("x" * 1_000_000) == f"“{'x' * 39}…”"


def test_a_message_is_one_short_line_without_control_characters():
    assert one_line("a\nb\x1b[2Jc\u202ed") == "a b [2Jc d"
    assert len(one_line("x" * 1_000_000)) == 301


def test_suggestions_stop_after_many_problems():
    values = table("\n".join(f"kay{number} = 1" for number in range(300)))
    values.reject_unknown_keys("key")
    assert problems(values)[0].endswith("expected one of: key")
    assert problems(values)[-1] == "x.toml:300: unknown key “kay299”"
