"""What would change an outcome, in sentences as a person would write them."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, Pack, QuestionId, ValueId
from explorer.core.search.counterfactuals import Flip, Move, Way
from explorer.core.search.information_gain import Difference, Lead, Separation
from explorer.core.search.minimal_changes import Change

_MOST_WAYS = 3
_MOST_NAMED = 2
_FEW = 3
_MILLION = 1_000_000
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def flip_sentence(pack: Pack, answers: Answers, flip: Flip, *, ruled_out: bool = False) -> str:
    """What would bring a value: back, where it is ruled out now."""
    subject = _named(pack, flip.choice, flip.value)
    if flip.size is None:
        if flip.offered:
            return f"{subject} is only ever offered as an alternative; no answers make it the choice."
        return f"No answers lead to {subject}."
    if flip.size == 0:
        return f"{subject} is what your answers lead to."
    comes = f"{subject} {'comes back' if ruled_out else 'is chosen'}"
    ways = [_way(pack, answers, way) for way in flip.ways[:_MOST_WAYS]]
    others = flip.total - sum(_count(way) for way in flip.ways[:_MOST_WAYS])
    if others:
        ways.append(f"in {number_word(others)} other way{'s' if others > 1 else ''}")
    if flip.size == 1:
        told = [f"if {way}" for way in ways[:-1]]
        told.append(ways[-1] if others else f"if {ways[-1]}")
        return f"{comes} {', or '.join(told)}."
    return f"{comes} only with {number_word(flip.size)} changes: {'; or '.join(ways)}."


def deed(pack: Pack, answers: Answers, change: Change) -> str:
    """A change as something to do, for a button."""
    closed = [
        (
            f"{'change' if question in answers else 'answer'} {pack.question_by_id[question].title} "
            f"{'to' if question in answers else 'with'} {_quoted(pack, question, answer)}"
        )
        for question, answer in change
        if answer is not None
    ]
    opened = [pack.question_by_id[question].title for question, answer in change if answer is None]
    steps = [*closed, *([f"leave {joined(opened, 'and')} open"] if opened else [])]
    told = joined(steps, "and")
    return told[:1].upper() + told[1:]


def separation_sentence(pack: Pack, separation: Separation) -> str:
    """What a question separates, each answer in a few words."""
    if not any(lead.clashes or lead.shows or lead.settles or lead.rules_out for lead in separation.leads):
        return "No answer changes anything by itself; it counts together with others."
    named = 1 if len(separation.leads) > _FEW else _MOST_NAMED
    return f"{'; '.join(_lead(pack, separation.question, lead, named) for lead in separation.leads)}."


def left_words(count: int) -> str:
    """How many outcomes an answer leaves, in a few words."""
    if not count:
        return "clashes"
    number = f"{count:,}" if count < _MILLION else f"{count / _MILLION:,.1f} million"
    return f"{number} outcome{'s' if count > 1 else ''} left"


def _named(pack: Pack, choice: ChoiceId, value: ValueId) -> str:
    """A value by its name, with its choice where the name alone does not say what it is."""
    spec = pack.choice_by_id[choice]
    label = spec.labels[value]
    return label if label[:1].isupper() else f"{spec.label} “{label}”"


def _way(pack: Pack, answers: Answers, way: Way) -> str:
    if len(way) == 1:
        return _only_move(pack, answers, way[0])
    return joined([_move(pack, answers, move) for move in way], "and")


def _only_move(pack: Pack, answers: Answers, move: Move) -> str:
    title = pack.question_by_id[move.question].title
    options = _options(pack, move)
    if None in move.answers:
        return f"you leave {title} open, or answer {options}" if options else f"you leave {title} open"
    if move.question in answers:
        return f"{title} changes to {options}"
    return f"you answer {title} with {options}"


def _move(pack: Pack, answers: Answers, move: Move) -> str:
    title = pack.question_by_id[move.question].title
    options = _options(pack, move)
    if None in move.answers:
        return f"{title} is left open or answered {options}" if options else f"{title} is left open"
    return f"{title} {'changes to' if move.question in answers else 'is answered'} {options}"


def _options(pack: Pack, move: Move) -> str:
    answers = [_quoted(pack, move.question, answer) for answer in move.answers if answer is not None]
    return joined(answers, "or")


def _quoted(pack: Pack, question: QuestionId, answer: AnswerId) -> str:
    return f"“{pack.question_by_id[question].answer(answer).label}”"


def _count(way: Way) -> int:
    count = 1
    for move in way:
        count *= len(move.answers)
    return count


def _lead(pack: Pack, question: QuestionId, lead: Lead, most: int) -> str:
    answers = joined([_quoted(pack, question, answer) for answer in lead.answers], "and")
    one = len(lead.answers) == 1
    if lead.clashes:
        return f"{answers} {'clashes' if one else 'clash'} with your other answers"
    if lead.shows:
        first = sorted(
            lead.shows, key=lambda shown: (not shown.comes, not pack.choice_by_id[shown.choice].bar)
        )
        named = [_difference(pack, shown) for shown in first[:most]]
        return f"{answers} {'leads' if one else 'lead'} to {_with_rest(named, len(first), 'change')}"
    if lead.settles:
        named = [_named(pack, choice, value) for choice, value in lead.settles[:most]]
        return (
            f"{answers} {'settles' if one else 'settle'} on {_with_rest(named, len(lead.settles), 'value')}"
        )
    if lead.rules_out:
        named = [_named(pack, choice, value) for choice, value in lead.rules_out[:most]]
        return f"{answers} {'rules' if one else 'rule'} out {_with_rest(named, len(lead.rules_out), 'value')}"
    return f"{answers} {'leaves' if one else 'leave'} everything as it is"


def _difference(pack: Pack, shown: Difference) -> str:
    if shown.comes:
        return joined([_named(pack, shown.choice, value) for value in shown.comes], "and")
    gone = joined([_named(pack, shown.choice, value) for value in shown.goes], "or")
    return f"no {gone}"


def _with_rest(named: list[str], total: int, thing: str) -> str:
    rest = total - len(named)
    more = [f"{number_word(rest)} more {thing}{'s' if rest > 1 else ''}"] if rest else []
    return joined([*named, *more], "and")


def joined(words: Sequence[str], last: str) -> str:
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
