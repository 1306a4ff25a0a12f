"""Clipboard data: a picture as PNG, SVG and text for other programs, and previews of exports."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from explorer.export.formats import Format, export_bytes, format_of
from explorer.export.request.request import Options
from explorer.storage.file_names import safe_file_name
from explorer.ui.export.export_source import ExportSource


@dataclass(frozen=True)
class ClipboardData:
    """One picture as PNG, as SVG, and as a description."""

    title: str
    png: bytes
    svg: bytes
    description: str

    def mime_data(self, folder: Path | None = None) -> QMimeData:
        """All forms as MIME data. With a folder, the PNG is also written there for programs that take only files."""
        data = QMimeData()
        data.setImageData(QImage.fromData(self.png))
        data.setData("image/png", self.png)
        data.setData("image/svg+xml", self.svg)
        data.setText(self.description)
        if folder is not None:
            file = folder / f"{safe_file_name(self.title)}.png"
            with suppress(OSError):  # If the disk is full, the other forms still work.
                file.write_bytes(self.png)
                data.setUrls([QUrl.fromLocalFile(str(file))])
        return data


@dataclass(frozen=True)
class TextPreview:
    """The first lines of a text file, and the description of the exported picture."""

    content: str
    description: str


_PREVIEW_LINES, _PREVIEW_COLUMNS = 60, 160


def clipboard_data(source: ExportSource, options: Options) -> ClipboardData:
    """Render a view for the clipboard. This is slow; raises ExplorerError."""
    request = source.request(options)
    png, svg = (export_bytes(request, format_of(Path(name), source.kind)) for name in ("x.png", "x.svg"))
    return ClipboardData(request.title, png, svg, request.description.full_text)


def text_preview(source: ExportSource, format_: Format, options: Options) -> TextPreview:
    """The first lines of the file that an export would write. This is slow; raises ExplorerError."""
    request = source.request(options)
    lines = export_bytes(request, format_).decode("utf-8", "replace").splitlines()
    first_lines = [line[:_PREVIEW_COLUMNS] for line in lines[:_PREVIEW_LINES]]
    return TextPreview("\n".join(first_lines), request.description.full_text)


def preview_options(options: Options, max_pixels: int) -> Options:
    """The same options for a preview: no side longer than `max_pixels`, or the default scale without a size."""
    if options.size is None:
        return replace(options, scale=None)
    share = min(1.0, max_pixels / max(options.size))
    return replace(options, size=(round(options.size[0] * share), round(options.size[1] * share)))
