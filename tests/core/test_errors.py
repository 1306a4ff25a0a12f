"""Faults as values: where, what, and what was expected instead."""

from explorer.core.errors import ExplorerError, PackError, Problem, did_you_mean


def test_a_problem_reads_as_place_fault_and_expectation():
    assert str(Problem("a.toml", 3, "no such part", "a part")) == "a.toml:3: no such part, expected a part"


def test_a_problem_that_expects_nothing_ends_with_the_fault():
    assert str(Problem("a.toml", 0, "the file is missing")) == "a.toml:0: the file is missing"


def test_a_broken_pack_tells_every_fault_once_and_in_order():
    late, early = Problem("a.toml", 9, "late"), Problem("a.toml", 2, "early")
    error = PackError([late, early, late])
    assert error.problems == (early, late)
    assert str(error).splitlines() == [str(early), str(late)]
    assert isinstance(error, ExplorerError)


def test_a_misspelt_word_is_answered_with_the_nearest_known_one():
    assert did_you_mean("engin", ["engine", "bell"]) == "did you mean “engine”?"


def test_a_strange_word_is_answered_with_all_known_ones():
    assert did_you_mean("zebra", ["engine", "bell"]) == "known are: bell, engine"
    assert did_you_mean("zebra", []) == "none is known"
