"""A pack's folder as a space to decide in, and the proof over all its answers; faults with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.errors import PackError, Problem
from explorer.core.model.validation import Flaw
from explorer.core.solver.constraints import Space, TooEntangledError, prepare
from explorer.storage.packs.loader import load_pack, locate

if TYPE_CHECKING:
    from explorer.core.verification.proof import Proof


def open_pack(folder: Path) -> Space:
    """The pack in a folder, made ready; PackError with every fault when it cannot be used."""
    pack = load_pack(folder)
    try:
        return prepare(pack)
    except TooEntangledError as error:
        raise PackError(locate(folder, [Flaw("rules.toml", (), str(error))])) from error


def proved(folder: Path, space: Space) -> tuple[Proof, tuple[Problem, ...]]:
    """What holds for every combination of answers of the pack in a folder, and what does not."""
    from explorer.core.verification.proof import prove  # noqa: PLC0415 (a window opens without it)

    proof = prove(space)
    return proof, locate(folder, proof.problems)


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with the pack in a folder, as it lies there."""
    try:
        return proved(folder, open_pack(folder))[1]
    except PackError as error:
        return error.problems
