"""What an outcome's JSON holds is published as a schema, and every outcome keeps to it."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from explorer.export.lazy_writers import outcome
from explorer.export.report.report import as_data, report_on
from tests.export.cases import VARIED, request_for, shipped

SCHEMA = json.loads(Path("docs/outcome.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("answers", VARIED)
def test_the_file_keeps_to_it(answers):
    VALIDATOR.validate(json.loads(outcome(request_for(answers))))


@settings(max_examples=15, deadline=None)
@given(st.data(), st.booleans())
def test_any_answers_keep_to_it(data, defaults):
    questions = data.draw(st.sets(st.sampled_from(shipped().pack.questions)))
    answers = {question.id: data.draw(st.sampled_from(question.answers)).id for question in questions}
    VALIDATOR.validate(as_data(report_on(shipped(), answers, defaults=defaults)))


def test_a_name_that_is_not_published_is_told():
    data = as_data(report_on(shipped(), {}))
    assert not VALIDATOR.is_valid({**data, "surprise": 1})
