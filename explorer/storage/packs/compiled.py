"""A pack's folder as a space to decide in, and the proof over all its answers; faults with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.errors import PackError, Problem
from explorer.core.model.validation import PackIssue
from explorer.core.solver.constraints import CompiledPack, SubproblemTooLargeError, compile_pack
from explorer.storage.packs.loader import load_pack, locate_issues

if TYPE_CHECKING:
    from explorer.core.verification.proof import VerificationResult


def load_compiled_pack(folder: Path) -> CompiledPack:
    """The pack in a folder, made ready; PackError with every fault when it cannot be used."""
    pack = load_pack(folder)
    try:
        return compile_pack(pack)
    except SubproblemTooLargeError as error:
        raise PackError(locate_issues(folder, [PackIssue("rules.toml", (), str(error))])) from error


def verify_pack(folder: Path, space: CompiledPack) -> tuple[VerificationResult, tuple[Problem, ...]]:
    """What holds for every combination of answers of the pack in a folder, and what does not."""
    from explorer.core.verification.proof import verify  # noqa: PLC0415 (a window opens without it)

    proof = verify(space)
    return proof, locate_issues(folder, proof.problems)


def pack_problems(folder: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with the pack in a folder, as it lies there."""
    try:
        return verify_pack(folder, load_compiled_pack(folder))[1]
    except PackError as error:
        return error.problems
