"""The inflected forms of a lexicon entry.

A form too many does no harm (nobody writes *admited*), a form too few loses evidence; so where
English doubles a consonant only under stress, both spellings are made.
"""

from __future__ import annotations

_VOWELS = "aeiou"


def forms(entry: str, pos: str, irregular: dict[tuple[str, str], tuple[str, ...]]) -> tuple[str, ...]:
    """All forms of ``entry``, itself first.

    Args:
        entry: a lemma or a phrase, lower case.
        pos: ``v`` verb (the first word inflects), ``n`` noun (the last word does), ``a`` adjective,
            ``r`` adverb and ``x`` fixed phrase (neither changes).
        irregular: forms by (lemma, pos), which replace the regular ones.
    """
    words = entry.split(" ")
    if pos == "v":
        inflected = irregular.get((words[0], "v")) or _verb(words[0])
        made = [" ".join([form, *words[1:]]) for form in inflected]
    elif pos == "n":
        inflected = irregular.get((words[-1], "n")) or _noun(words[-1])
        made = [" ".join([*words[:-1], form]) for form in inflected]
    elif pos == "a" and len(words) == 1:
        made = list(irregular.get((entry, "a")) or _adjective(entry))
    else:
        made = []
    return tuple(dict.fromkeys([entry, *made]))


def _verb(word: str) -> tuple[str, ...]:
    stems = [word, word + word[-1]] if _may_double(word) else [word]
    if word.endswith("e"):
        past, ing = [word + "d"], [word + "ing" if word.endswith(("ee", "ye", "oe")) else word[:-1] + "ing"]
        if word.endswith("ie"):
            ing = [word[:-2] + "ying"]
    elif _consonant_y(word):
        past, ing = [word[:-1] + "ied"], [word + "ing"]
    else:
        past, ing = [s + "ed" for s in stems], [s + "ing" for s in stems]
    return (_add_s(word), *past, *ing)


def _noun(word: str) -> tuple[str, ...]:
    return (_add_s(word),)


def _adjective(word: str) -> tuple[str, ...]:
    if len(word) > 8:
        return ()
    if word.endswith("e"):
        return (word + "r", word + "st")
    if _consonant_y(word):
        return (word[:-1] + "ier", word[:-1] + "iest")
    stems = [word, word + word[-1]] if _may_double(word) else [word]
    return tuple(s + ending for s in stems for ending in ("er", "est"))


def _add_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    return word[:-1] + "ies" if _consonant_y(word) else word + "s"


def _consonant_y(word: str) -> bool:
    return len(word) > 1 and word[-1] == "y" and word[-2] not in _VOWELS


def _may_double(word: str) -> bool:
    return (
        len(word) > 2
        and word[-1] not in _VOWELS + "wxyh"
        and word[-2] in _VOWELS
        and (word[-3] not in _VOWELS or word[-3:-1] == "ui")
    )
