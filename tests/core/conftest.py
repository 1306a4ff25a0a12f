"""Fixtures: the shipped pack, compiled and verified once."""

from __future__ import annotations

import pytest

from explorer.core.model.pack import Pack
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.core.verification.proof import VerificationResult, verify
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(default_pack_folder())


@pytest.fixture(scope="session")
def space(pack: Pack) -> CompiledPack:
    return compile_pack(pack)


@pytest.fixture(scope="session")
def proof(space: CompiledPack) -> VerificationResult:
    return verify(space)
