"""A command-line argument is a share code, a part of one, or a file."""

import re

import pytest

from explorer.cli.output import UsageError
from explorer.cli.parser import command_of
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.share_code import encode_answers
from explorer.storage.packs.catalog import find_pack_folder, shipped_packs
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions.opening import complete_code, parse_source


@pytest.fixture(params=[info.id for info in shipped_packs()])
def code(request):
    """The share code of an answer to the first question of a shipped pack."""
    pack = load_pack(find_pack_folder(request.param))
    first = pack.questions[0]
    return encode_answers(pack, {QuestionId(first.id): AnswerId(first.answers[0].id)})


def test_a_code_needs_no_prefix(code):
    for part in (code.rsplit(":", 1)[1], code.removeprefix("berth:"), code):
        assert normalized(parse_source(part)) == normalized(code)
        assert command_of([part]) == "open"


def normalized(code):
    assert isinstance(code, str)
    return re.sub("[- ]", "", code).upper()


def test_a_code_without_prefix_belongs_to_the_named_pack(code):
    body = code.rsplit(":", 1)[1]
    others = [info.id for info in shipped_packs() if info.id != code.split(":")[1]]
    assert all(complete_code(body, other) is None for other in others)
    assert complete_code(body, code.split(":")[1]) is not None


def test_an_existing_file_takes_precedence_over_a_code(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    body = code.rsplit(":", 1)[1]
    (tmp_path / body).touch()
    assert parse_source(body) == (tmp_path / body).relative_to(tmp_path)


def test_a_mistyped_code_is_an_error_that_shows_the_format(code):
    body = code.rsplit(":", 1)[1]
    with pytest.raises(ExplorerError, match="“berth:…”") as caught:
        parse_source(body[:-1])
    assert f"“{body[:-1]}”" in str(caught.value)
    with pytest.raises(UsageError):
        command_of([body[:-1]])
