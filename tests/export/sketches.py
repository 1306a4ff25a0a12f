"""Small architectures, answers and tricky texts for tests."""

from __future__ import annotations

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import AnswerId, Answers, GroupId, NodeId, QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace


def parse_answers(text: str) -> Answers:
    """Return the answers written as `gpu=yes cost=lowest`."""
    pairs = (pair.split("=") for pair in text.split())
    return {QuestionId(question): AnswerId(answer) for question, answer in pairs}


def session_with(answers: str) -> SessionState:
    """Return a session with answers written as `gpu=yes cost=lowest`."""
    return SessionState(Workspace(answers=parse_answers(answers)))


def node(name: str, label: str, detail: str = "", group: str | None = None, at: str | None = None) -> Node:
    """Return a node without layout hints that answers decided."""
    frame, host = GroupId(group) if group else None, NodeId(at) if at else None
    return Node(NodeId(name), "service", label, detail, frame, host, None, None, ElementState.FIRM, (), ())


def edge(source: str, target: str, label: str = "", step: int | None = None) -> Edge:
    """Return an edge for traffic."""
    return Edge(NodeId(source), NodeId(target), label, False, step, ElementState.FIRM, (), ())


def group(name: str, label: str, parent: str | None = None, kind: str = "vpc") -> Group:
    """Return a group."""
    return Group(GroupId(name), kind, label, GroupId(parent) if parent else None, ())


def architecture_labeled(label: str) -> Architecture:
    """Return an architecture with one text in every place that has text."""
    return Architecture(
        (
            node("a", label, label, "inner"),
            node("b", label, "", "outer"),
            node("c", label, at="a"),
        ),
        (edge("a", "b", label, 1),),
        (group("outer", label), group("inner", label, "outer", "zone")),
    )


TRICKY_TEXTS = (
    "plain",
    'say "hi"',
    "<b>bold</b>",
    "<<table><tr><td>x</td></tr></table>>",
    "a & b &amp; &lt; &#65;",
    "back\\slash",
    "\\N \\G \\L \\n \\l \\r",
    "ends with \\",
    '\\" \\\\"',
    "[shape=box] -> {x}; // no",
    "/* no */ # no",
    "digraph { subgraph cluster_0",
    "مرحبا بالعالم",
    "\u202eright to left\u202c",
    "😀 👩‍👩‍👧 🇩🇪",
    "日本語のラベル",
    "e\u0301\u0302\u0303",
    "one\ntwo\r\nthree\tfour",
    "\x00\x1b[31m\x07",
    " ",
    "%s {0} ${x} `x`",
    "x" * 10_000,
    "word " * 2_000,
)
