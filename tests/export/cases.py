"""Requests for tests: what answers come to in the shipped pack, and small architectures beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from explorer.core.model.architecture import Architecture
from explorer.core.solver.constraints import Space, prepare
from explorer.export.request.build import of_session, placed
from explorer.export.request.request import Case, Options, Request
from explorer.layout.page import Shape
from explorer.render.architecture import compose
from explorer.render.theme import theme_of
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import shipped_pack, theme_values
from tests.export.sketches import session

VARIED = (
    "",
    "gpu=yes operations=least",
    "kubernetes=required cost=lowest interruptible=yes",
    "location=hybrid",
    "location=disconnected",
    "location=edge load_balancer=yes",
    "isolation=yes location=on_premises",
)
"""Answers that lead to every kind of drawing, the last one to a conflict."""


@cache
def shipped() -> Space:
    """The shipped pack, ready to decide."""
    return prepare(load_pack(shipped_pack()))


@cache
def request_for(answers: str, options: Options | None = None) -> Request:
    """The request for answers that are written as `gpu=yes cost=lowest`."""
    return of_session(shipped(), session(answers), options)


def case_in(request: Request) -> Case:
    """The case that a request is about."""
    assert isinstance(request.about, Case)
    return request.about


def request_showing(architecture: Architecture, title: str = "Title") -> Request:
    """A request for an architecture that no pack has drafted."""
    plain = case_in(request_for(""))
    placement = placed(architecture, Shape())
    picture = compose(placement, theme_of(theme_values("light")))
    case = replace(plain, architecture=architecture, placement=placement)
    return Request(title, picture, case)
