"""What a batch is asked for and what comes of it, as values that go from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.export.request.request import Options


@dataclass(frozen=True)
class BatchOptions:
    """What is the same for all of a batch: the pack's folder, where to write what, and how it looks."""

    pack_folder: Path
    output_folder: Path
    formats: str
    export_options: Options
    show_alternatives: bool = True
    defaults: bool = True


@dataclass(frozen=True)
class BatchJob:
    """One scenario of a batch, and the beginning of its files' names."""

    options: BatchOptions
    name: str
    answers: Mapping[QuestionId, AnswerId]
    stem: str


@dataclass(frozen=True)
class BatchResult:
    """What came of a job: its files, and each choice's value in words; or the one `fault` that stopped it."""

    job: BatchJob
    files: tuple[str, ...] = ()
    status: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    error: str = ""
