"""Loads the pack, the session and the answers that the options name."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace

from explorer.cli.output import as_sentence, print_message
from explorer.core.errors import ExplorerError, did_you_mean
from explorer.core.model.pack import AnswerId, Pack, QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import CompiledPack
from explorer.storage.packs.compiled_cache import compile_with_cache
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions.opening import open_with_pack, pack_folder_for, parse_source


def load_inputs(options: argparse.Namespace) -> tuple[CompiledPack, SessionState]:
    """Return the compiled pack, and the session with the given answers added; ExplorerError if one is not usable."""
    source = parse_source(options.session, options.pack) if options.session else None
    pack = load_pack(pack_folder_for(options.pack, source))
    return compile_with_cache(pack), _load_session(options, pack)


def _load_session(options: argparse.Namespace, pack: Pack) -> SessionState:
    answers = _parse_answers(options.answer, pack)
    if options.session is None:
        return SessionState(Workspace(answers=answers))
    opened = open_with_pack(parse_source(options.session, options.pack), pack)
    if opened.warnings:
        print_message(f"Some of the session “{options.session}” could not be used: {'; '.join(opened.warnings)}")
    workspace = replace(opened.session.workspace, answers={**opened.session.answers, **answers})
    return replace(opened.session, workspace=workspace)


def _parse_answers(pairs: Iterable[tuple[str, str]], pack: Pack) -> dict[QuestionId, AnswerId]:
    answers: dict[QuestionId, AnswerId] = {}
    for name, value in pairs:
        question = pack.question_by_id.get(QuestionId(name))
        if question is None:
            hint = as_sentence(did_you_mean(name, pack.question_by_id))
            raise ExplorerError(f"The pack {pack.id} has no question “{name}”. {hint}")
        known = {str(answer.id): answer.id for answer in question.answers}
        if value not in known:
            raise ExplorerError(f"“{value}” is not an answer to “{name}”. {as_sentence(did_you_mean(value, known))}")
        if answers.setdefault(question.id, known[value]) != value:
            raise ExplorerError(f"“{name}” has two answers, “{answers[question.id]}” and “{value}”. Give one.")
    return answers
