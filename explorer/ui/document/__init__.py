"""The open session as a document: file, autosave, notes, recent files and sharing."""
