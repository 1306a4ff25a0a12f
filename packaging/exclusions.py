"""Modules, Qt plugins and libraries that PyInstaller leaves out of the bundle.

File names are paths in the bundle, with forward slashes on every system. `bundle_contents.txt` is an independent
allowlist of what may remain.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""A file in PyInstaller's list: its name in the bundle, its source, and its type."""

_OPTIONAL_FOR_NETWORKX = "numpy scipy pandas matplotlib pydot sympy IPython pytest"
_BUILD_TOOLS = "PyInstaller cyclonedx pip pkg_resources setuptools distutils lib2to3 ensurepip venv"
_STDLIB = """
    asyncio curses doctest ftplib http.server imaplib pdb poplib pydoc readline smtplib socketserver sqlite3
    ssl telnetlib tkinter unittest xmlrpc _hashlib _ssl _uuid
"""  # other GUI toolkits, network, databases, tests; and modules with a slower pure Python fallback
_QT = """
    QtDBus QtDesigner QtHelp QtNetwork QtOpenGL QtOpenGLWidgets QtPrintSupport QtQml QtQuick QtSql QtTest
    QtUiTools QtXml
"""
_LXML = "cssselect html isoschematron objectify sax"
_LEGACY_CODECS = "cn hk iso2022 jp kr tw"  # desktops use UTF-8
EXCLUDED_MODULES = (
    *f"{_OPTIONAL_FOR_NETWORKX} {_BUILD_TOOLS} {_STDLIB}".split(),
    *(f"PySide6.{module}" for module in _QT.split()),
    *(f"lxml.{module}" for module in _LXML.split()),
    *(f"_codecs_{region}" for region in _LEGACY_CODECS.split()),
    "_multibytecodec",
)
"""Modules that are left out, with everything that only they import."""

INCLUDED_QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg"},  # Qt reads and writes PNG by itself
    # Dead keys and input methods.
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    # `offscreen` works without a display: command-line exports and tests.
    "platforms": {"qoffscreen", "qwayland", "qxcb", "qwindows", "qcocoa"},
    # The other theme depends on GTK.
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmacstyle", "qmodernwindowsstyle", "qwindowsvistastyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
}
"""The Qt plugins that are included, by folder."""

SYSTEM_LIBRARIES = re.compile(r"lib(stdc\+\+|gcc_s|expat|X11|X11-xcb|dbus-1|glib-2\.0|gthread-2\.0|zstd)\.so\.\d+")
"""Libraries that every desktop has, and whose copy would be harmful or large.

The graphics driver also uses all but the last four. A driver that is newer than the copy fails, and a copy from a
newer system needs a newer C library. The last four would add another 6 MB.
"""

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<folder>[^/]+)/(?:lib)?(?P<name>.+?)\.(?:so|dll|dylib)")
_LIBRARY = re.compile(r"lib.+\.so(?:\.\w+)*|.+\.dylib|.+\.dll")
_UNUSED_DATA = re.compile(
    r"PySide6/(?:Qt/)?(?:translations|qml|metatypes|resources)/|pptx/templates/.+\.emf|.*/(?:__pycache__/|\.DS_Store)"
)
_TESTS = re.compile(r"\.tests?(\.|$)")


def is_module_included(name: str) -> bool:
    """Return whether a module is included; test packages are not.

    >>> is_module_included("networkx.classes.graph"), is_module_included("networkx.classes.tests.test_graph")
    (True, False)
    """
    return not _TESTS.search(name)


def is_file_included(name: str) -> bool:
    """Return whether a file is included; `required_entries` later removes libraries that nothing needs.

    >>> is_file_included("PySide6/Qt/plugins/platforms/libqxcb.so")
    True
    >>> is_file_included("PySide6/Qt/plugins/platforms/libqvnc.so")
    False
    """
    name = PurePath(name).as_posix()
    plugin = _PLUGIN.match(name)
    if plugin:
        return plugin["name"] in INCLUDED_QT_PLUGINS.get(plugin["folder"], ())
    if ".dist-info/" in name:
        return name.endswith("/METADATA")  # contains the version
    return not (_UNUSED_DATA.match(name) or SYSTEM_LIBRARIES.fullmatch(PurePath(name).name))


def required_entries(
    entries: Iterable[Entry], needed_libraries: Callable[[str], Iterable[str]]
) -> tuple[list[Entry], set[str]]:
    """Return the entries without libraries that no other entry needs, and the needed libraries that are missing.

    `needed_libraries` returns the library names that a file links to, given its path on disk.
    """
    entries = list(entries)
    code = [entry for entry in entries if entry[2] in ("BINARY", "EXTENSION", "EXECUTABLE")]
    libraries = {library_name(name): source for name, source, _ in code if library_name(name)}
    pending = [source for name, source, _ in code if not library_name(name)]
    needed: set[str] = set()
    while pending:
        new = {os.path.normcase(PurePath(library).name) for library in needed_libraries(pending.pop())} - needed
        needed |= new
        pending += [libraries[name] for name in new if name in libraries]
    return [entry for entry in entries if library_name(entry[0]) in {"", *needed}], needed - libraries.keys()


def library_name(name: str) -> str:
    """Return the name by which others link to a file or its framework; "" if nothing links to it.

    >>> library_name("libz.so.1"), library_name("PySide6/Qt/lib/QtCore.framework/Resources/Info.plist")
    ('libz.so.1', 'QtCore')
    >>> library_name("PySide6/QtGui.abi3.so"), library_name("graphviz-pure"), library_name("libpython3.11.so.1.0")
    ('', '', '')
    """
    path = PurePath(name)
    framework = next((part.removesuffix(".framework") for part in path.parts if part.endswith(".framework")), "")
    link_name = framework or (path.name if _LIBRARY.fullmatch(path.name) else "")
    # Qt loads plugins by folder, and PyInstaller's bootloader loads the Python library.
    standalone = "plugins" in path.parts or link_name.lower().startswith(("libpython", "python"))
    return "" if standalone else os.path.normcase(link_name)
