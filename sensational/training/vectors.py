"""Training the table of words: where they stand to one another, how rare they are, how they are written.

Vectors: positive pointwise mutual information of words within a window, factorised by a truncated
singular value decomposition, with the settings of O. Levy, Y. Goldberg and I. Dagan, "Improving
Distributional Similarity with Lessons Learned from Word Embeddings", TACL 3, 2015: context counts
raised to 0.75, frequent words thinned out, singular values to the power of a half. They found it level
with skip-gram; on one core it is many times faster, and it gives the same bytes every time, which
skip-gram with threads does not.

Words opposed in meaning (*rose*, *fell*) stand in the same places and come out near each other: the
table tells what two words are about, not whether they agree. The lexicon's ladders tell that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sensational.language.meaning import NEAR
from sensational.language.stems import stem
from sensational.training.files import checksum, provenance, versions, write_json, write_npz
from sensational.training.punkt import clean, read_bodies

# Words, and the marks that a window does not look across.
_TOKEN = re.compile(r"[a-z]+(?:['-][a-z]+)*|[.?!\n;:()\"]")
_POSSESSIVE = re.compile(r"'s?$")
_INSIDE = re.compile(r"(?<=[a-z] )[A-Za-z][a-z]++(?:['-][A-Za-z]++)*+")

WINDOW = 3
"""Of 3, 5 and 8 words to each side the best on ``tests/training/near_words.tsv``, by a little."""
DIMENSIONS = 100
VECTORS = 30_000
WORDS = 45_000
SMOOTHING = 0.75
THINNING = 1e-4
"""A word with this share of all words is kept always; one of share f is kept with sqrt(THINNING / f)."""
POWER = 0.5
"""Exponent of the singular values."""
BLOCK = 1000
"""So many vectors at a time are held against all others."""


def tokens(body: str) -> list[str]:
    """Lower-case words, possessives cut off, and the marks between sentences, of a cleaned body."""
    return [_POSSESSIVE.sub("", word) for word in _TOKEN.findall(body.lower())]


def train(
    articles: Path,
    out: Path,
    *,
    size: int | None = None,
    vectors: int = VECTORS,
    words: int = WORDS,
    dimensions: int = DIMENSIONS,
    seed: int = 0,
) -> None:
    """Learn from the bodies of ``articles`` (Parquet) and write ``out`` (NPZ) with ``out``.json beside it.

    Args:
        articles: a Parquet table with a column ``body``.
        out: the NPZ file; its arrays are described in ``sensational.language.meaning``.
        size: a seeded sample of so many bodies; None takes all.
        vectors: so many of the most frequent words get a vector.
        words: so many of the most frequent words get a document frequency and a share of capitals.
        dimensions: of a vector; at most 1,000, or dot products would not be exact (see ``meaning``).
        seed: for the sample, the thinning and the decomposition.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    bodies = [clean([body]) for body in read_bodies(articles, size, seed)]
    vocabulary, word_documents, stem_documents = _documents(bodies, words)
    with threadpool_limits(limits=1):  # a sum over threads depends on how many there are
        table = quantise(_factors(_ppmi(_ids(bodies, vocabulary[:vectors], seed)), dimensions, seed))
    stems = sorted(stem_documents)
    near_ends, near_rows, near_cosines = near(table)
    write_npz(
        out,
        {
            "vectors": table,
            "near_ends": near_ends,
            "near_rows": near_rows,
            "near_cosines": near_cosines,
            "words": _packed(vocabulary),
            "word_documents": np.array([word_documents[word] for word in vocabulary], dtype=np.int32),
            "capitals": _capitals(bodies, vocabulary),
            "stems": _packed(stems),
            "stem_documents": np.array([stem_documents[one] for one in stems], dtype=np.int32),
            "documents": np.array([len(bodies)], dtype=np.int32),
        },
    )
    write_json(
        out.with_suffix(".json"), _facts(articles, bodies, dimensions, seed, table.shape[0], len(stems))
    )


def _documents(bodies: Iterable[str], size: int) -> tuple[list[str], Counter[str], dict[str, int]]:
    """The ``size`` most frequent words, most frequent first, and document counts of words and stems."""
    total: Counter[str] = Counter()
    by_word: Counter[str] = Counter()
    by_stem: Counter[str] = Counter()
    for body in bodies:
        found = [word for word in tokens(body) if word[:1].isalpha()]
        total.update(found)
        unique = set(found)
        by_word.update(unique)
        by_stem.update({stem(word) for word in unique})
    ranked = sorted(total, key=lambda word: (-total[word], word))[:size]
    wanted = {stem(word) for word in ranked}
    return ranked, by_word, {one: by_stem[one] for one in wanted}


def _packed(words: list[str]) -> Any:
    """Words as bytes, a newline between: a numpy array of strings would take four bytes a character."""
    import numpy as np

    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def _capitals(bodies: Iterable[str], vocabulary: list[str]) -> Any:
    """Share of capitals inside sentences, a word: times 200; 255 where seen less than five times."""
    import numpy as np

    capital: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for body in bodies:
        for word in _INSIDE.findall(body):
            small = _POSSESSIVE.sub("", word.lower())
            seen[small] += 1
            capital[small] += word[0].isupper()
    return np.array(
        [
            (400 * capital[word] + seen[word]) // (2 * seen[word]) if seen[word] >= 5 else 255
            for word in vocabulary
        ],
        dtype=np.uint8,
    )


