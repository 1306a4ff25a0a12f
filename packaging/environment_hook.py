"""Programs that Berth starts see the libraries of the system, not those that came with Berth.

PyInstaller runs this first. The loader has read the variable by now, so nothing changes for Berth itself;
but a browser, or a layout program of the system, must not load our copies.
"""

import os

for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    else:
        os.environ.pop(name, None)
