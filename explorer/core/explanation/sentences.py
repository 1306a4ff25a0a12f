"""Sentences about counterfactuals, suggested changes and the effect of a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from explorer.core.model.pack import AnswerId, Answers, ChoiceId, Pack, QuestionId, ValueId
from explorer.core.search.counterfactuals import AnswerChange, Counterfactual, GroupedChange
from explorer.core.search.information_gain import AnswerEffect, ChoiceDifference, QuestionEffect
from explorer.core.solver.lookup import Change

_MAX_LISTED_CHANGES = 3
_MAX_LISTED_VALUES = 2
_FEW_EFFECTS = 3
_MILLION = 1_000_000
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def counterfactual_sentence(pack: Pack, answers: Answers, counterfactual: Counterfactual) -> str:
    """Return a sentence with the smallest changes of answers that select a value."""
    value = _value_name(pack, counterfactual.choice, counterfactual.value)
    if counterfactual.size is None:
        if counterfactual.offered:
            return f"{value} is listed only as an alternative: no answers select it."
        return f"No answers select {value}."
    if counterfactual.size == 0:
        return f"Your answers select {value}."
    listed = counterfactual.grouped_changes[:_MAX_LISTED_CHANGES]
    options = [_join_changes(pack, answers, group) for group in listed]
    others = counterfactual.total - sum(prod(len(change.answers) for change in group) for group in listed)
    if others:
        options.append(f"make one of {number_word(others)} other changes" if others > 1 else "make one other change")
    if counterfactual.size == 1:
        return f"{value} is selected if you {'; or if you '.join(options)}."
    return f"{value} is selected only with {number_word(counterfactual.size)} changes: {'; or '.join(options)}."


def change_label(pack: Pack, answers: Answers, change: Change) -> str:
    """Return a change of answers as the label of a button, such as "Change GPU to “No”"."""
    given = [
        _change_phrase(pack, answers, AnswerChange(question, (answer,)))
        for question, answer in change
        if answer is not None
    ]
    opened = [pack.question_by_id[question].title for question, answer in change if answer is None]
    phrases = [*given, *([f"leave {join_words(opened, 'and')} open"] if opened else [])]
    label = join_words(phrases, "and")
    return label[:1].upper() + label[1:]


def question_effect_sentence(pack: Pack, effect: QuestionEffect) -> str:
    """Return a sentence with the effect of each answer to a question."""
    if not any(each.conflicts or each.changes or each.settles or each.rules_out for each in effect.effects):
        return "No answer alone changes the outcome, only together with other answers."
    most = 1 if len(effect.effects) > _FEW_EFFECTS else _MAX_LISTED_VALUES
    return f"{'; '.join(_answer_effect_phrase(pack, effect.question, each, most) for each in effect.effects)}."


def format_count(count: int) -> str:
    """Return the number of outcomes that an answer leaves, in a few words."""
    if not count:
        return "conflict"
    number = f"{count:,}" if count < _MILLION else f"{count / _MILLION:,.1f} million"
    return f"{number} outcome{'s' if count > 1 else ''} left"


def join_words(words: Sequence[str], last: str) -> str:
    """Return words as a list in a sentence.

    >>> join_words(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def list_labels(labels: Iterable[str]) -> str:
    """Return the labels of values as a list. “none” is quoted, so that it does not read like an empty list.

    >>> list_labels(["none", "GPU"])
    '“none”, GPU'
    """
    return ", ".join(f"“{label}”" if label.lower() == "none" else label for label in labels)


def number_word(count: int) -> str:
    """Return a small number as a word, a larger one as digits."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _value_name(pack: Pack, choice: ChoiceId, value: ValueId) -> str:
    """Return the label of a value, with its choice unless the label is a proper name."""
    spec = pack.choice_by_id[choice]
    label = spec.labels[value]
    return label if label[:1].isupper() else f"{spec.label} “{label}”"


def _list_values(pack: Pack, values: Sequence[tuple[ChoiceId, ValueId]], most: int | None = None) -> str:
    """Return the first `most` values as a list, and how many others there are."""
    names = [_value_name(pack, choice, value) for choice, value in values[:most]]
    others = len(values) - len(names)
    return join_words([*names, *([_more(others, "value")] if others else [])], "and")


def _join_changes(pack: Pack, answers: Answers, group: GroupedChange) -> str:
    return join_words([_change_phrase(pack, answers, change) for change in group], "and")


def _change_phrase(pack: Pack, answers: Answers, change: AnswerChange) -> str:
    """Return a change of one answer as an instruction."""
    title = pack.question_by_id[change.question].title
    given = [_quote_answer(pack, change.question, answer) for answer in change.answers if answer is not None]
    options = join_words(given, "or")
    if None in change.answers:
        return f"leave {title} open or answer {options}" if options else f"leave {title} open"
    return f"change {title} to {options}" if change.question in answers else f"answer {title} with {options}"


def _quote_answer(pack: Pack, question: QuestionId, answer: AnswerId) -> str:
    return f"“{pack.question_by_id[question].answer(answer).label}”"


def _answer_effect_phrase(pack: Pack, question: QuestionId, effect: AnswerEffect, most: int) -> str:
    answers = join_words([_quote_answer(pack, question, answer) for answer in effect.answers], "and")
    ending = "s" if len(effect.answers) == 1 else ""
    if effect.conflicts:
        return f"{answers} conflict{ending} with your other answers"
    if effect.changes:
        return f"{answers} {join_words(_difference_phrases(pack, effect.changes, most, ending), 'and')}"
    if effect.settles:
        return f"{answers} confirm{ending} {_list_values(pack, effect.settles, most)}"
    if effect.rules_out:
        return f"{answers} rule{ending} out {_list_values(pack, effect.rules_out, most)}"
    return f"{answers} change{ending} nothing"


def _difference_phrases(pack: Pack, changes: Sequence[ChoiceDifference], most: int, ending: str) -> list[str]:
    """Return what an answer selects and removes, the main choices first, and the number of other changes."""
    ordered = sorted(
        changes,
        key=lambda change: (not change.added_values, not pack.choice_by_id[change.choice].in_outcome_bar),
    )
    added = [(change.choice, value) for change in ordered[:most] for value in change.added_values]
    removed = [
        (change.choice, value)
        for change in ordered[:most]
        if not change.added_values
        for value in change.removed_values
    ]
    phrases = []
    if added:
        phrases.append(f"select{ending} {_list_values(pack, added)}")
    if removed:
        phrases.append(f"remove{ending} {_list_values(pack, removed)}")
    if len(ordered) > most:
        phrases.append(f"make{ending} {_more(len(ordered) - most, 'change')}")
    return phrases


def _more(count: int, thing: str) -> str:
    return f"{number_word(count)} more {thing}{'s' if count > 1 else ''}"
