"""Cost of sessions: autosave of one answer, and start-up with a large session."""

from __future__ import annotations

import random
import tempfile
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.fixtures import compiled_pack
from benchmarks.results import Report, Row, compared, format_ms, with_limit
from benchmarks.startup import start_window
from benchmarks.timing import interleaved_medians, time_once
from explorer.core.model.pack import Pack
from explorer.core.session.scenarios import Scenario, Scenarios
from explorer.core.session.session_state import SessionState
from explorer.core.session.share_code import decode_answers, encode_answers, parse_share_code
from explorer.core.session.workspace import Workspace
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.export.request.engine import create_engine
from explorer.storage.sessions.opening import open_file
from explorer.storage.sessions.session_file import MAX_NOTES_LENGTH, session_bytes
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.settings import Settings

SLOT_S = 0.001


def run(quick: bool) -> Report:
    """Measure small and large sessions, beside plain writes of the same bytes."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    pack = compiled_pack().pack
    rounds = 200 if quick else 1000
    sessions = {"small": SessionState(), "large": _large_session(pack)}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        autosave = {name: _autosave_times(session, folder / name, rounds) for name, session in sessions.items()}
        path = folder / "large.berth"
        path.write_bytes(session_bytes(pack, sessions["large"]))
        plain_file = folder / "plain"
        times = interleaved_medians(
            20,
            {
                "write": partial(session_bytes, pack, sessions["large"]),
                "read": partial(open_file, path, pack),
                "plain write": partial(plain_file.write_bytes, b"x" * 2_000),
            },
        )
        starts = [
            (start_window("berth").seconds, start_window("berth", str(path)).seconds) for _ in range(3 if quick else 7)
        ]
    empty_start, loaded_start = (median(each) for each in zip(*starts, strict=True))
    answers = {question.id: question.answers[0].id for question in pack.questions}
    code = encode_answers(pack, answers)
    encoding = time_once(lambda: [encode_answers(pack, answers) for _ in range(20)]) / 20
    decoding = time_once(lambda: [decode_answers(parse_share_code(code), pack) for _ in range(20)]) / 20
    percentile_99 = max(autosave["small"][1], autosave["large"][1])
    return Report(
        (
            with_limit("autosave of one answer, in the UI thread", autosave["small"][0], SLOT_S),
            with_limit("  in a session of 1 MB", autosave["large"][0], SLOT_S),
            Row("  99th percentile, the slower of both", format_ms(percentile_99), "no fsync in the UI thread"),
            compared("start with a session of 1 MB → usable", loaded_start, "without a session", empty_start, 1.15),
            with_limit("read a session of 1 MB", times["read"], 0.1),
            with_limit("serialize a session of 1 MB", times["write"], 0.1),
        ),
        (
            f"a plain write of 2 kB takes {format_ms(times['plain write'])}; a share code of 16 answers: "
            f"encode {format_ms(encoding)}, decode {format_ms(decoding)}",
        ),
    )


def _autosave_times(start_from: SessionState, folder: Path, rounds: int) -> tuple[float, float]:
    """Return the median and 99th percentile from an answer until it is autosaved, in seconds."""
    window = QWidget()
    pack = compiled_pack().pack
    open_pack = OpenPack(LoadedPack(create_engine(compiled_pack())))
    session = SessionStore(start_from, open_pack)
    document = DocumentController(open_pack, session, Settings(folder), ParkedSessions(), Messages(), window)
    session.set_notes(session.workspace.notes + ".")
    rng = random.Random(4)
    times = []
    for _ in range(rounds):
        question = rng.choice(pack.questions)
        answer = rng.choice(question.answers)
        times.append(time_once(partial(session.answer, question.id, answer.id)))
    document.close()
    return median(times), quantiles(times, n=100)[-1]


def _large_session(pack: Pack) -> SessionState:
    """Return a session with 200 scenarios, the longest notes, and 720 kB of unknown keys."""
    rng = random.Random(5)
    pinned = [Scenario(f"No. {n}", {q.id: rng.choice(q.answers).id for q in pack.questions}) for n in range(200)]
    notes = "Why we chose it.\n" * (MAX_NOTES_LENGTH // 17)
    return SessionState(Workspace(notes=notes), Scenarios(tuple(pinned)), unknown_keys={"later": ["x" * 80] * 9_000})
