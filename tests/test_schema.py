"""The output form: dataclasses, JSON Schema and codebook say the same, and real outputs keep to it."""

import csv
import json
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pandas
import pytest
from jsonschema import Draft202012Validator

from sensational import read, score, score_article, score_frame
from sensational.analysis import SCHEMA_VERSION, VERDICTS, Analysis, StanceLabel
from sensational.cli import as_json
from sensational.combiner import load_combiner
from sensational.corpus.forms import Output

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "docs" / "analysis.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
ARTICLES = sorted(path for path in (ROOT / "data").iterdir() if path.suffix in {".txt", ".html"})
# What a corpus adds to an analysis: in the schema, where no single article has to have it, and in the tables.
OF_A_CORPUS = {"file", "row", "columns"}
NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}

STORY = "The council met on Monday and agreed to mend the roof of the town hall before the winter. " * 3
NOT_SCORED = {
    "no body": ("Town hall roof falls in", ""),
    "no headline": ("", STORY),
    "neither": ("", ""),
    "short": ("Town hall roof falls in", "The roof leaks."),
    "German": (
        "Dach des Rathauses stürzt ein",
        "Der Rat hat am Montag beschlossen, das Dach zu flicken. " * 9,
    ),
    "live blog": (
        "Town hall roof: live updates",
        "\n\n".join(f"1{hour}:05\n{STORY}" for hour in range(6)),
    ),
}


