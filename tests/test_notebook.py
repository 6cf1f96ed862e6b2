"""The notebook of the documents runs from its first cell to its last, and is kept without outputs."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "researchers" / "notebook.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]


def run(cell: str, names: dict[str, Any]) -> Any:
    """Runs the source of a cell and returns what a notebook would show of it, the value of its last line."""
    *lines, last = ast.parse(cell).body
    exec(compile(ast.Module(lines, []), NOTEBOOK.name, "exec"), names)  # noqa: S102
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)  # noqa: S307
    exec(compile(ast.Module([last], []), NOTEBOOK.name, "exec"), names)  # noqa: S102
    return None


def test_it_runs_from_the_table_to_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    monkeypatch.chdir(NOTEBOOK.parent)  # where a notebook server and the site run it
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    shown: list[Any] = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
    names: dict[str, Any] = {}
    for cell in CELLS:
        if cell["cell_type"] == "code":
            value = run("".join(cell["source"]), names)
            if hasattr(value, "_repr_html_"):
                assert "<" in value._repr_html_()
    figures = [axes for figure in shown for axes in figure.axes]
    plt.close("all")

    articles, scores = names["articles"], names["scores"]
    assert list(scores.index) == list(articles.index)
    assert set(scores["status"]) == {"scored", "not_scored"}
    assert scores.loc[scores["status"] == "scored", "divergence"].between(0, 100).all()
    assert set(names["terms"].index) <= set(articles.index)
    assert len(figures) == 2
    assert all(axes.get_xlabel() and axes.lines for axes in figures)


def test_it_is_kept_without_outputs() -> None:
    """So that no figure in it is older than the code, and no machine is named."""
    code = [cell for cell in CELLS if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
