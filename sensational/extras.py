"""Libraries that only an extra of the package brings along."""

from __future__ import annotations


def not_installed(name: str | None, extra: str) -> str:
    """That a library is missing, and how to get it, in a checkout and without one."""
    how = f'in a checkout: pip install -e ".[{extra}]"'
    return f'{name} is not installed; it comes with the extra "{extra}" ({how})'
