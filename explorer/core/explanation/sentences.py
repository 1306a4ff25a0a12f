"""What would change an outcome, in sentences as a person would write them."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, Pack, QuestionId, ValueId
from explorer.core.search.counterfactuals import AnswerChange, Counterfactual, GroupedChange
from explorer.core.search.information_gain import AnswerEffect, ChoiceDifference, QuestionEffect
from explorer.core.solver.lookup import Change

_MAX_LISTED_CHANGES = 3
_MAX_LISTED_VALUES = 2
_FEW_EFFECTS = 3
_MILLION = 1_000_000
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def counterfactual_sentence(pack: Pack, answers: Answers, flip: Counterfactual, *, ruled_out: bool = False) -> str:
    """What would bring a value: back, where it is ruled out now."""
    subject = _value_name(pack, flip.choice, flip.value)
    if flip.size is None:
        if flip.offered:
            return f"{subject} is only ever offered as an alternative; no answers make it the choice."
        return f"No answers lead to {subject}."
    if flip.size == 0:
        return f"{subject} is what your answers lead to."
    comes = f"{subject} {'comes back' if ruled_out else 'is chosen'}"
    ways = [_change_group_phrase(pack, answers, way) for way in flip.grouped_changes[:_MAX_LISTED_CHANGES]]
    others = flip.total - sum(_combination_count(way) for way in flip.grouped_changes[:_MAX_LISTED_CHANGES])
    if others:
        ways.append(f"in {number_word(others)} other way{'s' if others > 1 else ''}")
    if flip.size == 1:
        told = [f"if {way}" for way in ways[:-1]]
        told.append(ways[-1] if others else f"if {ways[-1]}")
        return f"{comes} {', or '.join(told)}."
    return f"{comes} only with {number_word(flip.size)} changes: {'; or '.join(ways)}."


def change_label(pack: Pack, answers: Answers, change: Change) -> str:
    """A change as something to do, for a button."""
    closed = [
        (
            f"{'change' if question in answers else 'answer'} {pack.question_by_id[question].title} "
            f"{'to' if question in answers else 'with'} {_quote_answer(pack, question, answer)}"
        )
        for question, answer in change
        if answer is not None
    ]
    opened = [pack.question_by_id[question].title for question, answer in change if answer is None]
    steps = [*closed, *([f"leave {join_words(opened, 'and')} open"] if opened else [])]
    told = join_words(steps, "and")
    return told[:1].upper() + told[1:]


def question_effect_sentence(pack: Pack, separation: QuestionEffect) -> str:
    """What a question separates, each answer in a few words."""
    if not any(lead.conflicts or lead.changes or lead.settles or lead.rules_out for lead in separation.effects):
        return "No answer changes anything by itself; it counts together with others."
    named = 1 if len(separation.effects) > _FEW_EFFECTS else _MAX_LISTED_VALUES
    return f"{'; '.join(_answer_effect_phrase(pack, separation.question, lead, named) for lead in separation.effects)}."


def format_count(count: int) -> str:
    """How many outcomes an answer leaves, in a few words."""
    if not count:
        return "clashes"
    number = f"{count:,}" if count < _MILLION else f"{count / _MILLION:,.1f} million"
    return f"{number} outcome{'s' if count > 1 else ''} left"


def _value_name(pack: Pack, choice: ChoiceId, value: ValueId) -> str:
    """A value by its name, with its choice where the name alone does not say what it is."""
    spec = pack.choice_by_id[choice]
    label = spec.labels[value]
    return label if label[:1].isupper() else f"{spec.label} “{label}”"


def _change_group_phrase(pack: Pack, answers: Answers, way: GroupedChange) -> str:
    if len(way) == 1:
        return _single_change_phrase(pack, answers, way[0])
    return join_words([_change_phrase(pack, answers, move) for move in way], "and")


def _single_change_phrase(pack: Pack, answers: Answers, move: AnswerChange) -> str:
    title = pack.question_by_id[move.question].title
    options = _join_answers(pack, move)
    if None in move.answers:
        return f"you leave {title} open, or answer {options}" if options else f"you leave {title} open"
    if move.question in answers:
        return f"{title} changes to {options}"
    return f"you answer {title} with {options}"


def _change_phrase(pack: Pack, answers: Answers, move: AnswerChange) -> str:
    title = pack.question_by_id[move.question].title
    options = _join_answers(pack, move)
    if None in move.answers:
        return f"{title} is left open or answered {options}" if options else f"{title} is left open"
    return f"{title} {'changes to' if move.question in answers else 'is answered'} {options}"


def _join_answers(pack: Pack, move: AnswerChange) -> str:
    answers = [_quote_answer(pack, move.question, answer) for answer in move.answers if answer is not None]
    return join_words(answers, "or")


def _quote_answer(pack: Pack, question: QuestionId, answer: AnswerId) -> str:
    return f"“{pack.question_by_id[question].answer(answer).label}”"


def _combination_count(way: GroupedChange) -> int:
    count = 1
    for move in way:
        count *= len(move.answers)
    return count


def _answer_effect_phrase(pack: Pack, question: QuestionId, lead: AnswerEffect, most: int) -> str:
    answers = join_words([_quote_answer(pack, question, answer) for answer in lead.answers], "and")
    one = len(lead.answers) == 1
    if lead.conflicts:
        return f"{answers} {'clashes' if one else 'clash'} with your other answers"
    if lead.changes:
        first = sorted(
            lead.changes,
            key=lambda shown: (not shown.added_values, not pack.choice_by_id[shown.choice].in_outcome_bar),
        )
        named = [_difference_phrase(pack, shown) for shown in first[:most]]
        return f"{answers} {'leads' if one else 'lead'} to {_with_remainder(named, len(first), 'change')}"
    if lead.settles:
        named = [_value_name(pack, choice, value) for choice, value in lead.settles[:most]]
        return f"{answers} {'settles' if one else 'settle'} on {_with_remainder(named, len(lead.settles), 'value')}"
    if lead.rules_out:
        named = [_value_name(pack, choice, value) for choice, value in lead.rules_out[:most]]
        return f"{answers} {'rules' if one else 'rule'} out {_with_remainder(named, len(lead.rules_out), 'value')}"
    return f"{answers} {'leaves' if one else 'leave'} everything as it is"


def _difference_phrase(pack: Pack, shown: ChoiceDifference) -> str:
    if shown.added_values:
        return join_words([_value_name(pack, shown.choice, value) for value in shown.added_values], "and")
    gone = join_words([_value_name(pack, shown.choice, value) for value in shown.removed_values], "or")
    return f"no {gone}"


def _with_remainder(named: list[str], total: int, thing: str) -> str:
    rest = total - len(named)
    more = [f"{number_word(rest)} more {thing}{'s' if rest > 1 else ''}"] if rest else []
    return join_words([*named, *more], "and")


def join_words(words: Sequence[str], last: str) -> str:
    """Words as a list in a sentence.

    >>> joined(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def number_word(count: int) -> str:
    """A number as a sentence has it: small ones as words."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
