"""The format table: names, extensions, supported options, and the same bytes from window and command line."""

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
from tests.export.cases import exported, request_for, shipped_engine
from tests.export.sketches import session_with

pytestmark = pytest.mark.usefixtures("qapp")

ANSWERS = "gpu=yes location=hybrid"


def _extension(format_: Format) -> str:
    return format_.extension


@pytest.mark.slow
def test_the_window_and_the_command_line_write_the_same_bytes(qtbot, tmp_path):
    window = build_main_window(compile_pack(load_pack(default_pack_folder())), session_with(ANSWERS))
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.commands.export_source() is not None)
    source = window.commands.export_source()
    assert source is not None
    options = Options(date=date.today().isoformat(), icons=window.icon_controller.source)
    arguments = [argument for pair in ANSWERS.split() for argument in ("--answer", pair)]
    for format_ in FORMATS:
        by_command, by_window = tmp_path / f"command.{format_.extension}", tmp_path / f"window.{format_.extension}"
        assert main(["export", str(by_command), *arguments]) == 0
        export_file(by_window, source.request(options))
        assert by_window.read_bytes() == by_command.read_bytes(), format_.name
    window.close()


@pytest.mark.parametrize("format_", FORMATS, ids=_extension)
def test_a_new_engine_writes_the_same_bytes(format_):
    engine = create_engine(shipped_engine().compiled)
    assert export_bytes(request_for_session(engine, session_with(ANSWERS)), format_) == exported(
        request_for(ANSWERS), format_.extension
    )


OPTIONS = {
    Supports.SIZE: Options(scale=3, aspect=4 / 3),
    Supports.THEME: Options(theme="dark"),
    Supports.BACKGROUND: Options(transparent=True),
    Supports.CAPTION: Options(caption=CaptionParts.TITLE | CaptionParts.LEGEND),
    Supports.TEXT_AS_PATHS: Options(text_as_paths=True),
    Supports.SESSION: Options(session=False),
    Supports.SEPARATOR: Options(csv_separator=";"),
}


QUICK = [format_ for format_ in FORMATS if format_.extension != "deck.pptx"]
DECK = pytest.param(format_of(Path("x.deck.pptx"), SubjectKind.ARCHITECTURE), marks=pytest.mark.slow)


@pytest.mark.parametrize("format_", [*QUICK, DECK], ids=_extension)
def test_an_option_changes_the_file_if_and_only_if_the_format_supports_it(format_):
    default = exported(request_for(ANSWERS), format_.extension)
    changed = {
        support
        for support, options in OPTIONS.items()
        if exported(request_for(ANSWERS, options), format_.extension) != default
    }
    assert changed == {support for support in OPTIONS if format_.supports & support}


def test_a_file_name_needs_more_than_an_extension():
    with pytest.raises(UnknownFormatError):
        format_of(Path(".pptx"), SubjectKind.ARCHITECTURE)


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("x.deck.pptx", "deck.pptx"),
        ("deck.pptx", "pptx"),
        ("x.outcome.json", "outcome.json"),
        ("x.drawio.svg", "drawio.svg"),
        ("X.PNG", "png"),
    ],
)
def test_the_longest_extension_selects_the_format(name, extension):
    assert format_of(Path(name), SubjectKind.ARCHITECTURE).extension == extension


def test_extensions_are_unique():
    extensions = [extension for format_ in FORMATS for extension in format_.extensions]
    assert len(extensions) == len(set(extensions))


@pytest.fixture(scope="module")
def picture_only(qapp):
    return Request("Side by side", request_for(ANSWERS).picture)


@pytest.mark.parametrize("format_", [each for each in FORMATS if SubjectKind.PICTURE not in each.kinds], ids=_extension)
def test_a_format_that_needs_a_graph_rejects_a_picture(picture_only, format_):
    with pytest.raises(ExplorerError, match="Choose PNG"):
        export_bytes(picture_only, format_)


def test_a_picture_is_offered_only_image_formats(picture_only, tmp_path):
    with pytest.raises(UnknownFormatError, match=r"\.png, \.svg, \.pdf"):
        export_file(tmp_path / "x.dot", picture_only)
    assert "json" in {format_.extension for format_ in formats_of(SubjectKind.DECISION_MAP)}
    assert "json" not in {format_.extension for format_ in formats_of(SubjectKind.PICTURE)}


@pytest.mark.parametrize("extension", ["png", "svg"])
def test_an_exported_picture_opens_as_a_new_session(tmp_path, extension):
    picture = tmp_path / f"x.{extension}"
    export_file(picture, request_for(ANSWERS))

    opened = open_file(picture, shipped_engine().pack)

    assert opened.session.answers == session_with(ANSWERS).answers
    assert opened.file_version == FileVersion(), "saving would overwrite the picture"
    assert main(["recommend", "--session", str(picture)]) == 0
    assert command_of([str(picture)]) == "open"
