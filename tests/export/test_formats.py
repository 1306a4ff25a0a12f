"""Every kind of file goes one way, whoever asks for it."""

from datetime import date
from pathlib import Path

import pytest

from explorer import cli
from explorer.app import build
from explorer.core.solver.constraints import prepare
from explorer.export.formats import (
    FORMATS,
    Heeds,
    UnknownFormatError,
    export_file,
    exported,
    format_of,
    formats_of,
)
from explorer.export.request.build import of_session
from explorer.export.request.request import Kind, Options, Request, Words
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import shipped_pack
from explorer.storage.sessions.autosave import Origin
from explorer.storage.sessions.opening import open_file
from tests.export.sketches import session

pytestmark = pytest.mark.usefixtures("qapp")

ANSWERS = "gpu=yes location=hybrid"


@pytest.fixture(scope="module")
def space():
    return prepare(load_pack(shipped_pack()))


@pytest.fixture(scope="module")
def request_(qapp, space):
    return of_session(space, session(ANSWERS))


def test_the_window_and_the_command_line_write_the_same_bytes(qtbot, space, tmp_path):
    window = build(space, session(ANSWERS))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.scene() is not None)
    scene = window.scene()
    assert scene is not None
    wished = Options(date=date.today().isoformat(), icons=window.icon_choice.source)
    words = [word for pair in ANSWERS.split() for word in ("--answer", pair)]
    for format_ in FORMATS:
        theirs, ours = tmp_path / f"theirs.{format_.ending}", tmp_path / f"ours.{format_.ending}"
        assert cli.main(["export", str(theirs), *words]) == 0
        export_file(ours, scene.request(wished))
        assert ours.read_bytes() == theirs.read_bytes(), format_.name
    window.close()


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.ending)
def test_the_same_answers_are_always_the_same_bytes(space, request_, format_):
    assert exported(of_session(space, session(ANSWERS)), format_) == exported(request_, format_)


WISHES = {
    Heeds.SIZE: Options(scale=3, aspect=4 / 3),
    Heeds.COLOURS: Options(theme="dark"),
    Heeds.BACKGROUND: Options(transparent=True),
    Heeds.WORDS: Options(words=Words.TITLE | Words.LEGEND),
    Heeds.OUTLINES: Options(outlines=True),
    Heeds.SESSION: Options(session=False),
}


@pytest.fixture(scope="module")
def wished(space):
    return {wish: of_session(space, session(ANSWERS), options) for wish, options in WISHES.items()}


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.ending)
def test_a_kind_of_file_shows_the_wishes_that_it_says_it_heeds_and_no_others(request_, wished, format_):
    usual = exported(request_, format_)
    shown = {wish for wish, request in wished.items() if exported(request, format_) != usual}
    assert shown == {wish for wish in WISHES if format_.heeds & wish}


def test_an_ending_alone_is_no_name_of_a_file():
    with pytest.raises(UnknownFormatError):
        format_of(Path(".pptx"), Kind.CASE)


def test_the_longest_ending_says_the_kind():
    assert format_of(Path("x.deck.pptx"), Kind.CASE).ending == "deck.pptx"
    assert format_of(Path("deck.pptx"), Kind.CASE).ending == "pptx"
    assert format_of(Path("x.outcome.json"), Kind.CASE).ending == "outcome.json"


def test_an_ending_in_capitals_is_the_same_format():
    assert format_of(Path("X.PNG"), Kind.CASE) == format_of(Path("x.png"), Kind.CASE)


def test_no_two_formats_share_an_ending():
    endings = [ending for format_ in FORMATS for ending in format_.endings]
    assert len(endings) == len(set(endings))


def test_a_mere_picture_is_not_offered_as_what_it_is_not(request_, tmp_path):
    request = Request("Side by side", request_.picture)
    with pytest.raises(UnknownFormatError, match=r"must be one of \.png"):
        export_file(tmp_path / "x.dot", request)
    assert "json" in {format_.ending for format_ in formats_of(Kind.MAP)}
    assert "json" not in {format_.ending for format_ in formats_of(Kind.PICTURE)}


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_opened_as_its_session_and_never_written_over(space, request_, tmp_path, ending):
    picture = tmp_path / f"x.{ending}"
    export_file(picture, request_)

    opening = open_file(picture, space.pack)

    assert opening.session.answers == session(ANSWERS).answers
    assert opening.origin == Origin()
    assert cli.main(["recommend", "--session", str(picture)]) == 0
    assert not cli.speaks([str(picture)]), "it opens the window"
