"""Words as the names of files that every system takes."""

from __future__ import annotations

import re

from explorer.core.text import strip_control_chars

_MAX_LENGTH = 80
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever follows behind a dot."""


def safe_file_name(words: str) -> str:
    """Words as the name of a file, without its ending, as they are read.

    >>> file_name("Queue/topic: which?"), file_name("..."), file_name("nul")
    ('Queue topic which', 'diagram', 'nul_')
    """
    told = " ".join(_FORBIDDEN.sub(" ", strip_control_chars(words)).split())[:_MAX_LENGTH].strip(" .") or "diagram"
    return f"{told}_" if _WINDOWS_DEVICES.fullmatch(told) else told


def slug(words: str) -> str:
    """Words as part of a file's name that goes through every program: small letters, digits and hyphens.

    >>> file_stem("GPU, least operations!")
    'gpu-least-operations'
    """
    told = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].rstrip("-")
    return told or "drawing"
