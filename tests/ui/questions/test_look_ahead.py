"""Look-ahead: the tables of the open pack are compiled once, outside the window's thread."""

from dataclasses import replace
from threading import Event

from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.lazy_tables import LazyTables
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.export.request.engine import create_engine
from explorer.ui.questions.look_ahead import LookAhead
from tests.ui.toy import hike_pack


def _open_pack(budget=None):
    compiled = compile_pack(hike_pack())
    if budget is not None:
        compiled = replace(compiled, lazy_tables=LazyTables(compiled.pack, compiled.lazy_tables.rules, budget=budget))
    return OpenPack(LoadedPack(create_engine(compiled)))


def test_irrelevant_questions_are_known_once_the_tables_are_ready(qtbot):
    open_pack = _open_pack()
    look_ahead = LookAhead(open_pack)
    assert not open_pack.engine.can_look_ahead
    with qtbot.waitSignal(look_ahead.ready):
        look_ahead.request()
    assert open_pack.engine.can_look_ahead
    look_ahead.close()


def test_rules_that_are_too_entangled_are_reported_once(qtbot):
    look_ahead = LookAhead(_open_pack(budget=1))
    with qtbot.waitSignal(look_ahead.unavailable) as reported:
        look_ahead.request()
    assert "Most connected parts" in reported.args[0]
    with qtbot.assertNotEmitted(look_ahead.unavailable, wait=500):
        look_ahead.request()
    look_ahead.close()


def test_ready_tables_are_not_compiled_again(qtbot):
    open_pack = _open_pack()
    open_pack.engine.prepare_look_ahead()
    look_ahead = LookAhead(open_pack)
    with qtbot.assertNotEmitted(look_ahead.ready, wait=500):
        look_ahead.request()
    look_ahead.close()


def test_closing_the_window_cancels_the_compilation(qtbot, monkeypatch):
    open_pack = _open_pack()
    compiling, results = Event(), []

    def compile_slowly(progress):
        compiling.set()
        try:
            for created_nodes in range(10**9):
                progress(created_nodes)
        except Exception as error:
            results.append(error)
            raise

    monkeypatch.setattr(open_pack.engine, "prepare_look_ahead", compile_slowly)
    look_ahead = LookAhead(open_pack)
    look_ahead.request()
    qtbot.waitUntil(compiling.is_set)
    look_ahead.close()
    assert len(results) == 1


def test_a_compilation_for_the_previous_pack_is_canceled_without_a_message(qtbot, monkeypatch):
    open_pack = _open_pack()
    compiling, ended = Event(), Event()

    def compile_slowly(progress):
        compiling.set()
        try:
            while True:
                progress(1)
        finally:
            ended.set()

    monkeypatch.setattr(open_pack.engine, "prepare_look_ahead", compile_slowly)
    look_ahead = LookAhead(open_pack)
    with qtbot.assertNotEmitted(look_ahead.unavailable, wait=100), qtbot.assertNotEmitted(look_ahead.ready, wait=100):
        look_ahead.request()
        qtbot.waitUntil(compiling.is_set)
        open_pack.loaded = _open_pack().loaded
        qtbot.waitUntil(ended.is_set)
    look_ahead.close()
