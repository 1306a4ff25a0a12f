"""File names that are valid on every system, made from any text."""

from __future__ import annotations

import re
import unicodedata

from explorer.core.text import strip_control_chars

_MAX_LENGTH = 80
_MAX_SLUG_LENGTH, _MAX_SLUG_BYTES = 60, 180  # a file name has at most 255 bytes on most systems
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any extension."""


def safe_file_name(text: str) -> str:
    """Return the text as a file name without extension, close to the original.

    >>> safe_file_name("Queue/topic: which?"), safe_file_name("..."), safe_file_name("nul")
    ('Queue topic which', 'diagram', 'nul_')
    """
    name = " ".join(_FORBIDDEN.sub(" ", strip_control_chars(text)).split())[:_MAX_LENGTH].strip(" .") or "diagram"
    return f"{name}_" if _WINDOWS_DEVICES.fullmatch(name) else name


def slug(text: str) -> str:
    """Return the text as a part of a file name: lower-case letters and digits of any script, and hyphens.

    >>> slug("GPU, least operations!"), slug("Café déjà vu"), slug("日本語")
    ('gpu-least-operations', 'café-déjà-vu', '日本語')
    """
    normalized = unicodedata.normalize("NFC", text.lower())
    kept = "".join(char if unicodedata.category(char)[0] in "LNM" else "-" for char in normalized)
    name = re.sub("-[\\W_]*", "-", kept).strip("-")[:_MAX_SLUG_LENGTH]
    while len(name.encode()) > _MAX_SLUG_BYTES:
        name = name[:-1]
    return name.rstrip("-") or "drawing"
