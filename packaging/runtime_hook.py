"""PyInstaller runtime hook: restores the library path, so that child processes load the system's libraries.

The loader has already read the variable, so nothing changes for Berth itself. A browser or a system layout
program must not load the bundled copies.
"""

import os

for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    original = os.environ.pop(f"{name}_ORIG", None)
    if original is not None:
        os.environ[name] = original
    else:
        os.environ.pop(name, None)
