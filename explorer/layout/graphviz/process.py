"""The one door to the layout program: found once, given DOT, time limited, its failures named."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from explorer.core.errors import ExplorerError

PROGRAM_NAME = "graphviz-pure"
_CREATION_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class LayoutError(ExplorerError):
    """The layout program gave no drawing; its text says why."""


@dataclass(frozen=True)
class Graphviz:
    """A layout program on disk, and how many seconds it may take."""

    program: Path
    timeout_s: float = 10

    def run(self, source: str) -> dict[str, Any]:
        """What the program made of a DOT text, as parsed JSON (`-Tjson0`); LayoutError when it failed."""
        try:
            done = subprocess.run(
                [str(self.program), "-Tjson0"],
                input=source,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=self.timeout_s,
                creationflags=_CREATION_FLAGS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise LayoutError(
                f"The diagram could not be laid out: {self.program.name} gave no answer within "
                f"{self.timeout_s:g} seconds."
            ) from error
        except OSError as error:
            raise LayoutError(
                f"The diagram could not be laid out: {self.program} cannot be started ({error.strerror})."
            ) from error
        # A drawing may come with a non-zero status and a warning; what counts is whether it can be read.
        try:
            answer = json.loads(done.stdout)
        except ValueError as error:
            said = done.stderr.strip().splitlines()
            told = f" It said: {said[0][:200]}" if said else ""
            raise LayoutError(
                f"The diagram could not be laid out: {self.program.name} stopped with status "
                f"{done.returncode} and no drawing.{told}"
            ) from error
        if not isinstance(answer, dict):
            raise LayoutError(f"The diagram could not be laid out: {self.program.name} answered nonsense.")
        return answer


@lru_cache(maxsize=1)
def find_graphviz() -> Graphviz:
    """The program that came with the installation, else the system's `dot`; LayoutError when there is none.

    A frozen application carries it beside its libraries, an installed one beside
    the Python that runs it.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    homes = [Path(sys.executable).parent, Path(sys.prefix) / ("Scripts" if suffix else "bin")]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        homes.insert(0, Path(bundle))
    for home in homes:
        candidate = home / f"{PROGRAM_NAME}{suffix}"
        if candidate.is_file():
            return Graphviz(candidate)
    system = shutil.which(PROGRAM_NAME) or shutil.which("dot")
    if system:
        return Graphviz(Path(system))
    remedy = "Unpack Berth again" if bundle is not None else "Run “python3 run.py setup”"
    raise LayoutError(
        f"The diagram cannot be laid out: the program {PROGRAM_NAME} is missing. {remedy}, or install Graphviz."
    )


class InstalledGraphviz:
    """The program of this installation, looked for when it is first needed.

    A window can so open without it, and say what is missing where the diagram would be.
    """

    def run(self, source: str) -> dict[str, Any]:
        """What the program made of a DOT text; LayoutError when it failed or is missing."""
        return find_graphviz().run(source)
