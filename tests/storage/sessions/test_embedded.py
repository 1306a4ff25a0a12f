"""A session is extracted from a picture; a hostile picture is an error, without much work."""

import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.storage.sessions import embedded
from explorer.storage.sessions.embedded import (
    DRAWIO_SESSION_ID,
    PNG_SIGNATURE,
    PPTX_SESSION_PART,
    SESSION_KEYWORD,
    SESSION_NAMESPACE,
    DamagedPictureError,
    NoSessionError,
    extract_session,
    is_picture,
)
from explorer.storage.sessions.json_codec import MAX_SESSION_BYTES, SessionError

TEXT = '{"berth": 1, "answers": {"gpu": "yes"}, "notes": "ümlaut < & >"}'


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def itxt(text: bytes, compressed: int = 1) -> bytes:
    return chunk(b"iTXt", SESSION_KEYWORD.encode() + bytes([0, compressed, 0, 0, 0]) + text)


def png(*chunks: bytes) -> bytes:
    return PNG_SIGNATURE + chunk(b"IHDR", bytes(13)) + b"".join(chunks) + chunk(b"IEND", b"")


def svg(inner: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<svg xmlns="http://www.w3.org/2000/svg"><metadata>'
        f'<b:session xmlns:b="{SESSION_NAMESPACE}">{inner}</b:session></metadata></svg>'
    ).encode()


WHOLE = png(itxt(zlib.compress(TEXT.encode())))


def test_the_session_in_a_png_can_be_compressed():
    assert extract_session(WHOLE, "x.png") == TEXT
    assert extract_session(png(itxt(TEXT.encode(), compressed=0)), "x.png") == TEXT


def test_the_session_in_an_svg_is_extracted():
    escaped = TEXT.replace("&", "&amp;").replace("<", "&lt;")
    assert extract_session(svg(escaped), "x.svg") == TEXT


@pytest.mark.parametrize("data", [png(), b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"GIF89a"])
def test_a_picture_without_a_session_is_an_error(data):
    with pytest.raises(NoSessionError, match=r"“x”.*\.berth"):
        extract_session(data, "x")


@pytest.mark.parametrize(
    "data",
    [
        WHOLE[:-20],
        WHOLE[:40],
        WHOLE.replace(b"iTXt", b"iTXt", 1)[:50] + b"\xff" + WHOLE[51:],
        PNG_SIGNATURE + struct.pack(">I4s", 0x7FFFFFFF, b"iTXt"),
        png(itxt(b"not packed at all")),
        png(itxt(zlib.compress(TEXT.encode())[:-6])),
        png(itxt(zlib.compress(b"\xff\xfe"))),
        svg("<unclosed>"),
    ],
    ids=[
        "no end",
        "truncated",
        "a flipped bit",
        "a length beyond the end",
        "not compressed",
        "half compressed",
        "not UTF-8",
        "not XML",
    ],
)
def test_a_damaged_picture_is_an_error(data):
    with pytest.raises(DamagedPictureError, match="damaged"):
        extract_session(data, "x")


def test_text_is_decompressed_only_up_to_the_size_of_a_session():
    with pytest.raises(DamagedPictureError):
        extract_session(png(itxt(zlib.compress(bytes(2 * MAX_SESSION_BYTES), 9))), "bomb.png")


def test_entities_and_document_types_are_rejected():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(DamagedPictureError):
        extract_session(svg("&b;", bomb), "bomb.svg")
    with pytest.raises(DamagedPictureError):
        extract_session(svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "leak.svg")


@pytest.mark.parametrize("encoding", ["foo", "utf-7", "idna", "shift_jis", "utf-16", "rot13"])
def test_an_unsupported_encoding_is_an_error(encoding):
    data = svg("{}").replace(b'version="1.0"', f'version="1.0" encoding="{encoding}"'.encode(), 1)
    with pytest.raises(DamagedPictureError):
        extract_session(data, "x.svg")


HUGE = 40_000_000
LONG_TOKENS = {
    "a path": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="' + b"M0 0" * (HUGE // 4) + b'"/></svg>',
    "a comment": b"<svg><!--" + b"x" * HUGE + b"--></svg>",
    "an attribute of draw.io": b'<mxfile><root x="' + b"x" * HUGE + b'"/></mxfile>',
    "a processing instruction": b"<svg><?x " + b"x" * HUGE + b"?></svg>",
    "a name": b"<svg><" + b"x" * HUGE + b"/></svg>",
}


@pytest.mark.parametrize("data", LONG_TOKENS.values(), ids=LONG_TOKENS)
def test_a_long_token_stops_the_parser(data, monkeypatch):
    scanned = count_scanned_bytes(monkeypatch)
    with pytest.raises(SessionError):
        extract_session(data, "x.svg")
    assert sum(scanned) < 200_000_000, "the work grows with the square of the token's length"


