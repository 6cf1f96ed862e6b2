"""The parts of NLTK that scoring uses. Import this module inside the function that needs it.

``nltk/__init__.py`` imports all of NLTK. That takes about 0.2 s of processor time, and 1.3 s where
scikit-learn and SciPy are installed, which NLTK then imports too and which we do not need from it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Make the modules ``names`` look as if they were not installed, unless they are imported already."""
    hidden = {name: None for name in names if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name, "") is None:
                del sys.modules[name]


with without("sklearn", "scipy"):
    from nltk.stem.snowball import EnglishStemmer as EnglishStemmer
    from nltk.tokenize.punkt import _ORTHO_MID_LC as SEEN_SMALL  # a word was seen small inside a sentence
    from nltk.tokenize.punkt import PunktParameters as PunktParameters
    from nltk.tokenize.punkt import PunktSentenceTokenizer as PunktSentenceTokenizer

__all__ = ["SEEN_SMALL", "EnglishStemmer", "PunktParameters", "PunktSentenceTokenizer", "without"]
