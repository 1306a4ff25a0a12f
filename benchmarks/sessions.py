"""What keeping a session costs: per answer while one works, and at a start with a large one."""

from __future__ import annotations

import random
import tempfile
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.clock import in_turn, seconds
from benchmarks.pieces import space
from benchmarks.report import Report, Row, limited, measured, ms
from benchmarks.starting import start
from explorer.core.model.pack import Pack
from explorer.core.session.scenarios import Scenario, Scenarios
from explorer.core.session.session_state import SessionState
from explorer.core.session.share_code import decode_answers, encode_answers, parse_share_code
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import compile_pack
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
    """Small and large sessions, beside plain writes of the same bytes."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    pack = space().pack
    rounds = 200 if quick else 1000
    small, large = SessionState(), _large(pack)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = {
            told: _kept(pack, session, folder / told, rounds) for told, session in (("small", small), ("large", large))
        }
        path = folder / "large.berth"
        path.write_bytes(session_bytes(pack, large))
        bare = folder / "bare"
        times = in_turn(
            20,
            {
                "write": partial(session_bytes, pack, large),
                "read": partial(open_file, path, pack),
                "put": partial(bare.write_bytes, b"x" * 2_000),
            },
        )
        starts = [(start("berth").seconds, start("berth", str(path)).seconds) for _ in range(3 if quick else 7)]
    plain, loaded = (median(each) for each in zip(*starts, strict=True))
    answers = {question.id: question.answers[0].id for question in pack.questions}
    code = seconds(lambda: [encode_answers(pack, answers) for _ in range(20)]) / 20
    read = (
        seconds(lambda: [decode_answers(parse_share_code(encode_answers(pack, answers)), pack) for _ in range(20)]) / 20
    )
    most = max(kept["small"][1], kept["large"][1])
    return Report(
        (
            limited("keeping one answer, in the slot", kept["small"][0], SLOT_S),
            limited("  in a session of 1 MB", kept["large"][0], SLOT_S),
            Row("  99 of 100, the slower of both", ms(most), "no fsync in the slot"),
            measured("start with a session of 1 MB → usable", loaded, "without one", plain, 1.15),
            limited("reading a session of 1 MB", times["read"], 0.1),
            limited("writing one to bytes", times["write"], 0.1),
        ),
        (
            f"a bare write of 2 kB {ms(times['put'])}; a code of 16 answers made in {ms(code)}, "
            f"made and read in {ms(read)}",
        ),
    )


def _kept(pack: Pack, start_from: SessionState, folder: Path, rounds: int) -> tuple[float, float]:
    """The median, and what 99 of 100 stay below, from an answer to the end of all that keeps it."""
    window = QWidget()
    open_pack = OpenPack(LoadedPack(create_engine(compile_pack(pack))))
    session = SessionStore(start_from, open_pack)
    document = DocumentController(open_pack, session, Settings(folder), ParkedSessions(), Messages(), window)
    session.set_notes(session.workspace.notes + ".")
    chance = random.Random(4)
    times = []
    for _ in range(rounds):
        question = chance.choice(pack.questions)
        answer = chance.choice(question.answers)
        times.append(seconds(partial(session.answer, question.id, answer.id)))
    document.close()
    return median(times), quantiles(times, n=100)[-1]


def _large(pack: Pack) -> SessionState:
    """About as much as anybody could pin and write, and as much again that a newer version added."""
    chance = random.Random(5)
    pinned = [Scenario(f"No. {n}", {q.id: chance.choice(q.answers).id for q in pack.questions}) for n in range(200)]
    notes = "Why we chose it.\n" * (MAX_NOTES_LENGTH // 17)
    return SessionState(Workspace(notes=notes), Scenarios(tuple(pinned)), unknown_keys={"later": ["x" * 80] * 9_000})
