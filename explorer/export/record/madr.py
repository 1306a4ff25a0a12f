"""A report as a decision record after MADR 4.0.0 (Markdown Architectural Decision Records)."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from explorer.core.explanation.reasons import common_words, run_on
from explorer.core.explanation.sentences import flip_sentence
from explorer.core.model.outcome import Because, ChoiceOutcome, Status
from explorer.core.model.pack import Choice, ValueId
from explorer.export.record.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Line,
    Paragraph,
    Span,
    Table,
    bold,
    say,
)
from explorer.export.report.report import Report, noted
from explorer.storage.program_name import command

_MOST_REASONS = 3
_MOST_NAMED = 3
_NOTHING = "nothing is decided yet"
_STATUSES = {
    Status.FORCED: "decided: the answers leave nothing else",
    Status.PREFERRED: "what fits the answers best",
    Status.DEFAULT: "default: no answer speaks about it",
    Status.OPEN: "open",
    Status.CONFLICT: "in conflict",
}


def decision_record(report: Report, date: str = "", notes: str = "") -> Document:
    """The record of a report, with a person's own `notes`.

    `date` is the day (YYYY-MM-DD) it was written, empty to leave that out.
    """
    writer = _Writer(report, notes)
    about = [("status", "proposed"), *([("date", date)] if date else [])]
    return Document(writer.title(), tuple(about), tuple(writer.blocks()))


class _Writer:
    """Writes the parts of one record."""

    def __init__(self, report: Report, notes: str) -> None:
        self.notes = notes
        self.report, self.pack, self.outcome = report, report.pack, report.outcome
        self.answers = dict(report.outcome.answers)
        self.common = {*common_words(report.pack), "if", "among", "no"}

    def title(self) -> str:
        """What was asked, and what came of it."""
        if self.outcome.conflicts:
            return f"{self.pack.title}: the answers do not hold together"
        return f"{self.pack.title}: {', '.join(self._chosen()[:_MOST_NAMED]) or _NOTHING}"

    def blocks(self) -> Iterator[Block]:
        """The record from its context to its sources."""
        yield from self._context()
        yield from self._drivers()
        yield from self._options()
        yield from self._decision()
        yield from self._arguments()
        yield from self._sources()

    def _context(self) -> Iterator[Block]:
        yield Heading(2, "Context and Problem Statement")
        yield Paragraph(say(self.pack.summary))
        were = "was" if len(self.answers) == 1 else "were"
        told = f"{len(self.answers)} of {len(self.pack.questions)} questions {were} answered."
        yield Paragraph(say(f"{told} What no answer speaks about stands by default, and is marked so."))

    def _drivers(self) -> Iterator[Block]:
        yield Heading(2, "Decision Drivers")
        drivers = []
        for question, answer in self.answers.items():
            spec = self.pack.question_by_id[question]
            drivers.append(say(bold(f"{spec.title}: {spec.answer(answer).label}"), f" – {spec.why}"))
        if drivers:
            yield Bullets(tuple(drivers))
        else:
            yield Paragraph(say("No question has been answered yet: this is the plain case."))

    def _options(self) -> Iterator[Block]:
        yield Heading(2, "Considered Options")
        yield Bullets(
            tuple(
                say(bold(f"{spec.label}: "), ", ".join(value.label for value in spec.values))
                for spec in self.pack.choices
            )
        )

    def _decision(self) -> Iterator[Block]:
        yield Heading(2, "Decision Outcome")
        if self.outcome.conflicts:
            yield Paragraph(say("No option can be chosen: some answers do not hold together."))
            yield Bullets(tuple(self._clashes()))
        else:
            yield Paragraph(say("Chosen option: ", bold("; ".join(self._chosen()) or _NOTHING), ", because:"))
            yield Bullets(tuple(self._grounds()))
        yield Figure(f"{self.pack.title}: the architecture that the answers lead to")
        rows = tuple(self._row(choice) for choice in self.outcome.choices)
        yield Table(("Choice", "Outcome", "How firmly"), rows)
        yield from self._consequences()
        yield from self._confirmation()

    def _consequences(self) -> Iterator[Block]:
        yield Heading(3, "Consequences")
        lines = [
            say("Good, because ", self._run_on(self._reason(because)))
            for choice in self.outcome.choices
            if choice.status is Status.PREFERRED
            for because in choice.because[:1]
        ]
        lines += [say("Bad, because ", bold(f"{trap.title}: "), trap.text) for trap in self.outcome.traps]
        usual = [choice for choice in self.outcome.choices if choice.status is Status.DEFAULT]
        for bounded, told in ((False, "no answer speaks about"), (True, "the answers only narrow")):
            labels = [self.pack.choice_by_id[c.choice].label for c in usual if c.is_bounded is bounded]
            if labels:
                lines.append(say(f"Neutral, because {told}: {', '.join(labels)}."))
        yield Bullets(tuple(dict.fromkeys(lines)))

    def _confirmation(self) -> Iterator[Block]:
        yield Heading(3, "Confirmation")
        given = " ".join(f"--answer {shlex.quote(f'{q}={a}')}" for q, a in self.answers.items())
        yield Paragraph(
            say(
                "The same answers give this outcome again: ",
                Span(command(f"recommend {given}"), code=True),
                f", with the pack {self.pack.id} {self.pack.version}, whose rules ",
                Span(command("check"), code=True),
                " proves over every combination of answers.",
            )
        )

    def _arguments(self) -> Iterator[Block]:
        yield Heading(2, "Pros and Cons of the Options")
        for choice in self.outcome.choices:
            spec = self.pack.choice_by_id[choice.choice]
            for value in spec.values:
                lines = tuple(self._argued(choice, spec, value.id))
                if lines:
                    yield Heading(3, f"{spec.label}: {value.label}")
                    if spec.bar:
                        yield Paragraph(say(value.summary))
                    yield Bullets(lines)

    def _argued(self, choice: ChoiceOutcome, spec: Choice, value: ValueId) -> Iterator[Line]:
        """What speaks for and against a value, as far as the answers say so."""
        if value in choice.told and choice.status < Status.OPEN:
            for because in choice.because[:_MOST_REASONS]:
                yield say("Good, because ", self._run_on(self._reason(because)))
        elif value in choice.alternatives and spec.bar:
            yield say("Neutral, because it is still possible. ", self._flip(choice, value))
        for out, reasons in choice.rejected:
            if out == value:
                for because in reasons[:_MOST_REASONS]:
                    yield say("Bad, because ", self._run_on(self._reason(because)))
                if spec.bar:
                    yield say("Neutral, because ", self._run_on(self._flip(choice, value)))

    def _sources(self) -> Iterator[Block]:
        yield Heading(2, "More Information")
        own = [line for line in self.notes.splitlines() if line.strip()]
        if own:
            yield Paragraph(say(bold("Notes of those who decided:")))
            yield from (Paragraph(say(line)) for line in own)
        notes = []
        for takeaway in noted(self.report):
            if takeaway.note:
                dated = bold(f"{takeaway.note.as_of}, {takeaway.title}: ")
                source = Span("source", address=takeaway.note.source)
                notes.append(say(dated, takeaway.note.text, " (", source, ")"))
        if notes:
            yield Paragraph(say("Dated notes, on what is new or often still told otherwise:"))
            yield Bullets(tuple(notes))
        yield Paragraph(
            say(f"{self.pack.title}, {self.pack.id} {self.pack.version}, facts as of {self.pack.as_of}. ")
            + say(self.pack.credit)
        )

    def _chosen(self) -> list[str]:
        """The main choices' values, the ones that matter most first."""
        told = []
        for choice in self.outcome.choices:
            spec = self.pack.choice_by_id[choice.choice]
            if spec.bar and choice.status < Status.OPEN and choice.told:
                told.append(" and ".join(spec.labels[value] for value in choice.told))
        return list(dict.fromkeys(told))

    def _grounds(self) -> Iterator[Line]:
        """The first reason of each main choice."""
        for choice in self.outcome.choices:
            spec = self.pack.choice_by_id[choice.choice]
            if spec.bar and choice.because and choice.status < Status.OPEN:
                yield say(
                    bold(f"{spec.label}: {self._value(choice)}"), " – ", self._reason(choice.because[0])
                )

    def _clashes(self) -> Iterator[Line]:
        for conflict in self.outcome.conflicts:
            label = self.pack.choice_by_id[conflict.choice].label
            said = "; ".join(self.report.said(question) for question in conflict.answers)
            why = " ".join(self.pack.rule_by_id[rule].reason for rule in conflict.rules)
            ways = " or ".join(
                " and ".join(self.report.said(question) for question in repair) for repair in conflict.repairs
            )
            yield say(bold(f"{label}: "), f"{said}. {why} To resolve it, change {ways}.")

    def _row(self, choice: ChoiceOutcome) -> tuple[Line, ...]:
        label = self.pack.choice_by_id[choice.choice].label
        firmly = _STATUSES[choice.status]
        if choice.status is Status.DEFAULT and choice.is_bounded:
            firmly = "default, of what the answers leave"
        return say(label), say(bold(self._value(choice))), say(firmly)

    def _value(self, choice: ChoiceOutcome) -> str:
        labels = self.pack.choice_by_id[choice.choice].labels
        told = " + ".join(labels[value] for value in choice.told)
        return told or ("none" if choice.status < Status.OPEN else choice.status.word)

    def _flip(self, choice: ChoiceOutcome, value: ValueId) -> str:
        flip = self.report.flips[choice.choice, value]
        out = any(value == rejected for rejected, _ in choice.rejected)
        return flip_sentence(self.pack, self.answers, flip, ruled_out=out)

    def _reason(self, because: Because) -> str:
        return self.report.reason(because)

    def _run_on(self, sentence: str) -> str:
        return run_on(sentence, self.common)
