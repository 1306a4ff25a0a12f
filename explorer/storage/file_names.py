"""Words as the names of files that every system takes."""

from __future__ import annotations

import re

from explorer.core.text import plain

_LONGEST = 80
_REFUSED = re.compile(r'[<>:"/\\|?*]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever follows behind a dot."""


def file_name(words: str) -> str:
    """Words as the name of a file, without its ending, as they are read.

    >>> file_name("Queue/topic: which?"), file_name("..."), file_name("nul")
    ('Queue topic which', 'diagram', 'nul_')
    """
    told = " ".join(_REFUSED.sub(" ", plain(words)).split())[:_LONGEST].strip(" .") or "diagram"
    return f"{told}_" if _DEVICES.fullmatch(told) else told


def file_stem(words: str) -> str:
    """Words as part of a file's name that goes through every program: small letters, digits and hyphens.

    >>> file_stem("GPU, least operations!")
    'gpu-least-operations'
    """
    told = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].rstrip("-")
    return told or "drawing"
