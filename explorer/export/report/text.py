"""Plain-text report on a set of answers, for a terminal or an email."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import TextWrapper

from explorer.core.explanation.sentences import counterfactual_sentence, list_labels
from explorer.core.model.outcome import ChoiceOutcome, Conflict, Justification, Status
from explorer.core.model.pack import Choice, Note, Pack, RuleId
from explorer.core.text import strip_control_chars
from explorer.export.report.report import Report, dated_notes

LINE_WIDTH = 92
_LABEL_WIDTH = 20
_MAX_REASONS = 3
_STATUS_LABELS = {
    Status.FORCED: "forced",
    Status.PREFERRED: "preferred",
    Status.DEFAULT: "default",
    Status.OPEN: "open",
    Status.CONFLICT: "in conflict",
}


def report_text(report: Report) -> str:
    """Return the report as text that ends with a line break."""
    lines = [line.rstrip() for block in _sections(report) for line in (*block, "")]
    return "\n".join(lines[:-1]) + "\n"


def _sections(report: Report) -> Iterator[list[str]]:
    pack, outcome = report.pack, report.outcome
    writer = _SectionWriter(report)
    yield [*_wrap(f"{pack.title}, {pack.id} {pack.version}, facts as of {pack.as_of}"), "=" * LINE_WIDTH]
    yield ["ANSWERS", *writer.answers()]
    if outcome.conflicts:
        yield ["CONFLICTS", *(line for conflict in outcome.conflicts for line in writer.conflict(conflict))]
    yield [f"OUTCOME: {_status_line(report)}"]
    for choice in outcome.choices:
        yield list(writer.choice(choice))
    changes = list(writer.counterfactuals())
    if changes:
        yield ["TO CHANGE THE OUTCOME", *changes]
    if outcome.traps:
        traps = (_wrap(f"{trap.title}. {trap.text}", "  ! ", "    ") for trap in outcome.traps)
        yield ["TRAPS", *(line for lines in traps for line in lines)]
    dated = [(takeaway.title, takeaway.note) for takeaway in dated_notes(report)]
    notes = [line for title, note in dated if note for line in writer.note(title, note)]
    if notes:
        yield ["DATED NOTES", *notes]
    yield ["NEXT QUESTION", *writer.next_question()]


def _status_line(report: Report) -> str:
    choices = report.outcome.choices
    open_count = sum(choice.status is Status.OPEN for choice in choices)
    if report.outcome.status is Status.CONFLICT:
        return "conflict; the choices outside the conflict are decided below"
    if open_count:
        return f"open; {open_count} of {len(choices)} choices need an answer"
    default_count = sum(choice.status is Status.DEFAULT for choice in choices)
    return f"decided; {default_count} of {len(choices)} choices by default" if default_count else "decided"


class _SectionWriter:
    """Writes the sections of a report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._pack: Pack = report.pack
        self._answers = dict(report.outcome.answers)

    def answers(self) -> Iterator[str]:
        """Yield all answers by their labels."""
        if not self._answers:
            yield "  none yet: this is the default architecture"
        for question, answer in self._answers.items():
            spec = self._pack.question_by_id[question]
            yield from _labeled_lines(spec.title, spec.answer(answer).label)

    def choice(self, choice: ChoiceOutcome) -> Iterator[str]:
        """Yield a choice's value and status, its reasons, the alternatives and the values ruled out."""
        spec = self._pack.choice_by_id[choice.choice]
        status = _STATUS_LABELS[choice.status]
        value = _value_labels(spec, choice.displayed_values) or ("none" if choice.status < Status.OPEN else "")
        yield from _labeled_lines(spec.label, f"{value}  ({status})" if value else status)
        explained = [because.rule for because in choice.justifications[:_MAX_REASONS]]
        for because in choice.justifications[:_MAX_REASONS]:
            yield from _wrap(self._report.format_reason(because), "    - ", "      ")
        if choice.alternatives:
            alternatives = list_labels(spec.labels[value] for value in choice.alternatives)
            yield from _wrap(f"Also possible: {alternatives}.", "    ", "      ")
        for rule, (names, reasons) in self._ruled_out(spec, choice).items():
            sentence = f"Ruled out: {list_labels(names)}."
            if rule not in explained:
                sentence = f"{sentence} {self._report.format_reason(reasons)}"
                explained.append(rule)
            yield from _wrap(sentence, "    ", "      ")

    def counterfactuals(self) -> Iterator[str]:
        """Yield, for the main choices, the changes of answers that lead to each other value, or why none is known."""
        if self._report.look_ahead_error:
            yield from _wrap(self._report.look_ahead_error, "  ", "  ")
        for choice in self._report.outcome.choices:
            if self._pack.choice_by_id[choice.choice].in_outcome_bar:
                ruled_out = [value for value, _ in choice.rejected]
                for value in (*choice.alternatives, *ruled_out):
                    counterfactual = self._report.counterfactuals.get((choice.choice, value))
                    if counterfactual is not None and counterfactual.size != 0:
                        sentence = counterfactual_sentence(self._pack, self._answers, counterfactual)
                        yield from _wrap(sentence, "  ", "    ")

    def conflict(self, conflict: Conflict) -> Iterator[str]:
        """Yield the conflicting answers, the rules behind the conflict and the ways to resolve it."""
        label = self._pack.choice_by_id[conflict.choice].label
        answers = "; ".join(self._report.format_answer(question) for question in conflict.answers)
        yield from _wrap(f"{label}: these answers conflict: {answers}.", "  ! ", "    ")
        for rule in conflict.rules:
            yield from _wrap(self._pack.rule_by_id[rule].reason, "    - ", "      ")
        for number, repair in enumerate(conflict.repairs):
            start = "To resolve it, change" if number == 0 else "Or change"
            yield from _wrap(f"{start} {self._report.format_repair(repair)}.", "    ", "      ")

    def note(self, title: str, note: Note) -> Iterator[str]:
        """Yield a dated note with its source."""
        yield from _wrap(f"{note.as_of}  {title}", "  ", "    ")
        yield from _wrap(note.text, "    ", "    ")
        yield f"    {strip_control_chars(note.source)}"

    def next_question(self) -> Iterator[str]:
        """Yield the next question with the options that answer it."""
        if self._report.next_question is None:
            yield "  none: no open question can change the outcome"
            return
        spec = self._pack.question_by_id[self._report.next_question]
        yield from _wrap(f"{spec.title}: {spec.text}", "  ", "  ")
        options = [(f"--answer {spec.id}={answer.id}", answer.label) for answer in spec.answers]
        width = max(len(option) for option, _ in options)
        for option, label in options:
            yield from _wrap(f"{option:<{width}}  {strip_control_chars(label)}", "    ", " " * (width + 6))

    def _ruled_out(self, spec: Choice, choice: ChoiceOutcome) -> dict[RuleId, tuple[list[str], Justification]]:
        """Return the values that are ruled out, grouped by the first rule that excludes each."""
        found: dict[RuleId, tuple[list[str], Justification]] = {}
        for value, reasons in choice.rejected:
            if reasons:
                found.setdefault(reasons[0].rule, ([], reasons[0]))[0].append(spec.labels[value])
        return found


def _value_labels(spec: Choice, values: Iterable[str]) -> str:
    labels = {str(key): label for key, label in spec.labels.items()}
    return ", ".join(labels.get(value, value) for value in values)


def _labeled_lines(name: str, text: str) -> list[str]:
    return _wrap(f"{strip_control_chars(name):<{_LABEL_WIDTH}}{text}", "  ", " " * (_LABEL_WIDTH + 2))


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    wrapper = TextWrapper(
        LINE_WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return wrapper.wrap(strip_control_chars(text)) or [first]
