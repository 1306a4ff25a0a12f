"""Runs Berth: as `python -m explorer`, and as the commands `berth` and `berth-gui` of the installed package."""

import sys


def run() -> int:
    """Run the command of this process's arguments and return its exit status."""
    from explorer.cli.main import main  # noqa: PLC0415 (worker processes import this module, but run no command)

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
