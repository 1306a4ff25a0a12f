"""Measures what was promised about speed, in one table: `python -m benchmarks [--quick] [NAME]...`."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
from collections.abc import Sequence
from time import perf_counter

from benchmarks.report import LeftOut, Report, head, lines

BENCHES = {
    "answer": "benchmarks.answering",
    "what-if": "benchmarks.what_if",
    "map": "benchmarks.decision_map",
    "start": "benchmarks.starting",
    "binary": "benchmarks.packing",
    "export": "benchmarks.exporting",
    "formats": "benchmarks.formats",
    "batch": "benchmarks.batching",
    "session": "benchmarks.sessions",
    "all": "benchmarks.everything",
    "looks": "benchmarks.looks",
    "growth": "benchmarks.growing",
    "check": "benchmarks.proving",
    "flips": "benchmarks.flips",
    "reload": "benchmarks.reloading",
}


def measure(name: str, quick: bool) -> Report:
    """What a benchmark finds; its module is loaded only now, lest one that cannot be stops the rest."""
    found = importlib.import_module(BENCHES[name]).run(quick)
    assert isinstance(found, Report)
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for; 1 when a benchmark broke."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure Berth.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHES)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a first impression")
    wished = parser.parse_args(arguments)
    if unknown := [name for name in wished.names if name not in BENCHES]:
        parser.error(f"there is no benchmark “{unknown[0]}”; these there are: {', '.join(BENCHES)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    start = perf_counter()
    machine = f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores"
    print(f"{machine}; medians", head(), sep="\n\n")
    broken = False
    for name in dict.fromkeys(wished.names or BENCHES):
        try:
            for told in lines(measure(name, wished.quick)):
                print(told, flush=True)
        except LeftOut as reason:
            print(f"{name}: left out: {reason}", flush=True)
        except Exception as error:
            broken = True
            print(f"{name}: could not be measured: {type(error).__name__}: {error}", flush=True)
        print()
    print(f"all in {perf_counter() - start:.0f} s")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
