"""The site: Sphinx with MyST. Build it with ``tox -e docs``, where every warning is an error."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from docutils import nodes
from docutils.parsers.rst import Directive

from sensational import __version__
from sensational.cli import cli

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "sensational"
author = "The sensational authors"
version = release = __version__
html_title = f"sensational {version}"
html_theme = "furo"
html_show_copyright = False
html_theme_options = {"source_view_link": "", "top_of_page_buttons": []}

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
]
# A Markdown file of docs/ that belongs to no page of the site.
exclude_patterns = ["_build", "images"]

myst_enable_extensions = ["attrs_block"]
myst_heading_anchors = 3

# The notebook is kept without its outputs and runs anew in each build, so that its figures are never old.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
os.environ.setdefault("OMP_NUM_THREADS", "1")

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"


class CommandHelp(Directive):
    """What ``--help`` says, of each command in a section of its own."""

    def run(self) -> list[nodes.Node]:
        """A section per command."""
        return [
            self._section(context)
            for context in _contexts(click.Context(cli, info_name="sensational", **cli.context_settings))
        ]

    def _section(self, context: click.Context) -> nodes.section:
        name = context.command_path
        section = nodes.section(ids=[name.replace(" ", "-")], names=[name])
        section += nodes.title(text=name)
        section += nodes.literal_block(text=context.get_help(), language="none")
        return section


def _contexts(context: click.Context) -> Iterator[click.Context]:
    context.terminal_width = 80
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None  # noqa: S101 - it was listed
            yield from _contexts(click.Context(found, parent=context, info_name=name))


def setup(app: Sphinx) -> None:
    """Adds what the pages need and no extension has."""
    app.add_directive("command-help", CommandHelp)
