"""The command `recommend`: prints the outcome of a set of answers as text or JSON."""

from __future__ import annotations

import argparse
import json

from explorer.cli.answers import load_inputs
from explorer.cli.output import EXIT_OK, print_message, stdout_is_utf8, write_output
from explorer.export.report.report import build_report, report_data
from explorer.export.report.text import report_text


def recommend(options: argparse.Namespace) -> int:
    """Run `recommend` and return the exit status."""
    compiled_pack, session = load_inputs(options)
    report = build_report(compiled_pack, session.answers, defaults=not options.no_defaults)
    if options.format == "json":
        text = json.dumps(report_data(report), ensure_ascii=not stdout_is_utf8(), indent=2) + "\n"
    else:
        text = report_text(report)
    write_output(text)
    if error := compiled_pack.look_ahead_error():
        print_message(error)
    return EXIT_OK
