"""Loads a pack ready for the solver, and verifies it for every combination of answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.decision_diagram.diagram import Progress
from explorer.core.errors import PackError, Problem
from explorer.core.model.validation import PackIssue
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.lookup import LookAheadError
from explorer.storage.packs.compiled_cache import compile_with_cache
from explorer.storage.packs.loader import load_pack, locate_issues

if TYPE_CHECKING:
    from explorer.core.verification.proof import VerificationResult


def load_compiled_pack(folder: Path) -> CompiledPack:
    """Load and compile the pack in a folder; raises PackError with every problem if it is not valid."""
    return compile_with_cache(load_pack(folder))


def verify_pack(
    folder: Path, compiled_pack: CompiledPack, progress: Progress | None = None
) -> tuple[VerificationResult, tuple[Problem, ...]]:
    """Verify a pack for every combination of answers; return the counts, and the problems with file and line.

    `progress` is called while the rules are compiled. Raises PackError if they are too entangled for a verification.
    """
    from explorer.core.verification.proof import VerificationTooLargeError, verify  # noqa: PLC0415 (the window does not need it)

    try:
        result = verify(compiled_pack, progress)
    except (LookAheadError, VerificationTooLargeError) as error:
        raise PackError(locate_issues(folder, [PackIssue("rules.toml", (), str(error))])) from error
    return result, locate_issues(folder, result.problems)


def pack_problems(folder: Path) -> tuple[Problem, ...]:
    """Return every problem of the pack in a folder, those of the verification included."""
    try:
        return verify_pack(folder, load_compiled_pack(folder))[1]
    except PackError as error:
        return error.problems
