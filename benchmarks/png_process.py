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

from benchmarks.fixtures import ROOT, architecture_for, compiled_pack
from benchmarks.results import BenchmarkSkipped, Report, compared
from benchmarks.timing import interleaved_medians
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId

MAIN = ROOT / "main.py"

# The most similar class of the `diagrams` package for each icon.
SIMILAR_CLASSES = {
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
DEFAULT_CLASS = ("aws.general", "General")


def diagrams_script(architecture: Architecture, target: Path) -> str:
    """Return a Python program that draws the architecture with the `diagrams` package."""
    classes = [SIMILAR_CLASSES.get(node.kind, DEFAULT_CLASS) for node in architecture.nodes]
    lines = ["from diagrams import Cluster, Diagram, Edge"]
    lines += sorted({f"from diagrams.{module} import {name}" for module, name in classes})
    lines += ["", f"with Diagram('Containers on AWS', filename={str(target)!r}, show=False, direction='LR'):"]
    lines += _group_lines(architecture, None, 1)
    number = {node.id: index for index, node in enumerate(architecture.nodes)}
    for edge in architecture.edges:
        label = f"{edge.step}. {edge.label}" if edge.step else edge.label
        style = "dashed" if edge.control else "solid"
        arrow = f"Edge(label={label!r}, style={style!r})"
        lines.append(f"    n{number[edge.source]} >> {arrow} >> n{number[edge.target]}")
    return "\n".join(lines) + "\n"


def _group_lines(architecture: Architecture, group: GroupId | None, depth: int) -> Iterator[str]:
    """Yield the lines of a group; attached nodes are beside their node."""
    group_of = {node.id: node.group for node in architecture.nodes}
    indent = "    " * depth
    for index, node in enumerate(architecture.nodes):
        if (group_of[node.attached_to] if node.attached_to else node.group) == group:
            name = SIMILAR_CLASSES.get(node.kind, DEFAULT_CLASS)[1]
            label = f"{node.label}\n{node.detail}" if node.detail else node.label
            yield f"{indent}n{index} = {name}({label!r})"
    for inner in architecture.groups:
        if inner.parent == group:
            yield f"{indent}with Cluster({inner.label!r}):"
            yield from _group_lines(architecture, inner.id, depth + 1)


def png_size(png: Path) -> tuple[int, int]:
    """Return the width and height of a PNG in pixels."""
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


def run(quick: bool) -> Report:
    """Run both programs alternately."""
    if not MAIN.exists():
        raise BenchmarkSkipped("main.py is missing")
    if find_spec("diagrams") is None:
        raise BenchmarkSkipped("the package diagrams is not installed (requirements-bench.txt)")
    if shutil.which("dot") is None:
        raise BenchmarkSkipped("the package diagrams needs the Graphviz program dot on the PATH")
    architecture = architecture_for(compiled_pack(), {})
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ours, theirs, script = folder / "berth.png", folder / "diagrams.png", folder / "picture.py"
        script.write_text(diagrams_script(architecture, theirs.with_suffix("")), encoding="utf-8")
        commands = {
            "berth": [sys.executable, str(MAIN), "export", str(ours)],
            "diagrams": [sys.executable, str(script)],
            "python": [
                sys.executable,
                "-c",
                "from PySide6.QtGui import QGuiApplication; QGuiApplication([])",
            ],
        }
        for command in commands.values():
            _run_command(command, folder)
        times = interleaved_medians(
            3 if quick else 11,
            {name: lambda c=c: _run_command(c, folder) for name, c in commands.items()},  # type: ignore[misc]
        )
        sizes = [f"{width} × {height}" for width, height in (png_size(ours), png_size(theirs))]
    return Report(
        (
            compared("one PNG, the whole process", times["berth"], "the package diagrams", times["diagrams"], 1),
            compared(
                "  minimum of any such process",
                times["python"],
                "one PNG by Berth",
                times["berth"],
            ),
        ),
        (
            f"the default outcome: {len(architecture.nodes)} nodes, {len(architecture.edges)} edges, "
            f"{len(architecture.groups)} groups; {sizes[0]} pixels by Berth, {sizes[1]} by diagrams, "
            "each with its defaults",
            "'minimum': Python and QGuiApplication only",
        ),
    )


def _run_command(command: list[str], folder: Path) -> None:
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
        message = (done.stderr.strip().splitlines() or ["no output"])[-1]
        raise BenchmarkSkipped(f"{Path(command[1]).name} exited with status {done.returncode}: {message}")
