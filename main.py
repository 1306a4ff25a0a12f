"""Start Berth: the words of the command line, or else its window."""

import sys
from pathlib import Path

from explorer import cli

DEBUG = "--debug"

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # in a frozen application, a process of its own begins here too
    words = sys.argv[1:]
    debugged = DEBUG in words
    if debugged:
        from explorer.diagnostics.log import start_log

        words.remove(DEBUG)
        if path := start_log(Path.cwd()):
            sys.stderr.write(f"berth: the log is “{path}”; it names no person, file or answer\n")
    if cli.is_command(words):
        sys.exit(cli.main(words))
    from explorer.qt.startup import import_qt

    import_qt()
    from explorer import app

    if debugged:
        from explorer.ui.errors.qt_log import install_qt_log_handler

        install_qt_log_handler()
    sys.exit(app.main(words))
