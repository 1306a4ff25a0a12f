"""A wrong value is told with its line, what it is and what was expected, and reading goes on."""

import tomllib

import pytest

from explorer.storage.packs.table_reader import TomlSource, TomlTable, format_value, one_line


def table(text: str) -> TomlTable:
    return TomlTable(TomlSource("x.toml", text), (), tomllib.loads(text))


def told(table: TomlTable) -> list[str]:
    return [str(problem) for problem in table.source.problems]


@pytest.mark.parametrize(
    ("text", "read", "fault"),
    [
        ("k = 1", lambda t: t.text("k"), "“k” is 1, expected a text in quotes"),
        ("k = 2026-01-02", lambda t: t.text("k"), "“k” is 2026-01-02, expected a text in quotes"),
        ('k = " "', lambda t: t.text("k"), "“k” is empty, expected a text"),
        ("", lambda t: t.text("k"), "“k” is missing, expected a text in quotes"),
        ('k = "a b"', lambda t: t.name("k"), "“k” is “a b”, expected letters, digits, “_”, “-” and “.” only"),
        ('k = "true"', lambda t: t.boolean("k"), "“k” is “true”, expected true or false"),
        ("k = 1.5", lambda t: t.number("k"), "“k” is 1.5, expected a whole number"),
        ("k = true", lambda t: t.number("k"), "“k” is true, expected a whole number"),
        ("k = -1", lambda t: t.number("k"), "“k” is -1, expected a whole number from 0 to 99"),
        ("k = 1_000_000", lambda t: t.number("k"), "“k” is 1000000, expected a whole number from 0 to 99"),
        ('k = ["a", 1]', lambda t: t.text_list("k"), '“k” is ["a", 1], expected a text or a list of texts'),
        ('k = "a"', lambda t: t.mapping("k"), "“k” is “a”, expected a table"),
        ("k = { a = 1 }", lambda t: t.mapping("k"), "“a” is 1, expected a text or a list of texts"),
        ('k = [{ a = "b" }, 3]', lambda t: t.mappings("k"), "“k” is 3, expected a table"),
        ("k = [1]", lambda t: list(t.entries("k")), "“k” holds 1, expected tables only"),
        ("k = 3", lambda t: list(t.entries("k")), "“k” is 3, expected a list"),
        ("k = 3", lambda t: t.table("k"), "“k” is 3, expected a table"),
        ("kay = 3", lambda t: t.reject_unknown_keys("key"), "unknown key “kay”, did you mean “key”?"),
    ],
)
def test_a_wrong_value_is_told_and_reading_goes_on(text, read, fault):
    given = table(text)
    read(given)
    assert told(given) == [f"x.toml:1: {fault}"]


def test_a_fault_within_a_list_of_tables_is_told_on_its_own_line():
    given = table('k = [\n  { a = "b" },\n  { a = 1 },\n]')
    assert given.mappings("k") == ((("a", ("b",)),), (("a", ()),))
    assert told(given) == ["x.toml:3: “a” is 1, expected a text or a list of texts"]


def test_one_text_counts_as_a_list_of_one():
    assert table('k = "a"').text_list("k") == ("a",)
    assert table('k = { a = "b", c = ["d", "e"] }').mapping("k") == (("a", ("b",)), ("c", ("d", "e")))
    assert table('k = { a = "b" }').mappings("k") == ((("a", ("b",)),),)


def test_what_is_missing_has_its_default():
    given = table("")
    assert (given.text("k", "d"), given.optional_text("k"), given.boolean("k", True)) == ("d", None, True)
    assert (given.grid_index("k"), given.text_list("k"), given.mapping("k"), given.mappings("k")) == (
        None,
        (),
        (),
        (),
    )
    assert (list(given.entries("k")), given.subtable("k")) == ([], None)
    assert told(given) == []


def test_only_a_fault_that_loses_an_id_or_an_entry_makes_the_source_lossy():
    kept, lost = table("a = 1\nb = 1.5"), table("a = 1")
    kept.text("a")
    kept.grid_index("b")
    lost.identifier("a")
    assert (kept.source.incomplete, lost.source.incomplete) == (False, True)


def test_no_value_is_too_large_or_too_deep_to_be_told():
    deep = tomllib.loads(f"[{'.'.join('a' * 5_000)}]\n")
    assert format_value(deep) == "too large to show"
    assert format_value(tomllib.loads(f"k = 0x{'f' * 9_000}")["k"]) == "too large to show"
    assert format_value("x" * 1_000_000) == f"“{'x' * 39}…”"


def test_a_message_is_one_line_without_commands_to_a_terminal():
    assert one_line("a\nb\x1b[2Jc\u202ed") == "a b [2Jc d"
    assert len(one_line("x" * 1_000_000)) == 301
