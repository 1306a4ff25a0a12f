"""The commands `export` and `tree`: write the architecture or the decision map to a file."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from datetime import date

from explorer.cli.answers import load_inputs
from explorer.cli.options import CSV_SEPARATORS
from explorer.cli.output import EXIT_ERROR, EXIT_INTERRUPTED, EXIT_OK, UsageError, print_message, write_output
from explorer.core.decision_map.map import MapTooLargeError
from explorer.export.batch import batch, bundle
from explorer.export.batch.index_page import INDEX_FILE
from explorer.export.batch.job import BatchOptions
from explorer.export.formats import (
    FORMAT_OPTIONS,
    UnknownFormatError,
    UnsupportedOptionError,
    check_unsupported_options,
    export_file,
    format_of,
)
from explorer.export.images.raster import IllegibleError, ImageTooLargeError
from explorer.export.request.build import draw_decision_map, request_for_map, request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import CaptionParts, Options, SubjectKind
from explorer.storage.icons.source import load_icon_source
from explorer.storage.packs.catalog import find_pack_folder
from explorer.storage.packs.compiled_cache import compile_with_cache
from explorer.storage.packs.loader import display_path, load_pack
from explorer.storage.sessions.scenario_file import read_scenario_file


def export(options: argparse.Namespace) -> int:
    """Run `export` and return the exit status."""
    _use_offscreen_platform()
    if options.scenarios is not None:
        return _export_scenarios(options)
    if options.formats or options.jobs:
        raise UsageError("--formats and --jobs require --scenarios.")
    try:
        check_unsupported_options(format_of(options.out, SubjectKind.ARCHITECTURE), _format_options(options))
        export_options = _export_options(options)
        compiled_pack, session = load_inputs(options)
        workspace = replace(session.workspace, alternatives_shown=not options.no_ghosts)
        request = request_for_session(
            create_engine(compiled_pack),
            replace(session, workspace=workspace),
            export_options,
            defaults=not options.no_defaults,
        )
        export_file(options.out, request)
    except (UnknownFormatError, UnsupportedOptionError, ImageTooLargeError) as error:
        raise UsageError(str(error)) from error
    write_output(f"Wrote {display_path(options.out)}.\n")
    return EXIT_OK


def export_decision_map(options: argparse.Namespace) -> int:
    """Run `tree` and return the exit status."""
    _use_offscreen_platform()
    theme = options.theme or "light"
    try:
        check_unsupported_options(format_of(options.out, SubjectKind.DECISION_MAP), _format_options(options))
        compiled_pack = compile_with_cache(load_pack(find_pack_folder(options.pack)))
        drawn = draw_decision_map(create_engine(compiled_pack), options.depth, theme)
        export_file(options.out, request_for_map(drawn, Options(theme)))
    except (UnknownFormatError, UnsupportedOptionError, IllegibleError, MapTooLargeError) as error:
        raise UsageError(str(error)) from error
    nodes = drawn.decision_map.nodes
    leaves = len(nodes) - len({branch.source for branch in drawn.decision_map.branches})
    write_output(f"Wrote {display_path(options.out)}: {len(nodes):,} nodes, {leaves:,} of them outcomes.\n")
    return EXIT_OK


def _export_scenarios(options: argparse.Namespace) -> int:
    """Export every scenario of a file; print a line to standard error when each is done."""
    if options.session or options.answer:
        raise UsageError("--scenarios has its own answers. Remove --answer and --session.")
    folder = find_pack_folder(options.pack)
    formats = options.formats or "svg"
    try:
        bundle.parse_formats(formats, SubjectKind.ARCHITECTURE)
    except bundle.UnknownFormatNameError as error:
        raise UsageError(str(error)) from error
    pack = load_pack(folder)
    scenarios = read_scenario_file(options.scenarios, pack)
    batch_options = BatchOptions(
        folder,
        options.out,
        formats,
        _export_options(options),
        not options.no_ghosts,
        not options.no_defaults,
    )
    failed = number = 0
    try:
        for number, result in enumerate(batch.write_batch(batch_options, scenarios, pack.title, options.jobs), 1):
            failed += bool(result.error)
            print_message(f"{number} of {len(scenarios)}: {result.job.name}{result.error and f': {result.error}'}")
    except KeyboardInterrupt:
        print_message(f"Canceled after {number} of {len(scenarios)} scenarios.")
        return EXIT_INTERRUPTED
    done = len(scenarios) - failed
    write_output(
        f"Wrote {done:,} of {len(scenarios):,} scenarios to {display_path(options.out)}. See {INDEX_FILE} there.\n"
    )
    return EXIT_ERROR if failed else EXIT_OK


def _export_options(options: argparse.Namespace) -> Options:
    parts = (CaptionParts[part.upper()].value for part in set(options.around or ()))
    return Options(
        options.theme or "light",
        options.size,
        options.scale,
        options.dpi,
        options.transparent,
        aspect=options.shape,
        caption=CaptionParts(sum(parts)),
        date=date.today().isoformat(),
        icons=load_icon_source(options.icons),
        session=not options.no_session,
        text_as_paths=options.outlines,
        template=options.template,
        csv_separator=CSV_SEPARATORS[options.separator or "comma"],
    )


def _format_options(options: argparse.Namespace) -> list[str]:
    """The given options that only some formats support."""
    return [option for option in FORMAT_OPTIONS if getattr(options, option.strip("-"), None)]


def _use_offscreen_platform() -> None:
    """Make Qt draw without a display: on Linux it would end the process if it cannot open one."""
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
