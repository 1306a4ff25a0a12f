"""Runs benchmarks and prints one table: `python -m benchmarks [--quick] [NAME]...`."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
from collections.abc import Sequence
from time import perf_counter

from benchmarks.results import BenchmarkSkipped, Report, format_header, format_report

BENCHMARKS = {
    "answer": "benchmarks.answer_latency",
    "preview": "benchmarks.previews",
    "map": "benchmarks.decision_map",
    "start": "benchmarks.startup",
    "binary": "benchmarks.binary_size",
    "export": "benchmarks.png_process",
    "formats": "benchmarks.export_formats",
    "batch": "benchmarks.batch_export",
    "session": "benchmarks.session_saving",
    "throughput": "benchmarks.throughput",
    "edges": "benchmarks.edge_routing",
    "scaling": "benchmarks.scaling",
    "engine": "benchmarks.engine",
    "check": "benchmarks.pack_proof",
    "counterfactuals": "benchmarks.counterfactuals",
    "reload": "benchmarks.pack_reload",
}


def run_benchmark(name: str, quick: bool) -> Report:
    """Run one benchmark; its module is imported here, so that an import error does not stop the others."""
    report = importlib.import_module(BENCHMARKS[name]).run(quick)
    assert isinstance(report, Report)
    return report


def main(arguments: Sequence[str]) -> int:
    """Run the selected benchmarks; return 1 if one of them failed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Run Berth's benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for a first impression")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in BENCHMARKS]:
        parser.error(f"unknown benchmark “{unknown[0]}”; available: {', '.join(BENCHMARKS)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    start = perf_counter()
    machine = f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores"
    print(f"{machine}; medians", format_header(), sep="\n\n")
    failed = False
    for name in dict.fromkeys(options.names or BENCHMARKS):
        try:
            for line in format_report(run_benchmark(name, options.quick)):
                print(line, flush=True)
        except BenchmarkSkipped as reason:
            print(f"{name}: skipped: {reason}", flush=True)
        except Exception as error:
            failed = True
            print(f"{name}: failed: {type(error).__name__}: {error}", flush=True)
        print()
    print(f"total: {perf_counter() - start:.0f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
