"""Contents of the binary: exclusions, allowlist, archive, licenses and desktop files."""

import hashlib
import os
import re
import tarfile
from pathlib import Path

import app_metadata
import archive
import bundle_contents
import bundled_packages
import exclusions
import linux_desktop
import pytest
import third_party_notices

from explorer import __version__

HERE = Path(bundle_contents.__file__).parent
ALLOWED = bundle_contents.parse_patterns(bundle_contents.ALLOWLIST.read_text("utf-8"))


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
def test_a_file_outside_the_allowlist_is_reported(name):
    assert bundle_contents.unexpected_names(["berth", name], ALLOWED) == [name]


def test_every_file_of_packs_and_resources_is_required_and_allowed():
    missing = bundle_contents.missing_files([])
    assert "_internal/data/packs/aws-containers/rules.toml" in missing
    assert "_internal/resources/fonts/LiberationSans-Bold.ttf" in missing
    assert bundle_contents.missing_files(missing) == []
    assert bundle_contents.unexpected_names(missing, ALLOWED) == []


def test_every_script_that_the_build_starts_exists():
    scripts = re.findall(r'HERE / "(\w+\.(?:py|spec))"', (HERE / "build_binary.py").read_text("utf-8"))
    assert len(scripts) == 2
    assert [name for name in scripts if not (HERE / name).is_file()] == []


def test_a_library_that_nothing_needs_is_left_out():
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
    kept, absent = exclusions.required_entries(entries, needs.__getitem__)
    assert kept == [*entries[:4], entries[-1]]
    assert absent == {"libGL.so.1"}


def test_a_framework_is_included_or_left_out_as_a_whole():
    entries = [
        ("PySide6/QtGui.abi3.so", "/gui", "EXTENSION"),
        ("PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", "/QtGui", "BINARY"),
        ("PySide6/Qt/lib/QtSql.framework/Versions/A/QtSql", "/QtSql", "BINARY"),
        ("PySide6/Qt/lib/QtSql.framework/Resources/Info.plist", "/plist", "DATA"),
        ("Python.framework/Versions/3.11/Python", "/Python", "BINARY"),
    ]
    needs = {"/gui": ["@rpath/QtGui.framework/Versions/A/QtGui"], "/QtGui": [], "/Python": []}
    kept, _ = exclusions.required_entries(entries, needs.__getitem__)
    assert kept == [entries[0], entries[1], entries[4]]


@pytest.fixture
def release_folder(tmp_path):
    folder = tmp_path / "berth-1"
    (folder / "_internal").mkdir(parents=True)
    (folder / "berth").write_text("program")
    (folder / "berth").chmod(0o755)
    (folder / "_internal" / "libz.so.1").write_text("library")
    (folder / "libz.so").symlink_to("_internal/libz.so.1")
    return folder


@pytest.mark.skipif(archive.USES_ZIP, reason="a zip archive has no links")
def test_the_archive_does_not_depend_on_times_and_owners(release_folder):
    first = archive.create_archive(release_folder, 1_700_000_000).read_bytes()
    for path in release_folder.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    (release_folder / "_internal" / "libz.so.1").chmod(0o600)
    assert archive.create_archive(release_folder, 1_700_000_000).read_bytes() == first


@pytest.mark.skipif(archive.USES_ZIP, reason="a zip archive has no links")
def test_the_archive_keeps_links_and_executable_bits(release_folder):
    with tarfile.open(archive.create_archive(release_folder, 0)) as tar:
        assert tar.getmember("berth-1/libz.so").linkname == "_internal/libz.so.1"
        assert tar.getmember("berth-1/berth").mode == 0o755


def test_the_checksum_file_has_the_format_of_sha256sum(tmp_path):
    file = tmp_path / "berth.tar.xz"
    file.write_bytes(b"all of it")
    assert archive.write_checksum(file).read_text() == f"{hashlib.sha256(b'all of it').hexdigest()}  berth.tar.xz\n"


def test_every_bundled_package_has_a_license():
    licenses = {found.name: third_party_notices.license_of(found) for found in bundled_packages.bundled_distributions()}
    assert "LGPL" in licenses["PySide6_Essentials"]
    assert "EPL-2.0" in licenses["graphviz-pure"]
    assert all(licenses.values())


def test_the_desktop_files_contain_version_and_id(tmp_path):
    linux_desktop.write_desktop_files(tmp_path, 1_795_392_000)
    metainfo = (tmp_path / "metainfo" / f"{app_metadata.APP_ID}.metainfo.xml").read_text("utf-8")
    entry = (tmp_path / "applications" / f"{app_metadata.APP_ID}.desktop").read_text("utf-8")
    assert f'<release version="{__version__}" date="2026-11-23"/>' in metainfo
    assert f"Icon={app_metadata.APP_ID}" in entry
    assert "@" not in metainfo + entry
    assert (tmp_path / "icons/hicolor/scalable/apps" / f"{app_metadata.APP_ID}.svg").read_bytes()[:4] == b"<svg"
