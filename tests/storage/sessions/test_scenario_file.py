"""A scenario file gives scenarios, or every problem with its line."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.storage.sessions.scenario_file import ScenarioFileError, read_scenario_file
from tests.export.cases import compiled_shipped_pack


def read(tmp_path, text):
    file = tmp_path / "workshop.toml"
    file.write_text(text, encoding="utf-8")
    return read_scenario_file(file, compiled_shipped_pack().pack)


def test_scenarios_have_names_and_answers(tmp_path):
    found = read(
        tmp_path,
        """
        [[scenario]]
        name = "Plain"
        [[scenario]]
        name = "GPU"
        answers = { gpu = "yes", operations = "least" }
        """,
    )
    assert [(one.name, dict(one.answers)) for one in found] == [
        ("Plain", {}),
        ("GPU", {"gpu": "yes", "operations": "least"}),
    ]


def test_answers_override_those_of_the_session(tmp_path):
    (tmp_path / "team.berth").write_text('{"berth": 1, "answers": {"gpu": "no", "cost": "lowest"}}')
    (scenario,) = read(tmp_path, '[[scenario]]\nname = "x"\nsession = "team.berth"\nanswers = { gpu = "yes" }')
    assert dict(scenario.answers) == {"gpu": "yes", "cost": "lowest"}


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("", "workshop.toml:1: the file has no scenario"),
        (
            "[[scenario]]\nname = 'x'\nanswers = { gpus = 'yes' }",
            "workshop.toml:3: the pack aws-containers has no question “gpus”",
        ),
        ("[[scenario]]\nname = 'x'\nanswers = { gpu = 'maybe' }", ":3: “maybe” is not an answer to “gpu”"),
        ("[[scenario]]\nanswers = {}", ":1: “name” is missing"),
        ("[[scenario]]\nname = 'x'\n[[scenario]]\nname = 'x'", ":4: the name “x”"),
        ("[[scenario]]\nname = 'x'\ncolour = 'red'", ":3: unknown key “colour”"),
        ("[[scenario]]\nname = 'x'\nsession = 'gone.berth'", "gone.berth"),
        ("[[scenario]\n", "workshop.toml:1: "),
    ],
)
def test_a_problem_has_its_line(tmp_path, text, situation):
    with pytest.raises(ScenarioFileError) as caught:
        read(tmp_path, text)
    assert situation in str(caught.value)


def test_an_error_has_the_first_problem_and_the_number_of_others(tmp_path):
    with pytest.raises(ScenarioFileError, match=r"gpus.*\(and 1 more\)"):
        read(tmp_path, "[[scenario]]\nname = 'x'\nanswers = { gpus = 'yes' }\ncolour = 1")


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ScenarioFileError, match=r"nowhere\.toml"):
        read_scenario_file(tmp_path / "nowhere.toml", compiled_shipped_pack().pack)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("scenarios")


PIECES = ["[[scenario]]\n", "name = 'x'\n", "answers = ", "{ gpu = 'yes' }", "session = ", "'.'", "a.", "[", "=", "\n"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
@example("a." * 9_000 + "b = 1")
@example("[[scenario]]\nname = 'x'\nsession = '/dev/zero'")
@example("[[scenario]]\nname = 'x'\nsession = '\\u0000'")
@example("scenario = 5")
@example("[[scenario]]\nname = 5\nanswers = [1, 2]")
def test_any_text_gives_scenarios_or_problems(folder, text):
    with suppress(ScenarioFileError):
        assert read(folder, text)
