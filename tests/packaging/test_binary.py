"""What goes into the binary is decided by rules that anyone can read, and held by a list."""

import hashlib
import os
import tarfile

import contents
import cuts
import distributions
import handout
import identity
import linux_desktop
import notices
import pytest

from explorer import __version__

ALLOWED = contents.patterns(contents.LIST.read_text("utf-8"))


@pytest.mark.parametrize(
    "name",
    [
        "_internal/PySide6/Qt/plugins/platforms/libqvnc.so",
        "_internal/PySide6/Qt/lib/libQt6Network.so.6",
        "_internal/PySide6/Qt/translations/qtbase_de.qm",
        "_internal/numpy/core/multiarray.so",
        "_internal/libssl.so.3",
        "notes.txt",
        "python:numpy",
    ],
)
def test_what_nobody_has_allowed_is_named(name):
    assert contents.unexpected(["berth", name], ALLOWED) == [name]


def test_all_that_a_pack_or_a_theme_needs_is_asked_for():
    lost = contents.absent([])
    assert "_internal/data/packs/aws-containers/rules.toml" in lost
    assert "_internal/resources/fonts/LiberationSans-Bold.ttf" in lost
    assert contents.absent(lost) == []
    assert contents.unexpected(lost, ALLOWED) == []


def test_a_library_goes_with_the_last_that_needed_it():
    needs = {
        "/qxcb": ["libQt6Gui.so.6", "libGL.so.1"],
        "/gui": ["libz.so.1"],
        "/net": ["libssl.so.3"],
        "/z": [],
        "/ssl": [],
    }
    entries = [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/qxcb", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/gui", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libz.so.1", "/z", "BINARY"),
        ("PySide6/Qt/lib/libQt6Network.so.6", "/net", "BINARY"),
        ("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6", "SYMLINK"),
        ("libssl.so.3", "/ssl", "BINARY"),
        ("data/pack.toml", "/pack.toml", "DATA"),
    ]
    kept, absent = cuts.reachable(entries, needs.__getitem__)
    assert kept == [*entries[:4], entries[-1]]
    assert absent == {"libGL.so.1"}


def test_a_framework_goes_as_a_whole():
    entries = [
        ("PySide6/QtGui.abi3.so", "/gui", "EXTENSION"),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", "/QtGui", "BINARY"),
        ("PySide6/Qt/lib/QtSql.framework/Versions/A/QtSql", "/QtSql", "BINARY"),
        ("PySide6/Qt/lib/QtSql.framework/Resources/Info.plist", "/plist", "DATA"),
        ("Python.framework/Versions/3.11/Python", "/Python", "BINARY"),
    ]
    needs = {"/gui": ["@rpath/QtGui.framework/Versions/A/QtGui"], "/QtGui": [], "/Python": []}
    kept, _ = cuts.reachable(entries, needs.__getitem__)
    assert kept == [entries[0], entries[1], entries[4]]


@pytest.fixture
def product(tmp_path):
    folder = tmp_path / "berth-1"
    (folder / "_internal").mkdir(parents=True)
    (folder / "berth").write_text("program")
    (folder / "berth").chmod(0o755)
    (folder / "_internal" / "libz.so.1").write_text("library")
    (folder / "libz.so").symlink_to("_internal/libz.so.1")
    return folder


@pytest.mark.skipif(handout.ZIP_IS_USUAL, reason="there it is a zip, which knows no links")
def test_the_same_files_make_the_same_archive_whenever_and_by_whomever(product):
    first = handout.archive(product, 1_700_000_000).read_bytes()
    for path in product.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    (product / "_internal" / "libz.so.1").chmod(0o600)
    assert handout.archive(product, 1_700_000_000).read_bytes() == first


@pytest.mark.skipif(handout.ZIP_IS_USUAL, reason="there it is a zip, which knows no links")
def test_a_link_stays_a_link_and_a_program_a_program(product):
    with tarfile.open(handout.archive(product, 0)) as archive:
        assert archive.getmember("berth-1/libz.so").linkname == "_internal/libz.so.1"
        assert archive.getmember("berth-1/berth").mode == 0o755


def test_a_checksum_is_one_that_others_can_check(tmp_path):
    file = tmp_path / "berth.tar.xz"
    file.write_bytes(b"all of it")
    assert handout.checksum(file).read_text() == f"{hashlib.sha256(b'all of it').hexdigest()}  berth.tar.xz\n"


def test_every_package_that_comes_along_says_its_licence():
    told = {found.name: notices.licence(found) for found in distributions.carried()}
    assert "LGPL" in told["PySide6_Essentials"]
    assert "EPL-2.0" in told["graphviz-pure"]
    assert all(told.values())


def test_the_desktop_is_told_the_version_of_the_program(tmp_path):
    linux_desktop.write(tmp_path, 1_795_392_000)
    told = (tmp_path / "metainfo" / f"{identity.ID}.metainfo.xml").read_text("utf-8")
    entry = (tmp_path / "applications" / f"{identity.ID}.desktop").read_text("utf-8")
    assert f'<release version="{__version__}" date="2026-11-23"/>' in told
    assert f"Icon={identity.ID}" in entry
    assert "@" not in told + entry
    assert (tmp_path / "icons/hicolor/scalable/apps" / f"{identity.ID}.svg").read_bytes()[:4] == b"<svg"
