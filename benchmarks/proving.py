"""Proving the shipped pack: every combination of answers, without trying each."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from statistics import median

from benchmarks.clock import seconds
from benchmarks.report import LeftOut, Report, limited
from explorer.core.solver.constraints import compile_pack
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder

LIMIT_S = 10


def run(quick: bool) -> Report:
    """From the pack's files to the proof, nothing kept from one round to the next."""
    if find_spec("explorer.core.verification.proof") is None:
        raise LeftOut("explorer/core/verification/proof.py is not there")
    prove = import_module("explorer.core.verification.proof").verify
    times = [seconds(lambda: prove(compile_pack(load_pack(default_pack_folder())))) for _ in range(1 if quick else 3)]
    return Report((limited("check: the shipped pack proved", median(times), LIMIT_S),))
