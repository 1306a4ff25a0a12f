"""Export source: the view that is exported, at the time of the command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from explorer.export.request.request import Options, Request, SubjectKind


@dataclass(frozen=True)
class ExportSource:
    """One view with its title. `request` builds the export request; it is slow and runs in any thread."""

    kind: SubjectKind
    title: str
    request: Callable[[Options], Request]
