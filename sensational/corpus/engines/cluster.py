"""A Dask cluster scores: the same parts, sent to wherever its workers are."""

from __future__ import annotations

import logging
import queue
import time
import warnings
from concurrent.futures import CancelledError
from typing import Any

from sensational.corpus.engines import Died, Work
from sensational.corpus.errors import CorpusError
from sensational.corpus.part import Result
from sensational.corpus.rows import Part
from sensational.extras import not_installed

# How long to wait for the scheduler, and for the first worker, in seconds.
_PATIENCE = 30
# How long to wait for another worker when all are gone, in seconds.
_WITHOUT = 180
# How long the number of workers is taken for true, in seconds.
_FRESH = 5.0


class Dask:
    """The engine of a cluster; Dask itself gives the part of a dead worker to another one.

    Args:
        work: what is done to a part; the workers need the same version of this package.
        scheduler: its address, as ``tcp://127.0.0.1:8786``.

    Raises:
        CorpusError: Dask is not installed, nobody answers, or there is no worker.
    """

    def __init__(self, work: Work, scheduler: str) -> None:
        try:
            import distributed
        except ImportError:
            raise CorpusError(not_installed("Dask", "dask")) from None
        self._work = work
        self._scheduler = scheduler
        # What matters of it is raised; the rest would stand between the lines of the progress.
        for name in ("distributed", "distributed.client"):  # which has a level of its own
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            make: Any = distributed.Client
            self._client = make(scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise CorpusError(
                f"no Dask scheduler answers at {scheduler} ({type(problem).__name__}); start one with "
                "`dask scheduler`, and workers with `dask worker ADDRESS`"
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, TimeoutError):
            self.close()
            raise CorpusError(
                f"the scheduler at {scheduler} has no worker; start some with `dask worker {scheduler}`"
            ) from None
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._out: dict[str, tuple[Part, Any]] = {}
        self._sent = 0
        self._room = (0, -_FRESH)

    def room(self) -> bool:
        """True while each thread of the cluster has less than one part to do and one waiting."""
        threads, when = self._room
        if time.monotonic() - when > _FRESH:
            threads = max(1, sum(self._client.nthreads().values()))
            self._room = (threads, time.monotonic())
        return len(self._out) < 2 * threads

    def submit(self, part: Part) -> None:
        """Sends the part itself, not a reference to it: a reference would die with its worker."""
        self._sent += 1
        key = f"sensational-{id(self)}-{self._sent}"
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
            future = self._client.submit(self._work, part, key=key, pure=False)
        self._out[key] = (part, future)
        future.add_done_callback(self._ended.put)

    def next(self) -> Result | Died:
        """Waits for the first part that is done."""
        while True:
            key = self._first_ended()
            part, future = self._out[key]
            try:
                ended = self._fetched(part, future)
            except TimeoutError:  # the result died with its worker, and Dask does the part again
                continue
            del self._out[key]
            future.release()
            return ended

    def _fetched(self, part: Part, future: Any) -> Result | Died:
        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            result = future.result(timeout=_PATIENCE)
        except KilledWorker:
            return Died(part, "killed on several workers, one after the other")
        except MemoryError:
            return Died(part, "it failed: MemoryError")
        except (CancelledError, CommClosedError):  # which of them depends on what it was waited for
            raise CorpusError(
                f"the scheduler at {self._scheduler} was lost; start it again, with workers, and go on with "
                "--resume"
            ) from None
        except TimeoutError:  # no failure of the cluster: `next` asks again
            raise
        except Exception as problem:
            raise CorpusError(
                f"the cluster failed ({type(problem).__name__}: {str(problem)[:200]}); its workers need this "
                "version of the package, and the scheduler has to stay; go on with --resume"
            ) from problem
        if not isinstance(result, Result):
            raise CorpusError(
                "the cluster gave something that is not a result; its workers have another version"
            )
        return result

    def _first_ended(self) -> str:
        """The key of a part that is done; asked for now and then, should its word be lost with its worker."""
        seen = time.monotonic()
        while True:
            try:
                key: str = self._ended.get(timeout=_FRESH).key
                if key in self._out:
                    return key
            except queue.Empty:
                ended = next((key for key, (_, future) in self._out.items() if future.done()), None)
                if ended is not None:
                    return ended
                if self._client.nthreads():
                    seen = time.monotonic()
                elif time.monotonic() - seen > _WITHOUT:
                    raise CorpusError(
                        f"the cluster has had no worker for {_WITHOUT} s; start some, and go on with --resume"
                    ) from None

    def close(self) -> None:
        """Lets go of the cluster; it stays."""
        for _, future in getattr(self, "_out", {}).values():
            future.release()
        self._client.close()
