"""The command `self-check`: prints the result of every check of this installation."""

from __future__ import annotations

import argparse

from explorer.cli.output import EXIT_ERROR, EXIT_OK, write_output
from explorer.diagnostics.environment import allow_missing_display
from explorer.diagnostics.self_check import run_self_check
from explorer.diagnostics.versions import format_versions, installed_versions
from explorer.storage.atomic_write import write_atomically
from explorer.storage.packs.table_reader import one_line
from explorer.storage.user_data import user_data_folder


def self_check(options: argparse.Namespace) -> int:
    """Run `self-check` and return the exit status."""
    allow_missing_display()
    written = [format_versions(installed_versions()), "\n"]
    write_output("".join(written))
    failed = []
    for result in run_self_check(user_data_folder()):
        if not result.ok:
            failed.append(result.name)
        written.append(f"{'ok' if result.ok else 'FAILED':<8}{result.name:<14}{one_line(result.detail)}\n")
        write_output(written[-1])
    written.append(f"\nFailed checks: {', '.join(failed)}.\n" if failed else "\nAll checks passed.\n")
    write_output(written[-1])
    if options.report:
        write_atomically(options.report, "".join(written).encode())
    return EXIT_ERROR if failed else EXIT_OK
