"""How often one client may get something wrong."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_CLIENTS = 4096


class Allowance:
    """Each client may fail ``tries`` times, and gets one try back every ``seconds`` (a leaky bucket)."""

    def __init__(self, tries: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._tries = tries
        self._seconds = seconds
        self._clock = clock
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def left(self, client: str) -> bool:
        """Whether ``client`` has a try left."""
        return self._now(client) <= self._tries - 1

    def spend(self, client: str) -> None:
        """Count one failure of ``client``."""
        self._spent[client] = (self._now(client) + 1, self._clock())
        self._spent.move_to_end(client)
        if len(self._spent) > _MOST_CLIENTS:
            self._spent.popitem(last=False)

    def _now(self, client: str) -> float:
        spent, since = self._spent.get(client, (0.0, 0.0))
        return max(0.0, spent - (self._clock() - since) / self._seconds)