def _ids(bodies: Iterable[str], vocabulary: list[str], seed: int) -> Any:
    """Rows of the words of all bodies in order, frequent ones thinned out, -1 where a window ends."""
    import numpy as np

    number = {word: row for row, word in enumerate(vocabulary)}
    size = len(vocabulary)

    def rows() -> Iterator[int]:
        for body in bodies:
            for token in tokens(body):
                yield number.get(token, size) if token[:1].isalpha() else -1
            yield -1

    ids = np.fromiter(rows(), dtype=np.int32)
    counts = np.bincount(ids[ids >= 0], minlength=size + 1)
    share = np.maximum(counts, 1) / counts.sum()
    keep = np.minimum(1.0, np.sqrt(THINNING / share))
    keep[size] = 1.0  # rare words keep their place, so that a window stays as wide as it looks
    lottery = np.random.default_rng(seed).random(len(ids))
    return ids[(ids < 0) | (lottery < keep[ids])], size


def _ppmi(counted: tuple[Any, int]) -> Any:
    """Sparse matrix of positive pointwise mutual information, words by context words."""
    import numpy as np
    from scipy import sparse

    ids, size = counted
    reach = np.cumsum(ids < 0)  # equal for two words with no mark between them
    total = sparse.csr_matrix((size, size), dtype=np.float64)
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        held = (reach[:-distance] == reach[distance:]) & (left >= 0) & (right >= 0)
        held &= (left < size) & (right < size)
        ones = np.full(int(held.sum()), float(WINDOW + 1 - distance))  # near words count for more
        total = total + sparse.coo_matrix((ones, (left[held], right[held])), shape=(size, size)).tocsr()
    total = (total + total.T).tocsr()
    total.sum_duplicates()
    of_word = np.asarray(total.sum(axis=1)).ravel()
    of_context = of_word**SMOOTHING
    of_context /= of_context.sum()
    matrix = total.tocoo()
    value = np.log(matrix.data / np.maximum(of_word[matrix.row] * of_context[matrix.col], 1e-12))
    held = value > 0
    return sparse.csr_matrix((value[held], (matrix.row[held], matrix.col[held])), shape=(size, size))


def _factors(matrix: Any, dimensions: int, seed: int) -> Any:
    """Left singular vectors, weighted, each with the sign that makes its largest entry positive.

    In double precision: in single, where the memory happens to lie changes 2 in 1,000 rounded components.
    """
    import numpy as np
    from sklearn.utils.extmath import randomized_svd

    left, values, _ = randomized_svd(
        matrix, dimensions, n_oversamples=20, n_iter=4, random_state=seed, flip_sign=False
    )
    largest = np.argmax(np.abs(left), axis=0)
    left = left * np.sign(left[largest, np.arange(left.shape[1])])
    return left * values**POWER


def quantise(vectors: Any) -> Any:
    """Rows scaled so that the largest component is 127 or -127, as int8; rounded before, for steadiness."""
    import numpy as np

    largest = np.max(np.abs(vectors), axis=1, keepdims=True)
    scaled = np.round(vectors / np.where(largest > 0, largest, 1.0) * 127.0, 3)
    return np.rint(scaled).astype(np.int8)


def near(vectors: Any) -> tuple[Any, Any, Any]:
    """Which rows are near each other: for each where its list ends; the rows in it; their cosines.

    Near is a cosine of :data:`~sensational.language.meaning.NEAR` or more once rounded to four decimals;
    cosines are in ten-thousandths. Every row is near itself. All sums are of whole numbers, hence exact.
    """
    import numpy as np

    floats = vectors.astype(np.float32)
    squares = np.maximum(np.einsum("ij,ij->i", floats, floats), 1).astype(np.float64)
    counts, rows, cosines = [], [], []
    for start in range(0, len(floats), BLOCK):
        dots = (floats[start : start + BLOCK] @ floats.T).astype(np.float64)
        rounded = (dots / np.sqrt(np.multiply.outer(squares[start : start + BLOCK], squares))).round(4)
        held = rounded >= NEAR
        counts.append(held.sum(axis=1))
        rows.append(np.nonzero(held)[1])
        cosines.append(np.rint(rounded[held] * 10_000))
    return (
        np.cumsum(np.concatenate(counts)).astype(np.int32),
        np.concatenate(rows).astype(np.uint16),
        np.concatenate(cosines).astype(np.uint16),
    )


def _facts(
    articles: Path, bodies: list[str], dimensions: int, seed: int, rows: int, stems: int
) -> dict[str, Any]:
    return provenance(
        what="Word vectors, document frequencies and shares of capitals",
        method="positive pointwise mutual information and truncated singular value decomposition",
        settings={
            "window": WINDOW,
            "dimensions": dimensions,
            "vectors": rows,
            "stems": stems,
            "context_smoothing": SMOOTHING,
            "near": NEAR,
            "thinning": THINNING,
            "power": POWER,
        },
        data="bodies of English-language news articles, 2012 to 2020; no text of theirs is in this file",
        data_sha256=checksum(articles),
        bodies=len(bodies),
        seed=seed,
        libraries=versions("numpy", "scipy", "scikit-learn", "pyarrow", "PyStemmer"),
    )
