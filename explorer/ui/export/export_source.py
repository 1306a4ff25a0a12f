"""What is in view, as far as an export needs to know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from explorer.export.request.request import Options, Request, SubjectKind


@dataclass(frozen=True)
class ExportSource:
    """One view as it was when something was wished of it; `request` may take a while, in any thread."""

    kind: SubjectKind
    title: str
    request: Callable[[Options], Request]
