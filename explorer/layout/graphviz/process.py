"""Graphviz process: finds the layout program, runs it within limits, and names each way in which it can fail."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from explorer.core.errors import ExplorerError
from explorer.layout.graphviz.bounded_process import OutputTooLargeError, ProcessTimeoutError, run_bounded

PROGRAM_NAME = "graphviz-pure"
DEFAULT_TIMEOUT_S = 2.5
"""A drawing of 400 nodes takes half a second; a program that hangs is reported within three seconds."""

MAX_OUTPUT_BYTES = 16_000_000
"""More than a hundred times the output for 400 nodes."""

_FAILURE = "Cannot lay out the diagram"


class LayoutError(ExplorerError):
    """The diagram cannot be laid out; the text says why and what to do."""


class LayoutEngine(Protocol):
    """Computes positions from DOT text."""

    def run(self, source: str) -> Mapping[str, Any]:
        """Return the result for a DOT text, as parsed JSON in Graphviz's `json0` format."""
        ...


@dataclass(frozen=True)
class Graphviz:
    """A layout program on disk and its time limit in seconds."""

    program: Path
    timeout_s: float = DEFAULT_TIMEOUT_S

    def run(self, source: str) -> dict[str, Any]:
        """Run the program on a DOT text and return its parsed JSON (`-Tjson0`); LayoutError if it fails."""
        name = self.program.name
        try:
            result = run_bounded(
                [str(self.program), "-Tjson0"],
                source,
                timeout_s=self.timeout_s,
                max_output_bytes=MAX_OUTPUT_BYTES,
            )
        except ProcessTimeoutError as error:
            raise LayoutError(
                f"{_FAILURE}: {name} did not finish within {self.timeout_s:g} seconds and was stopped. "
                "Try again. If the drawing has thousands of components, use fewer; if not, reinstall Berth or Graphviz."
            ) from error
        except OutputTooLargeError as error:
            raise LayoutError(
                f"{_FAILURE}: the output of {name} exceeds {MAX_OUTPUT_BYTES // 1_000_000} MB. "
                "Reinstall Berth or Graphviz."
            ) from error
        except OSError as error:
            raise LayoutError(
                f"{_FAILURE}: cannot start {self.program} ({error.strerror}). Reinstall Berth or Graphviz."
            ) from error
        # Graphviz may exit with an error status and still write a valid drawing: only the output counts.
        try:
            answer = json.loads(result.output)
        except (ValueError, RecursionError) as error:
            lines = result.errors.strip().splitlines()
            reason = f" Its message: {lines[0][:200]}" if lines else ""
            raise LayoutError(
                f"{_FAILURE}: {name} exited with status {result.status} and without a drawing.{reason}"
            ) from error
        if not isinstance(answer, dict):
            raise LayoutError(f"{_FAILURE}: the output of {name} is not a drawing. Reinstall Berth or Graphviz.")
        return answer


@lru_cache(maxsize=1)
def find_graphviz() -> Graphviz:
    """Return the layout program of this installation, else the `dot` of the system; LayoutError if there is none.

    A frozen application has the program beside its libraries; other installations have it beside Python.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    folders = [Path(sys.executable).parent, Path(sys.prefix) / ("Scripts" if suffix else "bin")]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        folders.insert(0, Path(bundle))
    for folder in folders:
        candidate = folder / f"{PROGRAM_NAME}{suffix}"
        if candidate.is_file():
            return Graphviz(candidate)
    system = shutil.which(PROGRAM_NAME) or shutil.which("dot")
    if system:
        return Graphviz(Path(system))
    remedy = "Unpack Berth again" if bundle is not None else "Run “python3 run.py setup”"
    raise LayoutError(f"{_FAILURE}: the program {PROGRAM_NAME} is missing. {remedy}, or install Graphviz.")


class InstalledGraphviz:
    """The layout program of this installation, found at the first use.

    So the window opens without it, and shows the error in place of the diagram.
    """

    def run(self, source: str) -> dict[str, Any]:
        """Run the program on a DOT text; LayoutError if it fails or is missing."""
        return find_graphviz().run(source)
