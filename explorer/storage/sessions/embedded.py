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

from explorer.storage.sessions.json_codec import MAX_BYTES, SessionError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SESSION_KEYWORD = "Berth session"
SESSION_NAMESPACE = "urn:berth:session"
"""The namespace of the element in an SVG's metadata; a name only, no address."""

PICTURES = (".png", ".svg", ".pptx", ".drawio")
"""The endings of pictures that may carry a session."""

SLIDES_SESSION = "customXml/item1.xml"
"""The part of a presentation that holds the same element; other programs keep such parts as they are."""

DRAWIO_SESSION = "berth-session"
"""The id of the hidden object of a draw.io file that holds the session in its attribute `session`."""

MAX_PICTURE = 200_000_000
"""Bytes; larger pictures are not looked through."""

_ZIP = b"PK\x03\x04"
_MOST_CHUNKS = 10_000
_READ_AT_ONCE = 65_536


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
    return data.startswith((PNG_SIGNATURE, _ZIP)) or _like_xml(data)


def session_in(data: bytes, origin: str) -> str:
    """The text of the session in a picture's bytes; SessionError, which names the `origin`, without one."""
    if len(data) > MAX_PICTURE:
        raise SessionError(f"“{origin}” is too large to look for a session in it.")
    if data.startswith(PNG_SIGNATURE):
        return _in_png(data, origin)
    if data.startswith(_ZIP):
        return _in_slides(data, origin)
    if _like_xml(data):
        return _in_xml(data, origin)
    raise NoSessionError(origin)


# ------------------------------------------------------------------------------------ PNG


def _in_png(data: bytes, origin: str) -> str:
    keyword = SESSION_KEYWORD.encode("latin-1") + b"\0"
    for name, body in _chunks(data, origin):
        if name == b"iTXt" and body.startswith(keyword):
            return _international(body[len(keyword) :], origin)
    raise NoSessionError(origin)


def _chunks(data: bytes, origin: str) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk whose check sum holds, up to the end that the picture states."""
    at = len(PNG_SIGNATURE)
    for _ in range(_MOST_CHUNKS):
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


def _international(rest: bytes, origin: str) -> str:
    """The text behind the keyword of an iTXt chunk: flag, method, language, translated keyword, text."""
    flag, method, *_ = rest[:2] or b"\0\0"
    _, _, after_language = rest[2:].partition(b"\0")
    _, _, text = after_language.partition(b"\0")
    if flag and method == 0:
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(text, MAX_BYTES + 1)
        except zlib.error as error:
            raise DamagedPictureError(origin) from error
        if len(text) > MAX_BYTES or not unpacking.eof:
            raise DamagedPictureError(origin)
    return _decoded(text, origin)


def _decoded(text: bytes, origin: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise DamagedPictureError(origin) from error


# ------------------------------------------------------------------------------------ SVG, draw.io


def _like_xml(data: bytes) -> bool:
    start = data[:1024].lstrip(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and (b"<svg" in start or b"<mxfile" in start)


def _in_xml(data: bytes, origin: str) -> str:
    reader = _XmlReader()
    try:
        session = reader.read(data)
    except (expat.ExpatError, _RefusedError) as error:
        raise DamagedPictureError(origin) from error
    if session is None:
        raise NoSessionError(origin)
    return session


class _RefusedError(Exception):
    """Something that no picture of ours holds."""


class _XmlReader:
    """Takes one element's text, or one object's attribute; refuses what could make them grow."""

    def __init__(self) -> None:
        self._inside = False
        self._parts: list[str] = []
        self._length = 0
        self._found: str | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._hear

    def read(self, data: bytes) -> str | None:
        """The session, None without one; read no further than its end."""
        for start in range(0, len(data), _READ_AT_ONCE):
            piece = data[start : start + _READ_AT_ONCE]
            self._parser.Parse(piece, start + _READ_AT_ONCE >= len(data))
            if self._found is not None:
                break
        return self._found

    def _refuse(self, *_: object) -> None:
        raise _RefusedError

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._inside = self._inside or name == f"{SESSION_NAMESPACE} session"
        if name in ("UserObject", "object") and attributes.get("id") == DRAWIO_SESSION:
            self._found = attributes.get("session", "")[: MAX_BYTES + 1]

    def _hear(self, text: str) -> None:
        if self._inside:
            self._length += len(text)
            if self._length > MAX_BYTES:
                raise _RefusedError
            self._parts.append(text)

    def _end(self, name: str) -> None:
        if self._inside and name == f"{SESSION_NAMESPACE} session" and self._found is None:
            self._found = "".join(self._parts)


# ------------------------------------------------------------------------------------ PPTX


def _in_slides(data: bytes, origin: str) -> str:
    """The session in the one part that may hold it; no other is unpacked, nor this one without bounds."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if SLIDES_SESSION not in package.namelist():
                raise NoSessionError(origin)
            member = package.getinfo(SLIDES_SESSION)
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise DamagedPictureError(
                    origin
                )  # no office packs otherwise, and other packings have other faults
            with package.open(member) as part:
                text = part.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise DamagedPictureError(origin) from error
    if len(text) > MAX_BYTES:
        raise DamagedPictureError(origin)
    return _in_xml(text, origin)
