"""What the makers of word tables share: names and sides, vectors, and how a table is written."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sensational.language import meaning

NAME_SHARE = 0.6  # from this share of capitals on, a word is a name

# Words for sides and peoples: they say who, and must not be loaded whoever it is.
SIDES = frozenset(
    """
    democrat democrats democratic dem dems republican republicans gop tory tories labour liberal
    liberals liberalism conservative conservatives conservatism progressive progressives progressivism
    left leftist leftists left-wing leftwing left-winger right rightist right-wing rightwing
    right-winger far-right far-left alt-right centrist centrists moderate moderates socialist socialists
    socialism communist communists communism libertarian libertarians green greens independent
    independents populist populists populism nationalist nationalists nationalism capitalist capitalists
    capitalism marxist marxists marxism antifa muslim muslims islam islamic islamist islamists christian
    christians catholic catholics evangelical evangelicals jewish jew jews hindu hindus atheist atheists
    black blacks white whites hispanic hispanics latino latinos latina asian asians african
    african-american african-americans native immigrant immigrants migrant migrants refugee refugees
    alien aliens woman women man men female male girl girls boy boys gay gays lesbian lesbians trans
    transgender lgbt lgbtq queer straight feminist feminists feminism pro-life pro-choice anti-abortion
    president presidential senator senators congressman congresswoman governor mayor feds millennial
    millennials boomer boomers mainstream media press journalists reporters outlet outlets
    """.split()
)


def usual_case(word: str) -> float:
    """Share of capitals; 1 for a word whose case is not known: most are acronyms, as of outlets."""
    share = meaning.capital_share(word)
    return 1.0 if share is None else share


def direction(word: str) -> list[float]:
    """The word's vector at length 1; zeros where it has none."""
    table = meaning._vectors()
    row = meaning.row(word)
    if row is None:
        return [0.0] * table.vectors.shape[1]
    length = math.sqrt(float(table.squares[row]))
    return [float(one) / length for one in table.vectors[row]]


def write(
    path: Path,
    data: Mapping[str, Any],
    facts: Mapping[str, Any],
    unit: str,
    small: Sequence[str],
    tables: Sequence[str],
) -> None:
    """One entry of a table a line, sorted: small, and a change shows as one line."""
    blocks = [
        f'"provenance": {json.dumps(facts, sort_keys=True)}',
        f'"unit": {json.dumps(unit)}',
        *(f'"{name}": {json.dumps(data[name], sort_keys=True)}' for name in small),
        *(f'"{name}": {{\n{_lines(data[name])}\n}}' for name in tables),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8", newline="\n")


def _lines(table: Mapping[str, Any]) -> str:
    return ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(table[name])}" for name in sorted(table)
    )
