"""The JSON of every outcome matches the published schema."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from explorer.export.report.report import build_report, report_data
from tests.export.cases import SAMPLE_ANSWERS, compiled_shipped_pack, exported, request_for

SCHEMA = json.loads(Path("docs/outcome.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_valid():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("answers", SAMPLE_ANSWERS)
def test_an_exported_file_matches_the_schema(answers):
    VALIDATOR.validate(json.loads(exported(request_for(answers), "outcome.json")))


@settings(max_examples=15, deadline=None)
@given(st.data(), st.booleans())
def test_any_answers_match_the_schema(data, defaults):
    questions = data.draw(st.sets(st.sampled_from(compiled_shipped_pack().pack.questions)))
    answers = {question.id: data.draw(st.sampled_from(question.answers)).id for question in questions}
    VALIDATOR.validate(report_data(build_report(compiled_shipped_pack(), answers, defaults=defaults)))


def test_a_key_that_is_not_in_the_schema_is_rejected():
    data = report_data(build_report(compiled_shipped_pack(), {}))
    assert not VALIDATOR.is_valid({**data, "surprise": 1})
