"""What a word on the command line means: a code, a part of one, or a file."""

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


@pytest.fixture(params=[label.id for label in shipped_packs()])
def code(request):
    """The code of an answer to the first question of a shipped pack."""
    pack = load_pack(find_pack_folder(request.param))
    first = pack.questions[0]
    return encode_answers(pack, {QuestionId(first.id): AnswerId(first.answers[0].id)})


def test_the_part_that_was_spoken_is_enough(code):
    for part in (code.rsplit(":", 1)[1], code.removeprefix("berth:"), code):
        assert parsed(parse_source(part)) == parsed(code)
        assert command_of([part]) == "open"


def parsed(code):
    assert isinstance(code, str)
    return re.sub("[- ]", "", code).upper()


def test_a_part_belongs_to_the_pack_that_is_named(code):
    body = code.rsplit(":", 1)[1]
    others = [label.id for label in shipped_packs() if label.id != code.split(":")[1]]
    assert all(complete_code(body, other) is None for other in others)
    assert complete_code(body, code.split(":")[1]) is not None


def test_a_file_of_that_name_goes_before_a_code(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    body = code.rsplit(":", 1)[1]
    (tmp_path / body).touch()
    assert parse_source(body) == (tmp_path / body).relative_to(tmp_path)


def test_a_part_that_is_mistyped_is_told_how_codes_begin(code):
    body = code.rsplit(":", 1)[1]
    with pytest.raises(ExplorerError) as refused:
        parse_source(body[:-1])
    told = "a share code starts with “berth:…”, a session file ends in “.berth”"
    assert str(refused.value) == f"“{body[:-1]}” is neither there as a file nor a whole code; {told}"
    with pytest.raises(UsageError):
        command_of([body[:-1]])
