"""Builds the two programs of `run.py bench binary`: Berth with start-up timing, and an empty window.

Prints their folders and the sizes of folders and archives as JSON.
"""

from __future__ import annotations

import json
import sys

import archive
import build_binary
from app_metadata import ROOT

FOLDER = build_binary.BUILD / "comparison"


def main() -> int:
    """Build both programs and print the result."""
    timestamp = build_binary.source_date_epoch()
    folders, sizes = {}, {}
    for name, entry, options in (("berth", "timed_window.py", []), ("empty", "empty_window.py", ["--empty"])):
        script = ROOT / "benchmarks" / entry
        packed, _ = build_binary.run_pyinstaller(script, f"{name}-timed", timestamp, ["--timed", *options])
        folder = build_binary.move_to(packed, FOLDER / packed.name)
        folders[name] = str(folder)
        sizes[name] = build_binary.total_size(folder)
        sizes[f"{name} archive"] = build_binary.total_size(archive.create_archive(folder, timestamp))
    print(json.dumps({"folders": folders, "sizes": sizes}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
