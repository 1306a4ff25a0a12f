"""PDF writer: one page with vector shapes and text; deterministic bytes."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from explorer.core.errors import ExplorerError
from explorer.export.images.raster import EmptyPictureError
from explorer.export.request.request import Request
from explorer.qt.fonts import printable
from explorer.qt.painter import IconPainter, paint_picture

POINTS_PER_INCH = 72
MAX_PAGE_SIDE = 14_400.0
"""Points; the PDF standard guarantees no larger page."""

_DATE = re.compile(rb"/(CreationDate|ModDate) \((D:[^)]*)\)")
_FIXED_DATE = b"D:20000101000000Z"
_KEYWORDS = "architecture, decision, diagram"

# XMP metadata, with a text alternative of the picture.
_XMP_TEMPLATE = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:iptc="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>{subjects}</rdf:Bag></dc:subject>
<pdf:Keywords>{keywords}</pdf:Keywords><xmp:CreatorTool>Berth</xmp:CreatorTool>
<iptc:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{short}</rdf:li></rdf:Alt>
</iptc:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def pdf_bytes(request: Request) -> bytes:
    """Return the picture as the bytes of a PDF file."""
    picture = request.picture
    width, height = picture.size
    if not (width > 0 and height > 0):
        raise EmptyPictureError
    fit = min(1.0, MAX_PAGE_SIDE / max(width, height))
    # Qt writes the embedded fonts in the order of a hash table, which a random seed changes.
    QHashSeed.setDeterministicGlobalSeed()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    # Font sizes become whole numbers of dots, as in all other pictures.
    writer.setResolution(POINTS_PER_INCH * 10)
    size = QPageSize(QSizeF(width * fit, height * fit), QPageSize.Unit.Point, "", _EXACT_MATCH)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(printable(request.title))
    writer.setCreator("Berth")
    writer.setDocumentId(QUuid())
    writer.setDocumentXmpMetadata(QByteArray(_xmp_metadata(request).encode()))
    painter = QPainter()
    if not painter.begin(writer):
        raise ExplorerError("Could not write the PDF: Qt cannot paint on it.")
    painter.scale(10 * fit, 10 * fit)
    paint_picture(painter, picture, IconPainter(request.options.icons.svg))
    painter.end()
    buffer.close()
    return _DATE.sub(_with_fixed_date, bytes(data.data()))


_EXACT_MATCH = QPageSize.SizeMatchPolicy.ExactMatch


def _with_fixed_date(found: re.Match[bytes]) -> bytes:
    """Return a fixed date of the same length, so that the same picture gives the same file."""
    return b"/%s (%s)" % (found[1], _FIXED_DATE.ljust(len(found[2]))[: len(found[2])])


def _xmp_metadata(request: Request) -> str:
    description = request.description
    subjects = [request.title, *_KEYWORDS.split(", ")]
    return _XMP_TEMPLATE.format(
        title=_escape_xml(request.title),
        description=_escape_xml(description.full_text),
        short=_escape_xml(description.alt_text),
        subjects="".join(f"<rdf:li>{_escape_xml(subject)}</rdf:li>" for subject in subjects),
        keywords=_escape_xml(", ".join(subjects)),
    )


def _escape_xml(text: str) -> str:
    return html.escape("\n".join(printable(line) for line in text.split("\n")))
