"""The log says what Berth did, and contains nothing private."""

import logging
import stat
import sys

import pytest

from explorer.diagnostics.log import start_log


@pytest.fixture(autouse=True)
def restore_logging():
    root = logging.getLogger("explorer")
    level, handlers = root.level, list(root.handlers)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def start(folder):
    path = start_log(folder)
    assert path is not None
    return path


def test_a_message_has_its_time(tmp_path):
    path = start(tmp_path)
    logging.getLogger("explorer.somewhere").debug("laid out in %d ms", 12)

    assert path == tmp_path / "berth.log"
    assert "ms  DEBUG    explorer.somewhere: laid out in 12 ms\n" in path.read_text(encoding="utf-8")


def test_paths_and_quoted_text_are_removed(tmp_path):
    path = start(tmp_path)
    log = logging.getLogger("explorer.somewhere")
    log.info("opened %s", "/home/jo/secret/plan.berth")
    typed = "Jo's notes"
    try:
        raise ValueError(f"“{typed}” are odd")
    except ValueError:
        log.exception("It failed.")

    text = path.read_text(encoding="utf-8")
    assert "Jo" not in text
    assert "/jo" not in text
    assert "opened …" in text
    assert "ValueError: … are odd" in text
    assert "test_log.py" in text


def test_without_a_writable_folder_the_log_is_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.diagnostics.log.tempfile.gettempdir", lambda: str(tmp_path))
    assert start_log(tmp_path / "missing") == tmp_path / "berth.log"


def test_without_any_writable_folder_there_is_no_log(tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.diagnostics.log.tempfile.gettempdir", lambda: str(tmp_path / "missing"))
    assert start_log(tmp_path / "missing too") is None


def test_a_new_log_replaces_the_one_in_the_folder(tmp_path):
    (tmp_path / "berth.log").write_text("old")
    assert start(tmp_path) == tmp_path / "berth.log"
    assert "old" not in (tmp_path / "berth.log").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_the_log_is_private_and_not_written_through_a_symbolic_link(tmp_path):
    target = tmp_path / "target"
    target.write_text("unchanged")
    (tmp_path / "berth.log").symlink_to(target)

    path = start(tmp_path)

    assert path == tmp_path / "berth-2.log"
    assert target.read_text() == "unchanged"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_an_existing_file_in_the_temporary_folder_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.diagnostics.log.tempfile.gettempdir", lambda: str(tmp_path))
    (tmp_path / "berth.log").write_text("of another user")
    assert start(tmp_path / "missing") == tmp_path / "berth-2.log"
    assert (tmp_path / "berth.log").read_text() == "of another user"
