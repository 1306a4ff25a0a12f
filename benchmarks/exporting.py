"""One PNG as a whole process, beside an equivalent picture by the `diagrams` package."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.clock import in_turn
from benchmarks.pieces import ROOT, drawn, space
from benchmarks.report import LeftOut, Report, measured
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId

MAIN = ROOT / "main.py"

# The class of the `diagrams` package that comes nearest to each of our icons.
NEAREST = {
    "cloud-map": ("aws.network", "CloudMap"),
    "ec2": ("aws.compute", "EC2"),
    "ecs": ("aws.compute", "ElasticContainerService"),
    "eks": ("aws.compute", "ElasticKubernetesService"),
    "execution-role": ("aws.security", "IAMRole"),
    "fargate": ("aws.compute", "Fargate"),
    "lifecycle": ("aws.compute", "EC2ContainerRegistryImage"),
    "load-balancer": ("aws.network", "ElbApplicationLoadBalancer"),
    "logs": ("aws.management", "CloudwatchLogs"),
    "managed-instances": ("aws.compute", "EC2AutoScaling"),
    "pipeline": ("aws.devtools", "Codepipeline"),
    "registry": ("aws.compute", "EC2ContainerRegistry"),
    "role": ("aws.security", "IAMRole"),
    "route53": ("aws.network", "Route53"),
    "scaling": ("aws.compute", "ApplicationAutoScaling"),
    "scan": ("aws.security", "Inspector"),
    "service": ("aws.compute", "ElasticContainerServiceService"),
    "service-connect": ("aws.compute", "ElasticContainerServiceServiceConnect"),
    "task": ("aws.compute", "ElasticContainerServiceTask"),
    "users": ("aws.general", "Users"),
}
OTHER = ("aws.general", "General")


def script(architecture: Architecture, target: Path) -> str:
    """The Python program by which one would draw the architecture with the `diagrams` package."""
    classes = [NEAREST.get(node.kind, OTHER) for node in architecture.nodes]
    lines = ["from diagrams import Cluster, Diagram, Edge"]
    lines += sorted({f"from diagrams.{module} import {name}" for module, name in classes})
    lines += ["", f"with Diagram('Containers on AWS', filename={str(target)!r}, show=False, direction='LR'):"]
    lines += _within(architecture, None, 1)
    number = {node.id: index for index, node in enumerate(architecture.nodes)}
    for edge in architecture.edges:
        label = f"{edge.step}. {edge.label}" if edge.step else edge.label
        style = "dashed" if edge.control else "solid"
        arrow = f"Edge(label={label!r}, style={style!r})"
        lines.append(f"    n{number[edge.source]} >> {arrow} >> n{number[edge.target]}")
    return "\n".join(lines) + "\n"


def _within(architecture: Architecture, group: GroupId | None, depth: int) -> Iterator[str]:
    """What stands in a group, companions beside the node they hang at."""
    home = {node.id: node.group for node in architecture.nodes}
    indent = "    " * depth
    for index, node in enumerate(architecture.nodes):
        if (home[node.attached_to] if node.attached_to else node.group) == group:
            name = NEAREST.get(node.kind, OTHER)[1]
            label = f"{node.label}\n{node.detail}" if node.detail else node.label
            yield f"{indent}n{index} = {name}({label!r})"
    for inner in architecture.groups:
        if inner.parent == group:
            yield f"{indent}with Cluster({inner.label!r}):"
            yield from _within(architecture, inner.id, depth + 1)


def pixels(png: Path) -> tuple[int, int]:
    """The size of a PNG."""
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


def run(quick: bool) -> Report:
    """Both programs, whole processes, by turns."""
    if not MAIN.exists():
        raise LeftOut("main.py is not there, so nothing can be exported")
    if find_spec("diagrams") is None:
        raise LeftOut("the package diagrams is not installed (requirements-bench.txt)")
    if shutil.which("dot") is None:
        raise LeftOut("the package diagrams needs Graphviz's own program dot, and there is none on the PATH")
    architecture = drawn(space(), {})
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ours, theirs, written = folder / "berth.png", folder / "diagrams.png", folder / "picture.py"
        written.write_text(script(architecture, theirs.with_suffix("")), encoding="utf-8")
        commands = {
            "berth": [sys.executable, str(MAIN), "export", str(ours)],
            "diagrams": [sys.executable, str(written)],
            "python": [
                sys.executable,
                "-c",
                "from PySide6.QtGui import QGuiApplication; QGuiApplication([])",
            ],
        }
        for command in commands.values():
            _done(command, folder)
        times = in_turn(
            3 if quick else 11,
            {name: lambda c=c: _done(c, folder) for name, c in commands.items()},  # type: ignore[misc]
        )
        sizes = [f"{width} × {height}" for width, height in (pixels(ours), pixels(theirs))]
    return Report(
        (
            measured("one PNG, the whole process", times["berth"], "the package diagrams", times["diagrams"], 1),
            measured(
                "  what no such process can go below",
                times["python"],
                "one PNG with Berth",
                times["berth"],
            ),
        ),
        (
            f"the plain case: {len(architecture.nodes)} nodes, {len(architecture.edges)} edges, "
            f"{len(architecture.groups)} groups; {sizes[0]} pixels here, {sizes[1]} there, "
            "each by its own defaults",
            "'go below': Python, Qt's QGuiApplication, and nothing more",
        ),
    )


def _done(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
        raise LeftOut(f"{Path(command[1]).name} stopped with status {done.returncode}: {told}")
