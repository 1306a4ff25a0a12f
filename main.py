"""Starts Berth: runs a command, or opens the window."""

import sys

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # a worker process of a frozen application starts here too
    from explorer.cli.main import main

    sys.exit(main(sys.argv[1:]))
