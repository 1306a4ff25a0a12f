"""File names that are valid on every system, made from any text."""

from __future__ import annotations

import re

from explorer.core.text import strip_control_chars

_MAX_LENGTH = 80
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
    """Return the text as a part of a file name: lower-case letters, digits and hyphens.

    >>> slug("GPU, least operations!")
    'gpu-least-operations'
    """
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].rstrip("-")
    return name or "drawing"
