"""The session that a picture carries, found without trusting the picture.

A picture may come from anywhere. Nothing in it is followed, run or expanded beyond a session's
size: a PNG is walked chunk by chunk, each length checked against what is there; an SVG or draw.io
file is parsed by a parser that knows no document type and no entity; of a presentation one part is
unpacked, as far as a session can reach.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.parsers import expat

from explorer.storage.sessions.json_codec import MAX_SESSION_BYTES, SessionError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SESSION_KEYWORD = "Berth session"
SESSION_NAMESPACE = "urn:berth:session"
"""The namespace of the element in an SVG's metadata; a name only, no address."""

PICTURE_SUFFIXES = (".png", ".svg", ".pptx", ".drawio")
"""The endings of pictures that may carry a session."""

PPTX_SESSION_PART = "customXml/item1.xml"
"""The part of a presentation that holds the same element; other programs keep such parts as they are."""

DRAWIO_SESSION_ID = "berth-session"
"""The id of the hidden object of a draw.io file that holds the session in its attribute `session`."""

MAX_PICTURE_BYTES = 200_000_000
"""Bytes; larger pictures are not looked through."""

_ZIP_SIGNATURE = b"PK\x03\x04"
_MAX_CHUNKS = 10_000
_READ_SIZE = 65_536


class NoSessionError(SessionError):
    """A picture, or what else may carry one, without a session of Berth in it."""

    def __init__(self, origin: str) -> None:
        super().__init__(
            f"“{origin}” holds no session: open the .berth file, "
            "or a picture, a slide or a draw.io file as Berth exported it."
        )


class DamagedPictureError(SessionError):
    """A picture that ends, or contradicts itself, before its session is whole."""

    def __init__(self, origin: str) -> None:
        super().__init__(f"“{origin}” is damaged, so the session in it cannot be read.")


def is_picture(data: bytes) -> bool:
    """Whether bytes begin as a picture does that may carry a session."""
    return data.startswith((PNG_SIGNATURE, _ZIP_SIGNATURE)) or _looks_like_xml(data)


def extract_session(data: bytes, origin: str) -> str:
    """The text of the session in a picture's bytes; SessionError, which names the `origin`, without one."""
    if len(data) > MAX_PICTURE_BYTES:
        raise SessionError(f"“{origin}” is too large to look for a session in it.")
    if data.startswith(PNG_SIGNATURE):
        return _from_png(data, origin)
    if data.startswith(_ZIP_SIGNATURE):
        return _from_pptx(data, origin)
    if _looks_like_xml(data):
        return _from_xml(data, origin)
    raise NoSessionError(origin)


# ------------------------------------------------------------------------------------ PNG


def _from_png(data: bytes, origin: str) -> str:
    keyword = SESSION_KEYWORD.encode("latin-1") + b"\0"
    for name, body in _png_chunks(data, origin):
        if name == b"iTXt" and body.startswith(keyword):
            return _itxt_text(body[len(keyword) :], origin)
    raise NoSessionError(origin)


def _png_chunks(data: bytes, origin: str) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk whose check sum holds, up to the end that the picture states."""
    at = len(PNG_SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        if at + 12 > len(data):
            raise DamagedPictureError(origin)
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 8 + length
        if end + 4 > len(data):
            raise DamagedPictureError(origin)
        if name == b"IEND":
            return
        body = data[at + 8 : end]
        if name == b"iTXt" and struct.unpack_from(">I", data, end)[0] != zlib.crc32(name + body):
            raise DamagedPictureError(origin)
        yield name, body
        at = end + 4


def _itxt_text(rest: bytes, origin: str) -> str:
    """The text behind the keyword of an iTXt chunk: flag, method, language, translated keyword, text."""
    flag, method, *_ = rest[:2] or b"\0\0"
    _, _, after_language = rest[2:].partition(b"\0")
    _, _, text = after_language.partition(b"\0")
    if flag and method == 0:
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(text, MAX_SESSION_BYTES + 1)
        except zlib.error as error:
            raise DamagedPictureError(origin) from error
        if len(text) > MAX_SESSION_BYTES or not unpacking.eof:
            raise DamagedPictureError(origin)
    return _decode(text, origin)


def _decode(text: bytes, origin: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise DamagedPictureError(origin) from error


# ------------------------------------------------------------------------------------ SVG, draw.io


def _looks_like_xml(data: bytes) -> bool:
    start = data[:1024].lstrip(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and (b"<svg" in start or b"<mxfile" in start)


def _from_xml(data: bytes, origin: str) -> str:
    reader = _SessionXmlParser()
    try:
        session = reader.parse(data)
    except (expat.ExpatError, _ForbiddenXmlError) as error:
        raise DamagedPictureError(origin) from error
    if session is None:
        raise NoSessionError(origin)
    return session


class _ForbiddenXmlError(Exception):
    """Something that no picture of ours holds."""


class _SessionXmlParser:
    """Takes one element's text, or one object's attribute; refuses what could make them grow."""

    def __init__(self) -> None:
        self._inside = False
        self._parts: list[str] = []
        self._length = 0
        self._found: str | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._reject
        self._parser.EntityDeclHandler = self._reject
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._on_text

    def parse(self, data: bytes) -> str | None:
        """The session, None without one; read no further than its end."""
        for start in range(0, len(data), _READ_SIZE):
            piece = data[start : start + _READ_SIZE]
            self._parser.Parse(piece, start + _READ_SIZE >= len(data))
            if self._found is not None:
                break
        return self._found

    def _reject(self, *_: object) -> None:
        raise _ForbiddenXmlError

    def _on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._inside = self._inside or name == f"{SESSION_NAMESPACE} session"
        if name in ("UserObject", "object") and attributes.get("id") == DRAWIO_SESSION_ID:
            self._found = attributes.get("session", "")[: MAX_SESSION_BYTES + 1]

    def _on_text(self, text: str) -> None:
        if self._inside:
            self._length += len(text)
            if self._length > MAX_SESSION_BYTES:
                raise _ForbiddenXmlError
            self._parts.append(text)

    def _on_end(self, name: str) -> None:
        if self._inside and name == f"{SESSION_NAMESPACE} session" and self._found is None:
            self._found = "".join(self._parts)


# ------------------------------------------------------------------------------------ PPTX


def _from_pptx(data: bytes, origin: str) -> str:
    """The session in the one part that may hold it; no other is unpacked, nor this one without bounds."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if PPTX_SESSION_PART not in package.namelist():
                raise NoSessionError(origin)
            member = package.getinfo(PPTX_SESSION_PART)
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise DamagedPictureError(origin)  # no office packs otherwise, and other packings have other faults
            with package.open(member) as part:
                text = part.read(MAX_SESSION_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise DamagedPictureError(origin) from error
    if len(text) > MAX_SESSION_BYTES:
        raise DamagedPictureError(origin)
    return _from_xml(text, origin)
