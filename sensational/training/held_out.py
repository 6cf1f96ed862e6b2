"""Which articles may be learned from, where a set is too costly to fit anew for every fold."""

from __future__ import annotations

import re
from zlib import crc32

_KEY = 150
_NOT_A_LETTER = re.compile(r"[\W_]+")


def for_training(body: str) -> bool:
    """Whether an article may be learned from: about half may, and the measures are taken on the others.

    The same article, told by its first letters, falls on one side in every set, so that summaries of one
    article in two sets stay together.
    """
    return crc32(_NOT_A_LETTER.sub("", body[: 3 * _KEY].lower())[:_KEY].encode("utf-8")) % 2 == 0
