"""``frame.sensational``: made known to pandas as soon as both are imported, whichever comes first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType


def register() -> None:
    """Makes ``frame.sensational`` known to pandas: now, or when pandas is imported, without importing it."""
    pandas: Any = sys.modules.get("pandas")
    if hasattr(pandas, "DataFrame"):
        if not hasattr(pandas.DataFrame, "sensational"):
            pandas.api.extensions.register_dataframe_accessor("sensational")(_accessor)
    elif not any(isinstance(finder, _Waiting) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Waiting())


def _accessor(df: Any) -> Any:
    """The accessor of a frame; like the names of the package, it is imported when it is first used."""
    from importlib import import_module

    return import_module("sensational.corpus.frame").Accessor(df)


class _Waiting:
    """Finds pandas as the others do, and has the accessor registered when it is there."""

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != "pandas":
            return None
        others = (finder for finder in sys.meta_path if finder is not self and hasattr(finder, "find_spec"))
        spec = next((found for finder in others if (found := finder.find_spec(name, path, target))), None)
        if spec is not None and spec.loader is not None:
            loader: Any = _Registering(spec.loader, self)
            spec.loader = loader
        return spec


class _Registering:
    """The loader of pandas, which registers the accessor at its end."""

    def __init__(self, loader: Any, waiting: _Waiting) -> None:
        self._loader = loader
        self._waiting = waiting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)  # type: ignore[no-any-return]

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self._waiting]
        register()
