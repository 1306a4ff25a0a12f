"""Embedded session: extracts the session from an exported picture or presentation.

A picture can come from anywhere, so nothing in it is followed, executed or expanded beyond the size of a session.
PNG chunks are read one by one, each length checked. The XML parser accepts no document type and no entity, and limits
elements and token size. Of a presentation only one part is unpacked.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO, RawIOBase
from typing import cast
from xml.parsers import expat

from explorer.storage.bounded_reader import BoundedReader
from explorer.storage.sessions.json_codec import MAX_SESSION_BYTES, SessionError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SESSION_KEYWORD = "Berth session"
SESSION_NAMESPACE = "urn:berth:session"
"""The XML namespace of the element in an SVG's metadata; it is not an address."""

PICTURE_SUFFIXES = (".png", ".svg", ".pptx", ".drawio")
"""The extensions of files that can contain a session."""

PPTX_SESSION_PART = "customXml/item1.xml"
"""The part of a presentation with the same element; other programs keep such parts unchanged."""

DRAWIO_SESSION_ID = "berth-session"
"""The id of the hidden draw.io object with the session in its attribute `session`."""

MAX_PICTURE_BYTES = 200_000_000
"""Larger pictures are rejected."""

_ZIP_SIGNATURE = b"PK\x03\x04"
_MAX_CHUNKS = 10_000
_MAX_ITXT_HEADER = 1_000
_MAX_DIRECTORY_BYTES = 2_000_000
"""Of a presentation: about 40,000 entries; a deck has some hundred."""
_MAX_ELEMENTS = 500_000
_MAX_TOKEN_BYTES = 10_000_000
"""Of one tag, comment or text. The parser scans an incomplete token again with every piece that it is given."""
_READ_SIZE = 1_000_000


class NoSessionError(SessionError):
    """A file that can contain a session, but does not."""

    def __init__(self, origin: str) -> None:
        super().__init__(
            f"“{origin}” contains no session. Open a .berth file, "
            "or a picture, presentation or draw.io file that Berth exported with its session."
        )


class DamagedPictureError(SessionError):
    """A picture whose session is incomplete or inconsistent."""

    def __init__(self, origin: str) -> None:
        super().__init__(f"Cannot read the session in “{origin}”: the file is damaged.")


def is_picture(data: bytes) -> bool:
    """Whether bytes begin like a file that can contain a session."""
    return data.startswith((PNG_SIGNATURE, _ZIP_SIGNATURE)) or _looks_like_xml(data)


def extract_session(data: bytes, origin: str) -> str:
    """Return the session's text from a picture; raises SessionError, which names the `origin`, if there is none."""
    if len(data) > MAX_PICTURE_BYTES:
        raise SessionError(
            f"Cannot read the session in “{origin}”: the file is larger than {MAX_PICTURE_BYTES // 1_000_000} MB."
        )
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
    """Return the chunks before the end marker; the checksum of text chunks is verified."""
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
        if name == b"iTXt" and length > MAX_SESSION_BYTES + _MAX_ITXT_HEADER:
            raise DamagedPictureError(origin)
        body = data[at + 8 : end]
        if name == b"iTXt" and struct.unpack_from(">I", data, end)[0] != zlib.crc32(name + body):
            raise DamagedPictureError(origin)
        yield name, body
        at = end + 4


def _itxt_text(rest: bytes, origin: str) -> str:
    """Return the text of an iTXt chunk; before it are flag, method, language and translated keyword."""
    flag, method, *_ = rest[:2] or b"\0\0"
    _, _, after_language = rest[2:].partition(b"\0")
    _, _, text = after_language.partition(b"\0")
    if flag and method == 0:
        decompressor = zlib.decompressobj()
        try:
            text = decompressor.decompress(text, MAX_SESSION_BYTES + 1)
        except zlib.error as error:
            raise DamagedPictureError(origin) from error
        if len(text) > MAX_SESSION_BYTES or not decompressor.eof:
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
    try:
        session = _SessionXmlParser().parse(data)
    # LookupError and ValueError: an encoding that Python does not know or that the parser does not support.
    except (expat.ExpatError, LookupError, ValueError, _ForbiddenXmlError) as error:
        raise DamagedPictureError(origin) from error
    if session is None:
        raise NoSessionError(origin)
    return session


class _ForbiddenXmlError(Exception):
    """XML that no export contains: an entity, or more elements or text than a session needs."""


class _SessionXmlParser:
    """Extracts one element's text, or one object's attribute, within limits."""

    def __init__(self) -> None:
        self._inside = False
        self._parts: list[str] = []
        self._length = self._elements = 0
        self._found: str | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._reject
        self._parser.EntityDeclHandler = self._reject
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.buffer_text = True

    def parse(self, data: bytes) -> str | None:
        """Return the session's text, None if there is none; stops after it."""
        for start in range(0, len(data), _READ_SIZE):
            end = start + _READ_SIZE
            self._parser.Parse(data[start:end], end >= len(data))
            if self._found is not None:
                break
            if end - self._parser.CurrentByteIndex > _MAX_TOKEN_BYTES:
                raise _ForbiddenXmlError
        return self._found

    def _reject(self, *_: object) -> None:
        raise _ForbiddenXmlError

    def _on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise _ForbiddenXmlError
        if name == f"{SESSION_NAMESPACE} session":
            self._inside = True
            self._parser.CharacterDataHandler = self._on_text  # not before: a drawing can have millions of texts
        if name in ("UserObject", "object") and attributes.get("id") == DRAWIO_SESSION_ID:
            self._found = attributes.get("session", "")[: MAX_SESSION_BYTES + 1]

    def _on_text(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_SESSION_BYTES:
            raise _ForbiddenXmlError
        self._parts.append(text)

    def _on_end(self, name: str) -> None:
        if self._inside and name == f"{SESSION_NAMESPACE} session" and self._found is None:
            self._found = "".join(self._parts)


# ------------------------------------------------------------------------------------ PPTX


def _from_pptx(data: bytes, origin: str) -> str:
    """Return the session from its part; no other part is unpacked, and this one only up to a session's size."""
    try:
        raw = cast(RawIOBase, BytesIO(data))  # all that BufferedReader needs of it
        with (
            BoundedReader(raw, _MAX_DIRECTORY_BYTES, partial(DamagedPictureError, origin)) as file,
            zipfile.ZipFile(file) as archive,
        ):
            if PPTX_SESSION_PART not in archive.namelist():
                raise NoSessionError(origin)
            member = archive.getinfo(PPTX_SESSION_PART)
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise DamagedPictureError(origin)  # office programs use no other compression
            with archive.open(member) as part:
                text = part.read(MAX_SESSION_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise DamagedPictureError(origin) from error
    if len(text) > MAX_SESSION_BYTES:
        raise DamagedPictureError(origin)
    return _from_xml(text, origin)
