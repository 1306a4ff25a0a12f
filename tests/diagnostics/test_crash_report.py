"""A report says where a fault happened, and nothing about the person it happened to."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.diagnostics.crash_report import build_crash_report, build_native_crash_report, redact

WHEN = "2026-11-23T12:00:00+00:00"


def met(act):
    try:
        act()
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


def test_a_report_says_what_where_when_with_which_versions_and_after_what():
    report = met(wrapped).text

    assert "RuntimeError: cannot go on with …" in report
    assert "test_fault.py:" in report
    assert "in wrapped" in report
    assert f"When: {WHEN}" in report
    assert "Berth: 1.0" in report
    assert "0.1 s before: answer" in report


def test_what_led_to_it_comes_first():
    report = met(wrapped).text
    assert report.index("KeyError") < report.index("RuntimeError")


def test_the_same_fault_is_recognised():
    assert met(broken).signature == met(broken).signature
    assert met(broken).signature != met(wrapped).signature


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[Errno 13] Permission denied: '/home/jo/plan.berth'", "[Errno 13] Permission denied: …"),
        ("no such file: /Users/jo/Desktop/x.png", "no such file: …"),
        (r"cannot open C:\Users\jo\plan.berth now", "cannot open … now"),
        ("“Jo’s plan” is not known", "… is not known"),
        ("list index out of range", "list index out of range"),
        ("1/2 of it", "1/2 of it"),
    ],
)
def test_what_is_quoted_and_places_on_the_disk_are_left_out(said, told):
    assert redact(said) == told


names = st.text(string.ascii_letters, min_size=4, max_size=12).map(lambda name: f"Zq{name}")


@given(names, st.sampled_from(["/home/{}/plans/a.berth", "C:\\Users\\{}\\a.berth", "'{}'", "“{}”", '"{}"']))
def test_no_name_comes_through(name, where):
    def act():
        raise ValueError(f"it failed at {where.format(name)}")

    assert name not in met(act).text


DUMP = """Fatal Python error: Segmentation fault

Current thread 0x00007f (most recent call first):
  File "/home/jo/tools/berth/explorer/ui/diagram/canvas.py", line 12 in paint
  File "/home/jo/tools/berth/main.py", line 20 in <module>
"""


def test_the_last_words_of_a_process_are_reported_without_the_persons_places():
    told = build_native_crash_report(DUMP, {"Berth": "1.0"}, WHEN)

    assert told.signature == "Fatal Python error: Segmentation fault (the process ended)"
    assert "explorer/ui/diagram/canvas.py:12 in paint" in told.text
    assert "main.py:20 in <module>" in told.text
    assert "jo" not in told.text
