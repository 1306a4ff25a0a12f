"""A session is found in a picture, and no picture, however made, does more than be refused in a sentence."""

import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def itxt(packed: bytes, flag: int = 1) -> bytes:
    return chunk(b"iTXt", SESSION_KEYWORD.encode() + bytes([0, flag, 0, 0, 0]) + packed)


def png(*chunks: bytes) -> bytes:
    return PNG_SIGNATURE + chunk(b"IHDR", bytes(13)) + b"".join(chunks) + chunk(b"IEND", b"")


def svg(inner: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<svg xmlns="http://www.w3.org/2000/svg"><metadata>'
        f'<b:session xmlns:b="{SESSION_NAMESPACE}">{inner}</b:session></metadata></svg>'
    ).encode()


WHOLE = png(itxt(zlib.compress(TEXT.encode())))


def test_the_session_in_a_png_is_found_packed_or_plain():
    assert extract_session(WHOLE, "x.png") == TEXT
    assert extract_session(png(itxt(TEXT.encode(), boolean=0)), "x.png") == TEXT


def test_the_session_in_an_svg_is_found():
    escaped = TEXT.replace("&", "&amp;").replace("<", "&lt;")
    assert extract_session(svg(escaped), "x.svg") == TEXT


@pytest.mark.parametrize("data", [png(), b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"GIF89a"])
def test_a_picture_without_a_session_says_what_to_open_instead(data):
    with pytest.raises(NoSessionError, match=r"open the \.berth file"):
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
        "cut",
        "a flipped bit",
        "a vast length",
        "not packed",
        "half packed",
        "not UTF-8",
        "not XML",
    ],
)
def test_a_damaged_picture_is_refused(data):
    with pytest.raises(DamagedPictureError, match="is damaged"):
        extract_session(data, "x")


def test_a_text_that_would_unpack_to_more_than_any_session_is_not_unpacked():
    with pytest.raises(DamagedPictureError):
        extract_session(png(itxt(zlib.compress(bytes(50 * MAX_SESSION_BYTES), 9))), "bomb.png")


def test_entities_and_document_types_are_not_read_let_alone_expanded():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(DamagedPictureError):
        extract_session(svg("&b;", bomb), "bomb.svg")
    with pytest.raises(DamagedPictureError):
        extract_session(svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "leak.svg")


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_whatever_byte_is_wrong_there_is_a_session_or_a_sentence(place, byte):
    data = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    with suppress(SessionError):
        assert len(extract_session(data, "x")) <= MAX_SESSION_BYTES


@given(st.binary(max_size=300), st.sampled_from([PNG_SIGNATURE, b"<svg>", b"<?xml?><svg "]))
def test_anything_at_all_is_read_or_refused(rest, start):
    assert is_picture(start + rest)
    with pytest.raises(SessionError):
        extract_session(start + rest, "x")


# Slides and draw.io files


def slides(part: bytes, name: str = PPTX_SESSION_PART, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with one part in it."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", packing) as package:
        package.writestr(name, part)
    return held.getvalue()


def carried(words: str) -> bytes:
    return f'<session xmlns="{SESSION_NAMESPACE}">{words}</session>'.encode()


def test_slides_and_draw_io_files_carry_a_session():
    assert extract_session(slides(carried("{}")), "x.pptx") == "{}"
    file = f'<mxfile><root><UserObject id="{DRAWIO_SESSION_ID}" session="{{}}"/></root></mxfile>'
    assert extract_session(file.encode(), "x.drawio") == "{}"


@pytest.mark.parametrize(
    "data",
    [
        slides(carried("{}"))[:40],
        slides(b"<session"),
        slides(b'<!DOCTYPE x [<!ENTITY y "z">]>' + carried("&y;")),
        b'<!DOCTYPE mxfile [<!ENTITY y "z">]><mxfile/>',
        slides(b" " * (MAX_SESSION_BYTES + 1)),
        slides(carried("{}"), packing=zipfile.ZIP_LZMA),
    ],
    ids=["cut off", "no XML", "an entity", "an entity in draw.io", "without end", "packed strangely"],
)
def test_what_only_looks_like_one_is_damaged(data):
    with pytest.raises(DamagedPictureError):
        extract_session(data, "x.pptx")


SLIDES = slides(carried("{}"))


@given(st.integers(0, len(SLIDES) - 1), st.integers(0, 255))
def test_whatever_byte_of_slides_is_wrong_there_is_a_session_or_a_sentence(place, byte):
    with suppress(SessionError):
        extract_session(SLIDES[:place] + bytes([byte]) + SLIDES[place + 1 :], "x.pptx")


@pytest.mark.parametrize("data", [slides(b"", "ppt/presentation.xml"), b"<mxfile><root/></mxfile>"])
def test_one_without_a_session_is_told(data):
    with pytest.raises(NoSessionError, match="holds no session"):
        extract_session(data, "house.pptx")
