"""Packs Berth so that it says when it can be used, and an empty window with the same cuts, for the benchmark.

Says on standard output where the two folders are, and how large they and their archives are, as JSON.
"""

from __future__ import annotations

import json
import sys

import binary
import handout
from identity import ROOT

PLACE = binary.BUILD / "comparison"


def main() -> int:
    """Pack both, and say what came of it."""
    moment = binary.epoch()
    folders, sizes = {}, {}
    for name, entry, how in (("berth", "child.py", []), ("empty", "empty_window.py", ["--empty"])):
        script = ROOT / "benchmarks" / entry
        packed, _ = binary.pack(script, f"{name}-timed", moment, ["--timed", *how])
        folder = binary.put_together(packed, PLACE / packed.name)
        folders[name] = str(folder)
        sizes[name] = binary.size(folder)
        sizes[f"{name} archive"] = binary.size(handout.archive(folder, moment))
    print(json.dumps({"folders": folders, "sizes": sizes}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
