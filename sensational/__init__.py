"""Sets each loaded term of a headline against what its article's body supports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sensational.accessor import register

if TYPE_CHECKING:
    from sensational.analysis import Analysis as Analysis
    from sensational.article import Article as Article
    from sensational.corpus.frame import score_frame as score_frame
    from sensational.corpus.many import score_many as score_many
    from sensational.corpus.transformer import SensationalFeatures as SensationalFeatures
    from sensational.reading import read as read
    from sensational.scorer import score as score
    from sensational.scorer import score_article as score_article

__version__ = "0.1.0"
__all__ = [
    "Analysis", "Article", "SensationalFeatures", "__version__", "read", "score", "score_article",
    "score_frame", "score_many",
]  # fmt: skip

# Names are imported when they are first used, so that ``import sensational`` costs next to nothing.
_HOMES = {
    "Analysis": "sensational.analysis",
    "Article": "sensational.article",
    "read": "sensational.reading",
    "score": "sensational.scorer",
    "score_article": "sensational.scorer",
    "score_frame": "sensational.corpus.frame",
    "score_many": "sensational.corpus.many",
    "SensationalFeatures": "sensational.corpus.transformer",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'sensational' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


register()
