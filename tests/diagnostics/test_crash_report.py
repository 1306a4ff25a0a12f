"""A crash report says where an error happened, and contains nothing private."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.diagnostics.crash_report import build_crash_report, build_native_crash_report, redact

WHEN = "2026-11-23T12:00:00+00:00"


def report_of(action):
    try:
        action()
    except Exception as error:
        return build_crash_report(error, {"Berth": "1.0"}, ("  0.1 s before: answer",), WHEN)
    raise AssertionError


def broken():
    raise KeyError("the notes of Jo")


def wrapped():
    try:
        broken()
    except KeyError as error:
        raise RuntimeError("cannot go on with “/home/jo/plan.berth”") from error


def test_a_report_has_error_location_time_versions_and_actions():
    report = report_of(wrapped).text

    assert "RuntimeError: cannot go on with …" in report
    assert "test_crash_report.py:" in report
    assert "in wrapped" in report
    assert f"When: {WHEN}" in report
    assert "Berth: 1.0" in report
    assert "0.1 s before: answer" in report


def test_a_report_has_its_heading_once():
    assert report_of(broken).text.count("Last actions") == 1


def test_the_cause_comes_first():
    report = report_of(wrapped).text
    assert report.index("KeyError") < report.index("RuntimeError")


def test_the_same_error_has_the_same_signature():
    assert report_of(broken).signature == report_of(broken).signature
    assert report_of(broken).signature != report_of(wrapped).signature


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("[Errno 13] Permission denied: '/home/jo/plan.berth'", "[Errno 13] Permission denied: …"),
        ("no such file: /Users/jo/Desktop/x.png", "no such file: …"),
        (r"cannot open C:\Users\jo\plan.berth now", "cannot open … now"),
        ("“Jo’s plan” is not known", "… is not known"),
        ("list index out of range", "list index out of range"),
        ("1/2 of it", "1/2 of it"),
    ],
)
def test_quoted_text_and_paths_are_removed(text, redacted):
    assert redact(text) == redacted


names = st.text(string.ascii_letters, min_size=4, max_size=12).map(lambda name: f"Zq{name}")


@given(names, st.sampled_from(["/home/{}/plans/a.berth", "C:\\Users\\{}\\a.berth", "'{}'", "“{}”", '"{}"']))
def test_a_report_contains_no_quoted_name_and_no_path(name, where):
    def fail():
        raise ValueError(f"it failed at {where.format(name)}")

    assert name not in report_of(fail).text


DUMP = """Fatal Python error: Segmentation fault

Current thread 0x00007f (most recent call first):
  File "/home/jo/tools/berth/explorer/ui/diagram/canvas.py", line 12 in paint
  File "/home/jo/tools/berth/main.py", line 20 in <module>
"""


def test_the_trace_of_a_crashed_process_is_reported_without_private_paths():
    report = build_native_crash_report(DUMP, {"Berth": "1.0"}, WHEN)

    assert report.signature == "Fatal Python error: Segmentation fault (the process ended)"
    assert "explorer/ui/diagram/canvas.py:12 in paint" in report.text
    assert "main.py:20 in <module>" in report.text
    assert "jo" not in report.text
