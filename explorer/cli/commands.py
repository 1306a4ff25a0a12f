"""The command table: name, help text, arguments and function of every command.

A command's module is imported when the command runs, so that `--help` and `recommend` start without Qt.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explorer.cli import options as arguments

OPEN = "open"
"""The command that runs if none is given: it opens the window."""


@dataclass(frozen=True)
class Command:
    """One command: `run` takes the parsed options and returns the exit status."""

    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def _open(options: Namespace) -> int:
    from explorer.qt.startup import import_qt

    import_qt()
    from explorer import app

    return app.main(options.session, options.pack, options.icons)


def _recommend(options: Namespace) -> int:
    from explorer.cli.recommend import recommend

    return recommend(options)


def _export(options: Namespace) -> int:
    from explorer.cli.export import export

    return export(options)


def _tree(options: Namespace) -> int:
    from explorer.cli.export import export_decision_map

    return export_decision_map(options)


def _check(options: Namespace) -> int:
    from explorer.cli.packs import check

    return check(options)


def _new_pack(options: Namespace) -> int:
    from explorer.cli.packs import new_pack

    return new_pack(options)


def _self_check(options: Namespace) -> int:
    from explorer.cli.self_check import self_check

    return self_check(options)


COMMANDS: Mapping[str, Command] = {
    OPEN: Command("open the window", arguments.add_open_arguments, _open),
    "recommend": Command(
        "print the recommended architecture and the reasons", arguments.add_recommend_arguments, _recommend
    ),
    "export": Command("export the architecture to a file", arguments.add_export_arguments, _export),
    "tree": Command("export the decision map to a file", arguments.add_tree_arguments, _tree),
    "check": Command("validate a pack and verify its rules", arguments.add_check_arguments, _check),
    "new-pack": Command("create a small commented pack", arguments.add_new_pack_arguments, _new_pack),
    "self-check": Command(
        "verify this installation, one line for each check", arguments.add_self_check_arguments, _self_check
    ),
}
