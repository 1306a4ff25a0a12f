"""Start Berth: the words of the command line, or else its window."""

import sys

from explorer import cli

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # in a frozen application, a process of its own begins here too
    if cli.speaks(sys.argv[1:]):
        sys.exit(cli.main(sys.argv[1:]))
    from explorer.export.qt_import import import_qt

    import_qt()
    from explorer import app

    sys.exit(app.main(sys.argv[1:]))
