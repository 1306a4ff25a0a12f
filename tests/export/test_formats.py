"""Every kind of file goes one way, whoever asks for it."""

from datetime import date
from pathlib import Path

import pytest

from explorer.app import build_main_window
from explorer.cli.main import main
from explorer.cli.parser import command_of
from explorer.core.errors import ExplorerError
from explorer.core.solver.constraints import compile_pack
from explorer.export.formats import (
    FORMATS,
    Format,
    Supports,
    UnknownFormatError,
    export_bytes,
    export_file,
    format_of,
    formats_of,
)
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import CaptionParts, Options, Request, SubjectKind
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from explorer.storage.sessions.autosave import FileVersion
from explorer.storage.sessions.opening import open_file
from tests.export.sketches import session_with

pytestmark = pytest.mark.usefixtures("qapp")

ANSWERS = "gpu=yes location=hybrid"


def _extension(format_: Format) -> str:
    return format_.extension


@pytest.fixture(scope="module")
def space():
    return compile_pack(load_pack(default_pack_folder()))


@pytest.fixture(scope="module")
def request_(qapp, space):
    return request_for_session(create_engine(space), session_with(ANSWERS))


def test_the_window_and_the_command_line_write_the_same_bytes(qtbot, space, tmp_path):
    window = build_main_window(space, session_with(ANSWERS))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.export_source() is not None)
    scene = window.export_source()
    assert scene is not None
    wished = Options(date=date.today().isoformat(), icons=window.icon_controller.source)
    words = [word for pair in ANSWERS.split() for word in ("--answer", pair)]
    for format_ in FORMATS:
        theirs, ours = tmp_path / f"theirs.{format_.extension}", tmp_path / f"ours.{format_.extension}"
        assert main(["export", str(theirs), *words]) == 0
        export_file(ours, scene.request(wished))
        assert ours.read_bytes() == theirs.read_bytes(), format_.name
    window.close()


@pytest.mark.parametrize("format_", FORMATS, ids=_extension)
def test_the_same_answers_are_always_the_same_bytes(space, request_, format_):
    assert export_bytes(request_for_session(create_engine(space), session_with(ANSWERS)), format_) == export_bytes(
        request_, format_
    )


WISHES = {
    Supports.SIZE: Options(scale=3, aspect=4 / 3),
    Supports.THEME: Options(theme="dark"),
    Supports.BACKGROUND: Options(transparent=True),
    Supports.CAPTION: Options(caption=CaptionParts.TITLE | CaptionParts.LEGEND),
    Supports.TEXT_AS_PATHS: Options(text_as_paths=True),
    Supports.SESSION: Options(session=False),
}


@pytest.fixture(scope="module")
def wished(space):
    return {
        wish: request_for_session(create_engine(space), session_with(ANSWERS), options)
        for wish, options in WISHES.items()
    }


@pytest.mark.parametrize("format_", FORMATS, ids=_extension)
def test_a_kind_of_file_shows_the_wishes_that_it_says_it_heeds_and_no_others(request_, wished, format_):
    usual = export_bytes(request_, format_)
    shown = {wish for wish, request in wished.items() if export_bytes(request, format_) != usual}
    assert shown == {wish for wish in WISHES if format_.supports & wish}


def test_an_ending_alone_is_no_name_of_a_file():
    with pytest.raises(UnknownFormatError):
        format_of(Path(".pptx"), SubjectKind.ARCHITECTURE)


def test_the_longest_ending_says_the_kind():
    assert format_of(Path("x.deck.pptx"), SubjectKind.ARCHITECTURE).extension == "deck.pptx"
    assert format_of(Path("deck.pptx"), SubjectKind.ARCHITECTURE).extension == "pptx"
    assert format_of(Path("x.outcome.json"), SubjectKind.ARCHITECTURE).extension == "outcome.json"


def test_an_ending_in_capitals_is_the_same_format():
    assert format_of(Path("X.PNG"), SubjectKind.ARCHITECTURE) == format_of(Path("x.png"), SubjectKind.ARCHITECTURE)


def test_no_two_formats_share_an_ending():
    endings = [ending for format_ in FORMATS for ending in format_.extensions]
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize("format_", [one for one in FORMATS if SubjectKind.PICTURE not in one.kinds], ids=_extension)
def test_a_format_that_needs_more_than_a_picture_rejects_one(request_, format_):
    with pytest.raises(ExplorerError, match="Choose PNG"):
        export_bytes(Request("Side by side", request_.picture), format_)


def test_a_mere_picture_is_not_offered_as_what_it_is_not(request_, tmp_path):
    request = Request("Side by side", request_.picture)
    with pytest.raises(UnknownFormatError, match=r"must be one of \.png"):
        export_file(tmp_path / "x.dot", request)
    assert "json" in {format_.extension for format_ in formats_of(SubjectKind.DECISION_MAP)}
    assert "json" not in {format_.extension for format_ in formats_of(SubjectKind.PICTURE)}


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_opened_as_its_session_and_never_written_over(space, request_, tmp_path, ending):
    picture = tmp_path / f"x.{ending}"
    export_file(picture, request_)

    opening = open_file(picture, space.pack)

    assert opening.session.answers == session_with(ANSWERS).answers
    assert opening.file_version == FileVersion()
    assert main(["recommend", "--session", str(picture)]) == 0
    assert command_of([str(picture)]) == "open"
