"""Pack compatibility: removes answers that a changed pack no longer defines."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from explorer.core.model.pack import Answers, Pack, QuestionId
from explorer.core.session.workspace import Workspace


def known_answers(pack: Pack, answers: Answers) -> Answers:
    """Return the answers that the pack defines; the same object if it defines all of them."""
    defined = {question.id: {answer.id for answer in question.answers} for question in pack.questions}
    known = {question: answer for question, answer in answers.items() if answer in defined.get(question, ())}
    return MappingProxyType(known) if len(known) < len(answers) else answers


def unknown_answers(pack: Pack, answers: Answers) -> Answers:
    """Return the answers that the pack does not define. The solver must not get them."""
    known = known_answers(pack, answers)
    return {question: answer for question, answer in answers.items() if question not in known}


def restrict_to_pack(pack: Pack, workspace: Workspace) -> Workspace:
    """Return the workspace without answers, questions and choices that the pack does not define.

    The selected element stays selected: the next answer can add it to the diagram again.
    """
    questions = pack.question_by_id
    return replace(
        workspace,
        answers=known_answers(pack, workspace.answers),
        current=workspace.current if workspace.current in questions else None,
        last_question=workspace.last_question if workspace.last_question in questions else None,
        focused_choice=workspace.focused_choice if workspace.focused_choice in pack.choice_by_id else None,
    )


def format_given_answer(pack: Pack, question: str, answer: str) -> str:
    """Return an answer as "question: answer", with the labels of the pack or else with the ids."""
    spec = pack.question_by_id.get(QuestionId(question))
    label = next((each.label for each in spec.answers if each.id == answer), answer) if spec else answer
    return f"{spec.title if spec else question}: {label}"
