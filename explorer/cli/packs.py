"""The commands `check` and `new-pack`: validate a pack, and create one."""

from __future__ import annotations

import argparse

from explorer.cli.output import EXIT_ERROR, EXIT_OK, print_message, write_output
from explorer.core.decision_diagram.diagram import DEFAULT_BUDGET
from explorer.core.errors import PackError
from explorer.core.model.pack import Pack
from explorer.core.verification.proof import VerificationResult
from explorer.storage.packs.catalog import find_pack_folder
from explorer.storage.packs.compiled import load_compiled_pack, verify_pack
from explorer.storage.packs.loader import display_path
from explorer.storage.packs.table_reader import one_line
from explorer.storage.packs.template import write_pack_template


def check(options: argparse.Namespace) -> int:
    """Run `check` and return the exit status."""
    folder = find_pack_folder(options.pack)
    try:
        compiled_pack = load_compiled_pack(folder)
        verification, problems = verify_pack(folder, compiled_pack, _Progress())
    except PackError as error:
        problems = error.problems
        text = ""
    else:
        text = _format_verification(compiled_pack.pack, verification)
    write_output("".join(f"{problem}\n" for problem in problems) or text)
    return EXIT_ERROR if problems else EXIT_OK


class _Progress:
    """Prints a line to standard error for every 100,000 nodes; ordinary packs need fewer."""

    def __init__(self) -> None:
        self._printed = 0

    def __call__(self, nodes: int) -> None:
        """Print the number of nodes if it is much larger than the last one."""
        if nodes >= self._printed + 100_000:
            self._printed = nodes
            print_message(f"Compiling the rules: {nodes:,} nodes of at most {DEFAULT_BUDGET:,}. Ctrl+C cancels.")


def new_pack(options: argparse.Namespace) -> int:
    """Run `new-pack` and return the exit status."""
    write_pack_template(options.folder)
    folder = display_path(options.folder)
    folder = f'"{folder}"' if " " in folder else folder
    write_output(
        f"Created {folder} with six commented files. Open it with --pack {folder}: the window reloads the pack "
        f"each time you save a file. Validate it with check {folder}.\n"
    )
    return EXIT_OK


def _format_verification(pack: Pack, verification: VerificationResult) -> str:
    lines = [f"{pack.title}, {pack.id} {pack.version}, as of {pack.as_of}: no problems found."]
    for kind, count in (("complete", verification.complete), ("complete and partial", verification.partial)):
        lines.append(
            f"{count.total:,} {kind} combinations: {count.decided:,} decided, {count.open:,} open, "
            f"{count.conflict:,} in conflict."
        )
    outcomes = (
        "too many distinct outcomes to count"
        if verification.outcomes is None
        else (f"{verification.outcomes:,} distinct outcomes")
    )
    lines.append(f"{outcomes}; {verification.conflict_sets:,} minimal conflicts of answers.")
    tables = {
        "question": pack.questions,
        "rule": pack.rules,
        "trap": pack.traps,
        "takeaway": pack.takeaways,
        "component": pack.components,
        "edge": pack.edges,
    }
    counts = (f"{len(table)} {name}{'' if len(table) == 1 else 's'}" for name, table in tables.items())
    lines.append(f"{', '.join(counts)}.")
    return "".join(f"{one_line(line)}\n" for line in lines)