def rows() -> list[dict[str, str]]:
    with (ROOT / "data" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def leaves(kind: Any, path: str = "", null: bool = False) -> Iterator[tuple[str, str, str]]:
    """Path, type and values of everything in the output that is no list or object itself."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (other,) = (one for one in arguments if one is not type(None))
        yield from leaves(other, path, True)
    elif is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            if field.name != "article":  # what was scored, which is no part of the form
                yield from leaves(hints[field.name], f"{path}.{field.name}".lstrip("."), null)
    elif origin is tuple and arguments[-1] is Ellipsis:
        yield from leaves(arguments[0], f"{path}[]", null)
    elif origin is tuple:
        for position, item in enumerate(arguments):
            yield from leaves(item, f"{path}[{position}]", null)
    elif origin is dict:
        of_a_term = path.startswith("terms")  # whose probabilities are not there where it was not scored
        for label in VERDICTS if of_a_term else get_args(StanceLabel):
            yield from leaves(arguments[1], f"{path}.{label}", null or of_a_term)
    elif origin is Literal:
        yield path, "string" + " or null" * null, "|".join(arguments)
    else:
        yield path, NAMES[kind] + " or null" * null, ""


def in_schema(path: str) -> dict[str, Any]:
    """The part of the schema that describes ``path``."""
    part = SCHEMA
    for step in path.replace("[", ".[").split("."):
        while "$ref" in part or "oneOf" in part:
            part = part["oneOf"][1] if "oneOf" in part else SCHEMA["$defs"][part["$ref"].rsplit("/", 1)[1]]
        if step == "[]":
            part = part["items"]
        elif step.startswith("["):
            part = part["prefixItems"][int(step.strip("[]"))]
        else:
            assert step in part["required"] or step in OF_A_CORPUS, (
                f"{path}: the schema does not require {step}"
            )
            part = part["properties"][step]
    while "$ref" in part or "oneOf" in part:
        part = part["oneOf"][1] if "oneOf" in part else SCHEMA["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return part


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION


def test_codebook_has_every_field_of_the_dataclasses() -> None:
    said = {(row["path"], row["type"]) for row in rows() if row["path"] and row["path"] not in OF_A_CORPUS}
    assert said == {(path, kind) for path, kind, _ in leaves(Analysis)}


def test_schema_has_every_field_of_the_dataclasses() -> None:
    for path, kind, values in leaves(Analysis):
        part = in_schema(path)
        if values:
            assert part["enum"] == values.split("|"), path
        elif "enum" not in part and "const" not in part:
            types_ = part["type"] if isinstance(part["type"], list) else [part["type"]]
            assert kind.removesuffix(" or null") in types_, path


def test_codebook_has_every_column_of_a_corpus() -> None:
    tables = Output("csv", ())
    for table in tables.tables:
        said = {row["column"]: row["type"].split(" or ")[0] for row in rows() if row["table"] == table}
        assert said == tables.kinds(table)


@pytest.mark.parametrize("row", [row for row in rows() if row["path"]], ids=lambda row: row["path"])
def test_codebook_says_what_the_schema_says(row: dict[str, str]) -> None:
    part = in_schema(row["path"])
    assert row["meaning"]
    assert row["since"]
    assert (row["table"] == "") == (row["column"] == "")
    if "enum" in part:
        assert row["range"] == "|".join(part["enum"])
    elif "maximum" in part:
        assert row["range"] == f"{part['minimum']} to {part['maximum']}"
    elif "minimum" in part:
        assert row["range"] == f"{part['minimum']} or more"


def test_codebook_names_the_thresholds_and_the_status_of_a_frame() -> None:
    said = {(row["table"], row["column"]): row["meaning"] for row in rows()}
    combiner = load_combiner()
    assert f"supported_from of combiner.json ({combiner.supported_from})" in said["terms", "verdict"]
    assert f"also of combiner.json ({combiner.also})" in said["terms", "also"]
    frame = pandas.DataFrame({"headline": ["Roof falls", b"\xff"], "body": [STORY, STORY]})
    made = score_frame(frame, keep=False)
    assert list(made["status"]) == ["scored", "rejected"]
    assert "in score_frame also rejected" in said["articles", "status"]
    assert list(made.columns[made.iloc[1].notna()]) == ["status", "reason"]


def test_table_columns_are_named_once() -> None:
    named = [(row["table"], row["column"]) for row in rows() if row["column"]]
    assert len(named) == len(set(named))
    assert {table for table, _ in named} == {"articles", "terms"}
    assert all(column.isidentifier() for _, column in named)


def violations(analysis: Analysis) -> list[str]:
    return [
        f"{error.json_path}: {error.message}"
        for error in VALIDATOR.iter_errors(json.loads(as_json(analysis)))
    ]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_articles_keep_to_the_schema(path: Path) -> None:
    article = read(path)
    analysis = score_article(article)
    assert analysis.status == "scored"
    assert violations(analysis) == []
    assert analysis.divergence is not None
    assert analysis.interval is not None
    assert analysis.interval[0] <= analysis.divergence <= analysis.interval[1]
    assert sum(term.contribution or 0 for term in analysis.terms) == pytest.approx(
        analysis.divergence, abs=1e-9
    )
    for term in analysis.terms:
        assert article.headline[term.start : term.end] == term.text
        assert term.loaded == (term.kind != "plain")
        assert term.verdict not in term.also
        assert term.loaded or term.verdict != "supported"
        assert tuple(term.probabilities) == VERDICTS
        assert sum(term.probabilities.values()) == pytest.approx(1, abs=1e-3)
        assert term.reason
        assert term.without is not None
        assert term.without <= analysis.divergence
        for piece in term.evidence:
            assert article.body[piece.start : piece.end] == piece.text
            assert piece.sentence < analysis.body.sentences


@pytest.mark.parametrize("case", NOT_SCORED)
def test_articles_that_are_not_scored_keep_to_the_schema(case: str) -> None:
    analysis = score(*NOT_SCORED[case], id=case)
    assert violations(analysis) == []
    assert (analysis.status, analysis.divergence, analysis.id) == ("not_scored", None, case)
    assert analysis.reason
    assert all(term.loaded and term.verdict is None for term in analysis.terms)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["divergence"], 101),
        (["divergence"], None),
        (["reason"], "because"),
        (["interval"], [1]),
        (["status"], "maybe"),
        (["terms", 0, "kind"], "loud"),
        (["terms", 0, "support"], 1.5),
        (["terms", 0, "start"], -1),
        (["terms", 0, "also"], ["weaker", "weaker"]),
        (["terms", 0, "reason"], None),
        (["terms", 0, "probabilities"], {"supported": 1}),
        (["provenance", "lexicon"], ""),
        (["provenance", "verifier"], ""),
    ],
)
def test_schema_refuses(path: list[Any], value: Any) -> None:
    output = json.loads(as_json(score("Roof ‘shock’ as hall falls", STORY)))
    assert VALIDATOR.is_valid(output)
    part = output
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert not VALIDATOR.is_valid(output)
    del part[path[-1]]
    assert not VALIDATOR.is_valid(output), "a field that is missing passes"
