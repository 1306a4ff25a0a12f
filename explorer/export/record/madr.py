"""Decision record of a report, after MADR 4.0.0 (Markdown Architectural Decision Records)."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from explorer.core.explanation.reasons import lower_first, lowercase_words
from explorer.core.explanation.sentences import counterfactual_sentence
from explorer.core.model.outcome import ChoiceOutcome, Justification, Status
from explorer.core.model.pack import Choice, ValueId
from explorer.export.record.document import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Paragraph,
    RichText,
    Span,
    Table,
    bold,
    rich_text,
)
from explorer.export.report.report import Report, dated_notes
from explorer.storage.program_name import command_line

_MAX_REASONS = 3
_MAX_TITLE_VALUES = 3
_UNDECIDED = "nothing decided yet"
_STATUS_LABELS = {
    Status.FORCED: "forced: the answers leave no other value",
    Status.PREFERRED: "preferred: fits the answers best",
    Status.DEFAULT: "default: no answer affects it",
    Status.OPEN: "open",
    Status.CONFLICT: "conflict",
}


def decision_record(report: Report, date: str = "", notes: str = "") -> Document:
    """Return the record of a report with the user's `notes`.

    `date` (YYYY-MM-DD) is the date of the record; an empty date is left out.
    """
    writer = _RecordWriter(report, notes)
    about = [("status", "proposed"), *([("date", date)] if date else [])]
    return Document(writer.title(), tuple(about), tuple(writer.blocks()))


class _RecordWriter:
    """Writes the sections of a record."""

    def __init__(self, report: Report, notes: str) -> None:
        self.notes = notes
        self.report, self.pack, self.outcome = report, report.pack, report.outcome
        self.answers = dict(report.outcome.answers)
        self.common_words = {*lowercase_words(report.pack), "if", "among", "no"}

    def title(self) -> str:
        """Return the title: the pack and the main values."""
        if self.outcome.conflicts:
            return f"{self.pack.title}: the answers conflict"
        return f"{self.pack.title}: {', '.join(self._main_values()[:_MAX_TITLE_VALUES]) or _UNDECIDED}"

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks, from the context to the sources."""
        yield from self._context()
        yield from self._drivers()
        yield from self._options()
        yield from self._decision()
        yield from self._pros_and_cons()
        yield from self._more_information()

    def _context(self) -> Iterator[Block]:
        yield Heading(2, "Context and Problem Statement")
        yield Paragraph(rich_text(self.pack.summary))
        were = "was" if len(self.answers) == 1 else "were"
        answered = f"{len(self.answers)} of {len(self.pack.questions)} questions {were} answered."
        yield Paragraph(rich_text(f"{answered} Choices that no answer affects have their default, marked as such."))

    def _drivers(self) -> Iterator[Block]:
        yield Heading(2, "Decision Drivers")
        drivers = []
        for question, answer in self.answers.items():
            spec = self.pack.question_by_id[question]
            drivers.append(rich_text(bold(f"{spec.title}: {spec.answer(answer).label}"), f" – {spec.why}"))
        if drivers:
            yield BulletList(tuple(drivers))
        else:
            yield Paragraph(rich_text("No question has been answered yet: this is the default architecture."))

    def _options(self) -> Iterator[Block]:
        yield Heading(2, "Considered Options")
        yield BulletList(
            tuple(
                rich_text(bold(f"{spec.label}: "), ", ".join(value.label for value in spec.values))
                for spec in self.pack.choices
            )
        )

    def _decision(self) -> Iterator[Block]:
        yield Heading(2, "Decision Outcome")
        if self.outcome.conflicts:
            yield Paragraph(rich_text("No option can be chosen: some answers conflict."))
            yield BulletList(tuple(self._conflicts()))
        else:
            yield Paragraph(
                rich_text("Chosen option: ", bold("; ".join(self._main_values()) or _UNDECIDED), ", because:")
            )
            yield BulletList(tuple(self._main_reasons()))
        yield Figure(f"{self.pack.title}: the architecture for these answers")
        rows = tuple(self._outcome_row(choice) for choice in self.outcome.choices)
        yield Table(("Choice", "Outcome", "Status"), rows)
        yield from self._consequences()
        yield from self._confirmation()

    def _consequences(self) -> Iterator[Block]:
        yield Heading(3, "Consequences")
        lines = [
            rich_text("Good, because ", self._lower_first(self._reason_text(because)))
            for choice in self.outcome.choices
            if choice.status is Status.PREFERRED
            for because in choice.justifications[:1]
        ]
        lines += [rich_text("Bad, because ", bold(f"{trap.title}: "), trap.text) for trap in self.outcome.traps]
        by_default = [choice for choice in self.outcome.choices if choice.status is Status.DEFAULT]
        for narrowed, cause in ((False, "no answer affects"), (True, "the answers only narrow")):
            labels = [self.pack.choice_by_id[c.choice].label for c in by_default if c.depends_on_answers is narrowed]
            if labels:
                lines.append(rich_text(f"Neutral, because {cause}: {', '.join(labels)}."))
        yield BulletList(tuple(dict.fromkeys(lines)))

    def _confirmation(self) -> Iterator[Block]:
        yield Heading(3, "Confirmation")
        pack = shlex.quote(self.pack.id)
        options = [f"--answer {shlex.quote(f'{question}={answer}')}" for question, answer in self.answers.items()]
        yield Paragraph(
            rich_text(
                "To reproduce this outcome, run ",
                Span(command_line(" ".join(["recommend", "--pack", pack, *options])), code=True),
                f" with version {self.pack.version} of the pack. To check the rules of the pack over all answers, run ",
                Span(command_line(f"check {pack}"), code=True),
                ".",
            )
        )

    def _pros_and_cons(self) -> Iterator[Block]:
        yield Heading(2, "Pros and Cons of the Options")
        for choice in self.outcome.choices:
            spec = self.pack.choice_by_id[choice.choice]
            for value in spec.values:
                lines = tuple(self._arguments_for(choice, spec, value.id))
                if lines:
                    yield Heading(3, f"{spec.label}: {value.label}")
                    if spec.in_outcome_bar:
                        yield Paragraph(rich_text(value.summary))
                    yield BulletList(lines)

    def _arguments_for(self, choice: ChoiceOutcome, spec: Choice, value: ValueId) -> Iterator[RichText]:
        """Yield the arguments for and against a value that follow from the answers."""
        if value in choice.displayed_values and choice.status < Status.OPEN:
            for because in choice.justifications[:_MAX_REASONS]:
                yield rich_text("Good, because ", self._lower_first(self._reason_text(because)))
        elif value in choice.alternatives and spec.in_outcome_bar:
            changes = self._counterfactual(choice, value)
            yield rich_text("Neutral, because it is still possible.", changes and f" {changes}")
        for out, reasons in choice.rejected:
            if out == value:
                for because in reasons[:_MAX_REASONS]:
                    yield rich_text("Bad, because ", self._lower_first(self._reason_text(because)))
                if spec.in_outcome_bar and (changes := self._counterfactual(choice, value)):
                    yield rich_text("Neutral, because ", self._lower_first(changes))

    def _more_information(self) -> Iterator[Block]:
        yield Heading(2, "More Information")
        user_notes = [line for line in self.notes.splitlines() if line.strip()]
        if user_notes:
            yield Paragraph(rich_text(bold("Notes:")))
            yield from (Paragraph(rich_text(line)) for line in user_notes)
        notes = []
        for takeaway in dated_notes(self.report):
            if takeaway.note:
                dated = bold(f"{takeaway.note.as_of}, {takeaway.title}: ")
                source = Span("source", url=takeaway.note.source)
                notes.append(rich_text(dated, takeaway.note.text, " (", source, ")"))
        if notes:
            yield Paragraph(rich_text("Dated notes on facts that are new or that older sources state differently:"))
            yield BulletList(tuple(notes))
        if self.report.look_ahead_error:
            yield Paragraph(rich_text(self.report.look_ahead_error))
        yield Paragraph(
            rich_text(f"{self.pack.title}, {self.pack.id} {self.pack.version}, facts as of {self.pack.as_of}. ")
            + rich_text(self.pack.credit)
        )

    def _main_values(self) -> list[str]:
        """Return the values of the main choices, the most important first."""
        values = []
        for choice in self.outcome.choices:
            spec = self.pack.choice_by_id[choice.choice]
            if spec.in_outcome_bar and choice.status < Status.OPEN and choice.displayed_values:
                values.append(" and ".join(spec.labels[value] for value in choice.displayed_values))
        return list(dict.fromkeys(values))

    def _main_reasons(self) -> Iterator[RichText]:
        """Yield the first reason of each main choice."""
        for choice in self.outcome.choices:
            spec = self.pack.choice_by_id[choice.choice]
            if spec.in_outcome_bar and choice.justifications and choice.status < Status.OPEN:
                yield rich_text(
                    bold(f"{spec.label}: {self._value_text(choice)}"),
                    " – ",
                    self._reason_text(choice.justifications[0]),
                )

    def _conflicts(self) -> Iterator[RichText]:
        for conflict in self.outcome.conflicts:
            label = self.pack.choice_by_id[conflict.choice].label
            answers = "; ".join(self.report.format_answer(question) for question in conflict.answers)
            reasons = " ".join(self.pack.rule_by_id[rule].reason for rule in conflict.rules)
            repairs = " or ".join(map(self.report.format_repair, conflict.repairs))
            yield rich_text(bold(f"{label}: "), f"{answers}. {reasons} To resolve it, change {repairs}.")

    def _outcome_row(self, choice: ChoiceOutcome) -> tuple[RichText, ...]:
        label = self.pack.choice_by_id[choice.choice].label
        status = _STATUS_LABELS[choice.status]
        if choice.status is Status.DEFAULT and choice.depends_on_answers:
            status = "default among the values that the answers leave"
        return rich_text(label), rich_text(bold(self._value_text(choice))), rich_text(status)

    def _value_text(self, choice: ChoiceOutcome) -> str:
        labels = self.pack.choice_by_id[choice.choice].labels
        values = " + ".join(labels[value] for value in choice.displayed_values)
        return values or ("none" if choice.status < Status.OPEN else choice.status.label)

    def _counterfactual(self, choice: ChoiceOutcome, value: ValueId) -> str:
        """Return the smallest changes that lead to a value; "" if the rules are too entangled to know them."""
        counterfactual = self.report.counterfactuals.get((choice.choice, value))
        return counterfactual_sentence(self.pack, self.answers, counterfactual) if counterfactual else ""

    def _reason_text(self, because: Justification) -> str:
        return self.report.format_reason(because)

    def _lower_first(self, sentence: str) -> str:
        return lower_first(sentence, self.common_words)
