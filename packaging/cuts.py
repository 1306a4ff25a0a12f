"""What Berth does not need of that which PyInstaller would pack.

Names of files are as they stand in the bundle, with forward slashes on every system. `contents.txt` says
independently of this what may remain.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""One file as PyInstaller lists it: its name in the bundle, where it comes from, and its kind."""

_NETWORKX_WOULD_USE = "numpy scipy pandas matplotlib pydot sympy IPython pytest"
_BUILDS = "PyInstaller cyclonedx pip pkg_resources setuptools distutils lib2to3 ensurepip venv"
_OF_PYTHON = """
    asyncio curses doctest ftplib http.server imaplib pdb poplib pydoc readline smtplib socketserver sqlite3
    ssl telnetlib tkinter unittest xmlrpc _hashlib _ssl _uuid
"""  # other windows, the network, databases, tests; and what Python does without, by slower means
_OF_QT = """
    QtDBus QtDesigner QtHelp QtNetwork QtOpenGL QtOpenGLWidgets QtPrintSupport QtQml QtQuick QtSql QtTest
    QtUiTools QtXml
"""
_OF_LXML = "cssselect html isoschematron objectify sax"
_OLD_CHARACTER_SETS = "cn hk iso2022 jp kr tw"  # no desktop has used one in this century
MODULES = (
    *f"{_NETWORKX_WOULD_USE} {_BUILDS} {_OF_PYTHON}".split(),
    *(f"PySide6.{module}" for module in _OF_QT.split()),
    *(f"lxml.{module}" for module in _OF_LXML.split()),
    *(f"_codecs_{region}" for region in _OLD_CHARACTER_SETS.split()),
    "_multibytecodec",
)
"""Modules that stay out, with all that only they would bring."""

PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg"},  # Qt reads and writes PNG by itself
    # Dead keys and input methods.
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    # `offscreen` draws where no display is: the exports of the command line, and every proof.
    "platforms": {"qoffscreen", "qwayland", "qxcb", "qwindows", "qcocoa"},
    # The other theme brings in the whole of GTK.
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmacstyle", "qmodernwindowsstyle", "qwindowsvistastyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
}
"""The plug-ins of Qt that are kept, by their folder."""

THE_SYSTEMS = re.compile(r"lib(stdc\+\+|gcc_s|expat|X11|X11-xcb|dbus-1|glib-2\.0|gthread-2\.0|zstd)\.so\.\d+")
"""Libraries that every desktop has, and of which a copy would do harm or weigh much.

The graphics driver uses those before the last four too: one newer than our copy would fail on it, and a copy
made on a newer system asks for a newer C library. The last four would bring another 6 MB along.
"""

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<folder>[^/]+)/(?:lib)?(?P<name>.+?)\.(?:so|dll|dylib)")
_LIBRARY = re.compile(r"lib.+\.so(?:\.\w+)*|.+\.dylib|.+\.dll")
_UNUSED_DATA = re.compile(
    r"PySide6/(?:Qt/)?(?:translations|qml|metatypes|resources)/|pptx/templates/.+\.emf|.*/(?:__pycache__/|\.DS_Store)"
)
_TESTS = re.compile(r"\.tests?(\.|$)")


def keeps_module(name: str) -> bool:
    """Whether a module is used; the tests that packages ship are not.

    >>> keeps_module("networkx.classes.graph"), keeps_module("networkx.classes.tests.test_graph")
    (True, False)
    """
    return not _TESTS.search(name)


def keeps(name: str) -> bool:
    """Whether a file is of use for itself; libraries go later if nothing that is kept needs them.

    >>> keeps("PySide6/Qt/plugins/platforms/libqxcb.so"), keeps("PySide6/Qt/plugins/platforms/libqvnc.so")
    (True, False)
    """
    name = PurePath(name).as_posix()
    plugin = _PLUGIN.match(name)
    if plugin:
        return plugin["name"] in PLUGINS.get(plugin["folder"], ())
    if ".dist-info/" in name:
        return name.endswith("/METADATA")  # which is where the version stands
    return not (_UNUSED_DATA.match(name) or THE_SYSTEMS.fullmatch(PurePath(name).name))


def reachable(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> tuple[list[Entry], set[str]]:
    """The entries less the libraries that no other of them needs, and the needed ones not among them.

    `needs` gives the names of the libraries that a file asks for, by its place on disk.
    """
    entries = list(entries)
    code = [entry for entry in entries if entry[2] in ("BINARY", "EXTENSION", "EXECUTABLE")]
    libraries = {library_of(name): source for name, source, _ in code if library_of(name)}
    asked = [source for name, source, _ in code if not library_of(name)]
    needed: set[str] = set()
    while asked:
        new = {os.path.normcase(PurePath(library).name) for library in needs(asked.pop())} - needed
        needed |= new
        asked += [libraries[name] for name in new if name in libraries]
    return [entry for entry in entries if library_of(entry[0]) in {"", *needed}], needed - libraries.keys()


def library_of(name: str) -> str:
    """The library that a file is, or belongs to, by the name others ask for; "" for what is there for itself.

    >>> library_of("libz.so.1"), library_of("PySide6/Qt/lib/QtCore.framework/Resources/Info.plist")
    ('libz.so.1', 'QtCore')
    >>> library_of("PySide6/QtGui.abi3.so"), library_of("graphviz-pure"), library_of("libpython3.11.so.1.0")
    ('', '', '')
    """
    path = PurePath(name)
    framework = next((part.removesuffix(".framework") for part in path.parts if part.endswith(".framework")), "")
    asked_for_by = framework or (path.name if _LIBRARY.fullmatch(path.name) else "")
    # Qt loads its plug-ins by their folder, and PyInstaller's own start the library of Python.
    alone = "plugins" in path.parts or asked_for_by.lower().startswith(("libpython", "python"))
    return "" if alone else os.path.normcase(asked_for_by)
