"""What of a person's work a pack can use: a pack that is edited may no longer know all of it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from explorer.core.model.pack import Answers, Pack, QuestionId
from explorer.core.session.workspace import Workspace


def known_answers(pack: Pack, answers: Answers) -> Answers:
    """Those answers that the pack asks for and offers."""
    offered = {question.id: {answer.id for answer in question.answers} for question in pack.questions}
    known = {name: given for name, given in answers.items() if given in offered.get(name, ())}
    return MappingProxyType(known) if len(known) < len(answers) else answers


def unknown_answers(pack: Pack, answers: Answers) -> Answers:
    """Those that it does not: none of them may reach what decides."""
    known = known_answers(pack, answers)
    return {name: given for name, given in answers.items() if name not in known}


def restrict_to_pack(pack: Pack, workspace: Workspace) -> Workspace:
    """The workspace as far as the pack knows what it speaks of; the same one where that is all of it.

    What is selected in the drawing stays: it may be drawn again with the next answer.
    """
    asked = pack.question_by_id
    return replace(
        workspace,
        answers=known_answers(pack, workspace.answers),
        current=workspace.current if workspace.current in asked else None,
        last_question=workspace.last_question if workspace.last_question in asked else None,
        focused_choice=workspace.focused_choice if workspace.focused_choice in pack.choice_by_id else None,
    )


def format_given_answer(pack: Pack, question: str, answer: str) -> str:
    """An answer as the pack words it, else by its ids."""
    found = pack.question_by_id.get(QuestionId(question))
    label = next((a.label for a in found.answers if a.id == answer), answer) if found else answer
    return f"{found.title if found else question}: {label}"
