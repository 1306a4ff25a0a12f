"""What a batch is asked for and what comes of it, as values that go from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.export.request.request import Options


@dataclass(frozen=True)
class Order:
    """What is the same for all of a batch: the pack's folder, where to write what, and how it looks."""

    pack: Path
    folder: Path
    formats: str
    options: Options
    ghosts: bool = True
    defaults: bool = True


@dataclass(frozen=True)
class Job:
    """One scenario of a batch, and the beginning of its files' names."""

    order: Order
    name: str
    answers: Mapping[QuestionId, AnswerId]
    stem: str


@dataclass(frozen=True)
class Made:
    """What came of a job: its files, and each choice's value in words; or the one `fault` that stopped it."""

    job: Job
    files: tuple[str, ...] = ()
    status: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    fault: str = ""
