"""Proof of the shipped pack over every combination of answers."""

from __future__ import annotations

from statistics import median

from benchmarks.results import Report, with_limit
from benchmarks.timing import time_once
from explorer.core.solver.constraints import compile_pack
from explorer.core.verification.proof import verify
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder

LIMIT_S = 10


def run(quick: bool) -> Report:
    """Measure from the pack's files to the proof, without caches between rounds."""
    times = [
        time_once(lambda: verify(compile_pack(load_pack(default_pack_folder())))) for _ in range(1 if quick else 3)
    ]
    return Report((with_limit("check: proof of the shipped pack", median(times), LIMIT_S),))
