"""Questions about the session's file: what the user is asked, and the actions behind the buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from explorer.core.session.session_state import same_content
from explorer.storage.sessions.opening import OpenResult
from explorer.ui.document.document_io import WriteConflict
from explorer.ui.shell.messages import MessageButtons, Messages

UNSAVED_KEPT = "Your unsaved answers are kept. Restore them with “Open recent”."


@dataclass(frozen=True)
class DocumentActions:
    """What the user can choose in reply to a question.

    `load` replaces the session by the content of a file, `use_file` keeps the session and saves to the file from
    now on, and `save_to` replaces the content of a file.
    """

    new: Callable[[], None]
    load: Callable[[Path], None]
    use_file: Callable[[Path], None]
    save_to: Callable[[Path], None]
    save_as: Callable[[], None]
    show_unsaved_sessions: Callable[[], None]


class DocumentQuestions:
    """Asks the user about the session's file.

    A question belongs to the session that was open when it was asked. Its buttons do nothing to a later session.
    """

    def __init__(self, actions: DocumentActions, messages: Messages) -> None:
        self._actions, self._messages = actions, messages
        self.session_token = object()
        """Identifies the session that is open; `begin_session` replaces it."""

    def begin_session(self) -> None:
        """Invalidate the questions about the previous session."""
        self.session_token = object()

    def report_opened(self, opened: OpenResult, is_copy: bool) -> None:
        """Say what is special about a session that was opened: a copy, a partial one, or one from an autosave."""
        path = opened.file_version.path
        if is_copy and path is not None:
            self.report_locked_file(path)
        elif opened.warnings:
            self._messages.error.emit(f"Some saved answers could not be restored: {'; '.join(opened.warnings)}.")
        elif opened.autosave is not None:
            self.report_restored(opened)

    def report_locked_file(self, path: Path) -> None:
        """Another window has the file open, so this window shows a copy."""
        self._ask(
            f"“{path.name}” is open in another window of Berth. This is a copy.",
            (("Edit anyway", partial(self._actions.use_file, path)),),
        )

    def report_unsaved_changes(self, path: Path) -> None:
        """The user opened the file that is open already, and the session has changes."""
        self._ask(
            f"“{path.name}” is already open and has unsaved changes.",
            (("Load the saved version", partial(self._actions.load, path)),),
        )

    def report_restored(self, opened: OpenResult) -> None:
        """The session comes from an autosave."""
        path = opened.file_version.path
        if path is None:
            self._ask("Restored your unsaved session.", (("Start a new session", self._actions.new),))
        elif not same_content(opened.session, opened.file_session):
            self._ask(
                f"Restored your unsaved changes to “{path.name}”.",
                (("Load the saved version", partial(self._actions.load, path)),),
            )

    def report_expired(self, count: int, days: int) -> None:
        """Say that unsaved sessions are older than the retention setting. Only the user deletes them."""
        sessions = "1 unsaved session is" if count == 1 else f"{count:,} unsaved sessions are"
        self._ask(
            f"{sessions} older than {days} days. Berth does not delete sessions by itself.",
            (("Show unsaved sessions", self._actions.show_unsaved_sessions),),
        )

    def ask_before_losing_data(self, path: Path) -> None:
        """Saving would remove what Berth could not read from the file."""
        self._ask(
            f"“{path.name}” contains data that this version of Berth cannot read. Saving removes it.",
            (("Save anyway", partial(self._actions.save_to, path)), ("Save as…", self._actions.save_as)),
        )

    def ask_before_overwriting(self, path: Path) -> None:
        """The file dialog asked about a name without the suffix."""
        self._ask(
            f"“{path.name}” already exists.",
            (("Overwrite the file", partial(self._actions.save_to, path)), ("Save as…", self._actions.save_as)),
        )

    def report_conflict(self, conflict: WriteConflict) -> None:
        """The file on disk is not the version that was read, so it was not written."""
        path = conflict.path
        if conflict.session_token is not self.session_token:
            self._messages.error.emit(f"Not saved: another program has changed “{path.name}”. {UNSAVED_KEPT}")
            return
        self._ask(
            f"Not saved: another program has changed “{path.name}”.",
            (
                ("Overwrite the file", partial(self._actions.save_to, path)),
                ("Load the file", partial(self._actions.load, path)),
                ("Save as…", self._actions.save_as),
            ),
        )

    def ask_about_changed_file(self, path: Path) -> None:
        """Another program has written the file."""
        self._ask(
            f"Another program has changed “{path.name}”.",
            (
                ("Load the file", partial(self._actions.load, path)),
                ("Keep my session", partial(self._actions.use_file, path)),
            ),
        )

    def _ask(self, text: str, buttons: MessageButtons) -> None:
        guarded = tuple((label, partial(self._run, self.session_token, action)) for label, action in buttons)
        self._messages.question.emit(text, guarded)

    def _run(self, session_token: object, action: Callable[[], object]) -> None:
        if session_token is self.session_token:
            action()
        else:
            self._messages.error.emit("No action: the question was about the previous session.")
