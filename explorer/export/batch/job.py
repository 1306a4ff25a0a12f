"""Options, jobs and results of a batch export: plain values that worker processes exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.export.request.request import Options


@dataclass(frozen=True)
class BatchOptions:
    """What all scenarios of a batch have in common.

    `formats` are file extensions, separated by commas. Without `defaults`, undecided choices stay open.
    """

    pack_folder: Path
    output_folder: Path
    formats: str
    export_options: Options
    show_alternatives: bool = True
    defaults: bool = True


@dataclass(frozen=True)
class BatchJob:
    """One scenario of a batch; the names of its files start with `stem`."""

    options: BatchOptions
    name: str
    answers: Mapping[QuestionId, AnswerId]
    stem: str


@dataclass(frozen=True)
class BatchResult:
    """The files of a job, the status of its outcome and the label of each choice's value; or the error."""

    job: BatchJob
    files: tuple[str, ...] = ()
    status: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    error: str = ""
