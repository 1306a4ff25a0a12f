"""Sample requests: answers to the shipped pack, and small architectures without a pack."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from explorer.core.model.architecture import Architecture
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.engine.pack_engine import PackEngine
from explorer.export.formats import export_bytes, formats_of
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import ArchitectureSubject, Options, Request
from explorer.layout.page import PageShape
from explorer.render.architecture import compose
from explorer.render.theme import parse_theme
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder, theme_values
from tests.export.sketches import session_with

SAMPLE_ANSWERS = (
    "",
    "gpu=yes operations=least",
    "kubernetes=required cost=lowest interruptible=yes",
    "location=hybrid",
    "location=disconnected",
    "location=edge load_balancer=yes",
    "isolation=yes location=on_premises",
)
"""Answers whose architectures together have every kind of element; the last ones conflict."""


@cache
def compiled_shipped_pack() -> CompiledPack:
    """Return the shipped pack, compiled."""
    return compile_pack(load_pack(default_pack_folder()))


@cache
def shipped_engine() -> PackEngine:
    """Return the engine of the shipped pack."""
    return create_engine(compiled_shipped_pack())


@cache
def request_for(answers: str, options: Options | None = None) -> Request:
    """Return the request for answers written as `gpu=yes cost=lowest`."""
    return request_for_session(shipped_engine(), session_with(answers), options)


def subject_of(request: Request) -> ArchitectureSubject:
    """Return the architecture, with its outcome, that a request shows."""
    assert isinstance(request.subject, ArchitectureSubject)
    return request.subject


def request_for_architecture(architecture: Architecture, title: str = "Title") -> Request:
    """Return a request for an architecture that no pack defines."""
    default = subject_of(request_for(""))
    placement = shipped_engine().layouts.place(architecture, PageShape())
    picture = compose(placement, parse_theme(theme_values("light")))
    subject = replace(default, architecture=architecture, placement=placement)
    return Request(title, picture, subject)


def exported(request: Request, extension: str) -> bytes:
    """Return the file of a request in the format with this extension."""
    format_ = next(format_ for format_ in formats_of(request.kind) if extension in format_.extensions)
    return export_bytes(request, format_)
