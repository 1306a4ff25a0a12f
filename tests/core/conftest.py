"""The shipped pack, read and made ready once."""

from __future__ import annotations

import pytest

from explorer.core.model.pack import Pack
from explorer.core.solver.constraints import Space, prepare
from explorer.core.verification.proof import Proof, prove
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import shipped_pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(shipped_pack())


@pytest.fixture(scope="session")
def space(pack: Pack) -> Space:
    return prepare(pack)


@pytest.fixture(scope="session")
def proof(space: Space) -> Proof:
    return prove(space)
