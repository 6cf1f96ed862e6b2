"""Where articles are scored and drawn: one thread beside the event loop; few may wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sensational.web.settings import MOST_WAITING

T = TypeVar("T")


class BusyError(Exception):
    """Too many wait already."""


class Worker:
    """One thread for everything that takes more than a moment.

    One, because charts and readability keep state that two threads would mix up; the event loop
    goes on answering meanwhile.
    """

    def __init__(self, waiting: int = MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sensational-score")
        self._free = waiting

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, or raises.

        Raises:
            BusyError: too many wait already.
        """
        if self._free <= 0:
            raise BusyError
        self._free -= 1
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        # counted back when the work is done, also where nobody waits for it any longer
        future.add_done_callback(self._done)
        return await asyncio.shield(future)

    def start(self, work: Callable[[], object]) -> None:
        """Do ``work`` while nobody waits for it; what goes wrong will go wrong again for whoever waits."""
        self._threads.submit(work)

    def _done(self, future: asyncio.Future[T]) -> None:
        self._free += 1
        if not future.cancelled():
            future.exception()

    def close(self) -> None:
        """Finish what runs, drop what waits."""
        self._threads.shutdown(wait=False, cancel_futures=True)