def count_scanned_bytes(monkeypatch):
    """Record, for each piece, how many bytes the parser scans: those of the incomplete token, and the piece."""
    scanned = []
    create = expat.ParserCreate

    class CountingParser:
        def __init__(self, **options):
            self.__dict__["parser"] = create(**options)
            self.__dict__["given"] = 0

        def __getattr__(self, name):
            return getattr(self.parser, name)

        def __setattr__(self, name, value):
            setattr(self.parser, name, value)

        def Parse(self, data, final):  # noqa: N802 (the name in expat)
            self.__dict__["given"] += len(data)
            scanned.append(self.given - max(self.parser.CurrentByteIndex, 0))
            return self.parser.Parse(data, final)

    monkeypatch.setattr(expat, "ParserCreate", CountingParser)
    return scanned


def test_many_elements_stop_the_parser():
    with pytest.raises(DamagedPictureError):
        extract_session(b"<svg>" + b"<a/>" * 1_000_000 + b"</svg>", "x.svg")


def test_texts_outside_the_session_are_not_read(monkeypatch):
    parser = expat.ParserCreate(namespace_separator=" ")
    monkeypatch.setattr(expat, "ParserCreate", lambda **_: parser)
    with pytest.raises(NoSessionError):
        extract_session(b"<svg><text>" + b"&lt;" * 1_000 + b"</text></svg>", "x.svg")
    assert parser.CharacterDataHandler is None, "each of millions of entities would call Python"


def test_a_presentation_with_many_entries_is_rejected_before_they_are_read(monkeypatch):
    entries = BytesIO()
    with zipfile.ZipFile(entries, "w") as archive:
        for number in range(500):
            archive.writestr(zipfile.ZipInfo(f"{number:020}"), b"")
    monkeypatch.setattr(embedded, "_MAX_DIRECTORY_BYTES", 10_000)
    monkeypatch.setattr(zipfile, "ZipInfo", None)
    with pytest.raises(DamagedPictureError):
        extract_session(entries.getvalue(), "x.pptx")


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_png_with_any_wrong_byte_is_an_error_or_a_session(place, byte):
    data = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    with suppress(SessionError):
        assert len(extract_session(data, "x")) <= MAX_SESSION_BYTES


@given(st.binary(max_size=300), st.sampled_from([PNG_SIGNATURE, b"<svg>", b"<?xml?><svg "]))
def test_any_bytes_after_a_signature_are_an_error(rest, start):
    assert is_picture(start + rest)
    with pytest.raises(SessionError):
        extract_session(start + rest, "x")


# Presentations and draw.io files


def pptx(part: bytes, name: str = PPTX_SESSION_PART, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a package with one part."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        package.writestr(name, part)
    return buffer.getvalue()


def session_part(text: str) -> bytes:
    return f'<session xmlns="{SESSION_NAMESPACE}">{text}</session>'.encode()


def test_presentations_and_drawio_files_contain_a_session():
    assert extract_session(pptx(session_part("{}")), "x.pptx") == "{}"
    file = f'<mxfile><root><UserObject id="{DRAWIO_SESSION_ID}" session="{{}}"/></root></mxfile>'
    assert extract_session(file.encode(), "x.drawio") == "{}"


@pytest.mark.parametrize(
    "data",
    [
        pptx(session_part("{}"))[:40],
        pptx(b"<session"),
        pptx(b'<!DOCTYPE x [<!ENTITY y "z">]>' + session_part("&y;")),
        b'<!DOCTYPE mxfile [<!ENTITY y "z">]><mxfile/>',
        pptx(b" " * (MAX_SESSION_BYTES + 1)),
        pptx(session_part("{}"), compression=zipfile.ZIP_LZMA),
    ],
    ids=["truncated", "not XML", "an entity", "an entity in draw.io", "too large", "another compression"],
)
def test_a_damaged_presentation_is_an_error(data):
    with pytest.raises(DamagedPictureError):
        extract_session(data, "x.pptx")


PPTX = pptx(session_part("{}"))


@given(st.integers(0, len(PPTX) - 1), st.integers(0, 255))
def test_a_presentation_with_any_wrong_byte_is_an_error_or_a_session(place, byte):
    with suppress(SessionError):
        extract_session(PPTX[:place] + bytes([byte]) + PPTX[place + 1 :], "x.pptx")


DRAWIO = f'<mxfile><root><UserObject id="{DRAWIO_SESSION_ID}" session="{{}}"/></root></mxfile>'.encode()


@given(st.sampled_from([DRAWIO, svg("{}")]), st.integers(0, 400), st.binary(max_size=4))
def test_xml_with_any_wrong_bytes_is_an_error_or_a_session(data, place, noise):
    with suppress(SessionError):
        assert len(extract_session(data[:place] + noise + data[place + 1 :], "x.svg")) <= MAX_SESSION_BYTES


@pytest.mark.parametrize("data", [pptx(b"", "ppt/presentation.xml"), b"<mxfile><root/></mxfile>"])
def test_a_presentation_without_a_session_is_an_error(data):
    with pytest.raises(NoSessionError, match=r"house\.pptx"):
        extract_session(data, "house.pptx")
