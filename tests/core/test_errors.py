"""Errors: problems as values, and hints for unknown words."""

from explorer.core.errors import ExplorerError, PackError, Problem, did_you_mean


def test_a_problem_reads_as_position_message_and_expectation():
    assert str(Problem("a.toml", 3, "no such part", "a part")) == "a.toml:3: no such part, expected a part"


def test_a_problem_without_an_expectation_ends_with_the_message():
    assert str(Problem("a.toml", 0, "the file is missing")) == "a.toml:0: the file is missing"


def test_a_hint_that_is_complete_is_not_repeated():
    problem = Problem("a.toml", 1, "unknown part “gear”", did_you_mean("gear", ["bell"]))
    assert str(problem).count("expected") == 1


def test_a_pack_error_lists_every_problem_once_and_in_order():
    late, early = Problem("a.toml", 9, "late"), Problem("a.toml", 2, "early")
    error = PackError([late, early, late])
    assert error.problems == (early, late)
    assert str(error).splitlines() == [str(early), str(late)]
    assert isinstance(error, ExplorerError)


def test_the_hint_for_a_misspelled_word_names_the_most_similar_known_word():
    hint = did_you_mean("engin", ["engine", "bell"])
    assert "“engine”" in hint
    assert "bell" not in hint


def test_the_hint_for_an_unknown_word_names_all_known_words():
    assert did_you_mean("zebra", ["engine", "bell"]).endswith("bell, engine")
    assert did_you_mean("zebra", []) == "none is defined"
