"""What stops a run over a corpus: something that the user can put right."""

from __future__ import annotations


class CorpusError(ValueError):
    """What was wrong and what to do about it, in one sentence; nothing that was done is lost."""
