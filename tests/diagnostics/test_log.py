"""The log says what Berth did, and nothing about the person."""

import logging

import pytest

from explorer.diagnostics.log import start_log


@pytest.fixture(autouse=True)
def as_before():
    root = logging.getLogger("explorer")
    level, handlers = root.level, list(root.handlers)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def log_in(folder):
    path = start_log(folder)
    assert path is not None
    return path


def test_what_is_logged_is_written_with_its_time(tmp_path):
    path = log_in(tmp_path)
    logging.getLogger("explorer.somewhere").debug("laid out in %d ms", 12)

    assert path == tmp_path / "berth.log"
    assert "ms  DEBUG    explorer.somewhere: laid out in 12 ms\n" in path.read_text(encoding="utf-8")


def test_places_quotes_and_the_words_of_errors_stay_out(tmp_path):
    path = log_in(tmp_path)
    log = logging.getLogger("explorer.somewhere")
    log.info("opened %s", "/home/jo/secret/plan.berth")
    typed = "Jo's notes"
    try:
        raise ValueError(f"“{typed}” are odd")
    except ValueError:
        log.exception("It failed.")

    written = path.read_text(encoding="utf-8")
    assert "Jo" not in written
    assert "/jo" not in written
    assert "opened …" in written
    assert "ValueError: … are odd" in written
    assert "test_log.py" in written


def test_where_the_folder_cannot_be_written_it_goes_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.diagnostics.log.tempfile.gettempdir", lambda: str(tmp_path))
    assert start_log(tmp_path / "missing") == tmp_path / "berth.log"


def test_without_any_place_there_is_no_log(tmp_path, monkeypatch):
    monkeypatch.setattr("explorer.diagnostics.log.tempfile.gettempdir", lambda: str(tmp_path / "missing"))
    assert start_log(tmp_path / "missing too") is None
