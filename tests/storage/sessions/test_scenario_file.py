"""A file of scenarios is read whole, or each fault is told with its line."""

import pytest

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


def test_answers_go_over_those_of_a_session_beside_the_file(tmp_path):
    (tmp_path / "team.berth").write_text('{"berth": 1, "answers": {"gpu": "no", "cost": "lowest"}}')
    [one] = read(tmp_path, '[[scenario]]\nname = "x"\nsession = "team.berth"\nanswers = { gpu = "yes" }')
    assert dict(one.answers) == {"gpu": "yes", "cost": "lowest"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "workshop.toml:1: there is no scenario in it, expected [[scenario]]"),
        ("[[scenario]]\nname = 'x'\nanswers = { gpus = 'yes' }", ":3: there is no question “gpus”"),
        ("[[scenario]]\nname = 'x'\nanswers = { gpu = 'maybe' }", ":3: “maybe” is no answer to “gpu”"),
        ("[[scenario]]\nanswers = {}", ":1: “name” is missing"),
        ("[[scenario]]\nname = 'x'\n[[scenario]]\nname = 'x'", ":4: the name “x” is taken"),
        ("[[scenario]]\nname = 'x'\ncolour = 'red'", ":3: unknown key “colour”"),
        ("[[scenario]]\nname = 'x'\nsession = 'gone.berth'", ":3: The session"),
        ("[[scenario]\n", "workshop.toml:1: "),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(ScenarioFileError) as fault:
        read(tmp_path, text)
    assert told in str(fault.value)


def test_of_many_faults_the_first_is_told_and_how_many_more_there_are(tmp_path):
    with pytest.raises(ScenarioFileError, match=r"gpus.*\(and 1 more\)"):
        read(tmp_path, "[[scenario]]\nname = 'x'\nanswers = { gpus = 'yes' }\ncolour = 1")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ScenarioFileError, match=r"nowhere\.toml"):
        read_scenario_file(tmp_path / "nowhere.toml", compiled_shipped_pack().pack)
