"""One engine, shared by the window and its workers, gives every thread the results of a single thread."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.core.session.workspace import Workspace
from explorer.core.solver import constraints
from explorer.core.solver.constraints import compile_pack
from explorer.engine import pack_engine
from explorer.export.request.engine import create_engine
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.graphviz.process import InstalledGraphviz
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.search.answer_sets import random_answer_sets


@pytest.fixture
def make_engine(qapp, monkeypatch):
    """Engines whose caches are so small that threads replace each other's entries all the time."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads change places within an operation
    monkeypatch.setattr(constraints, "_MAX_NODES_KEPT", 500)
    monkeypatch.setattr(constraints, "_MAX_SOLUTIONS_KEPT", 20)
    monkeypatch.setattr(pack_engine, "_MAX_CACHED_OUTCOMES", 2)
    pack = load_pack(default_pack_folder())
    layouts = LayoutCache(QtTextMetrics(), InstalledGraphviz(), capacity=2)
    yield lambda: create_engine(compile_pack(pack), layouts)
    sys.setswitchinterval(interval)


@pytest.mark.graphviz
def test_threads_that_share_an_engine_get_what_one_thread_gets(make_engine):
    serial, shared = make_engine(), make_engine()
    workspaces = [Workspace(answers=answers) for answers in random_answer_sets(serial.pack, 10)]

    def results(engine, workspace):
        return (
            engine.outcome(workspace.answers),
            engine.explanation(workspace),
            engine.matrix(workspace.answers),
            engine.walk(workspace).outcome_counts,
            engine.picture(workspace, "light"),
        )

    expected = [results(serial, workspace) for workspace in workspaces]
    with ThreadPoolExecutor(6) as threads:
        jobs = [threads.submit(results, shared, workspace) for _ in range(2) for workspace in workspaces]
        assert [job.result() for job in jobs] == expected * 2
