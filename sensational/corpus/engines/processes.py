"""Processes of this machine score, each a part at a time.

Written on ``multiprocessing`` and not on its pools: when a worker dies, ``multiprocessing.Pool`` waits for it
for ever, and ``ProcessPoolExecutor`` gives up all parts and does not say whose worker died.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from sensational.corpus.engines import Died, Work
from sensational.corpus.errors import CorpusError
from sensational.corpus.part import Result
from sensational.corpus.rows import Part

# Workers that may end one after the other before they have begun.
_TRIES = 5
# Ctrl-C, the end of a session and of the machine reach workers as well: the run decides when they stop.
_NOT_FOR_WORKERS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
]
_NO_MEMORY = 75
_BEGUN = "begun"  # the first that a worker says


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    part: Part | None = None
    begun: bool = False


class Processes:
    """The engine of ``count`` processes. A worker that dies is replaced, and its part reported.

    ``spawn``, on every system: a forked worker would hold on to the lock and the files of this process.
    """

    def __init__(self, work: Work, count: int) -> None:
        self._work = work
        self._count = count
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._ready: deque[Part] = deque()
        self._stillborn = 0  # workers that ended before they had begun, one after the other

    def room(self) -> bool:
        """True while each worker has less than one part to do and one waiting."""
        busy = sum(worker.part is not None for worker in self._workers)
        return busy + len(self._ready) < 2 * self._count

    def submit(self, part: Part) -> None:
        """Hands the part to a worker that has none, or keeps it ready."""
        self._ready.append(part)
        self._hand_out()

    def next(self) -> Result | Died:
        """Waits for the first worker that is done, or dead.

        Raises:
            CorpusError: workers end before they have begun.
        """
        while True:
            self._hand_out()
            ready = wait([worker.pipe for worker in self._workers if worker.part])
            worker = next(one for one in self._workers if one.pipe in ready)
            part = worker.part
            if part is None:
                raise RuntimeError("no part was submitted")
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                how = self._bury(worker)
                if worker.begun:
                    return Died(part, how)
                self._ready.appendleft(part)  # which it has not even seen
                continue
            if said == _BEGUN:
                worker.begun, self._stillborn = True, 0
                continue
            worker.part = None
            self._hand_out()
            return said if isinstance(said, Result) else Died(part, f"it failed: {said}")

    def close(self) -> None:
        """Ends the workers; they hold nothing that would have to be saved."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers = []

    def _hand_out(self) -> None:
        while self._ready:
            idle = next((one for one in self._workers if one.part is None), None)
            if idle is None and len(self._workers) == self._count:
                return
            worker = idle or self._hire()
            try:
                worker.pipe.send(self._ready[0])
            except OSError:
                self._bury(worker)  # it died while it had nothing to do: somebody ended it
                continue
            worker.part = self._ready.popleft()

    def _hire(self) -> _Worker:
        """Starts a worker.

        Raises:
            CorpusError: the system gives none.
        """
        try:
            return self._started()
        except OSError as problem:
            raise CorpusError(
                f"worker process {len(self._workers) + 1} of {self._count} cannot be started "
                f"({(problem.strerror or str(problem)).lower()}); use fewer --workers, and go on with "
                "--resume"
            ) from problem

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        with _signals_held():
            process.start()
        theirs.close()  # so that the pipe ends when the worker does
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _bury(self, worker: _Worker) -> str:
        """Lets go of a worker that has ended, and says how it did.

        Raises:
            CorpusError: and so have others before it, none of which had begun.
        """
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        how = _ended(worker.process.exitcode or 0)
        self._stillborn += not worker.begun
        if self._stillborn > _TRIES:
            raise CorpusError(
                f"worker processes end as soon as they start ({how}); a script that uses them has to "
                'do so under `if __name__ == "__main__":`'
            )
        return how


def _ended(code: int) -> str:
    """How a process with this exit code ended."""
    if code == _NO_MEMORY:
        return "it failed: MemoryError"
    if code == -9:
        return "killed (signal 9), as the system does when memory runs out"
    return f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"


@contextmanager
def _signals_held() -> Iterator[None]:
    """While a worker is started, which takes a second in which it cannot yet say that it ignores them."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it lets signals through again when it begins, so that it has to have begun
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _NOT_FOR_WORKERS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, work: Work) -> None:
    """A worker: parts in, results out, until the pipe ends, which it does too when the other side dies."""
    for number in _NOT_FOR_WORKERS:
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _NOT_FOR_WORKERS)
    try:
        pipe.send(_BEGUN)
        while True:
            part = pipe.recv()
            try:
                result: Result | str = work(part)
            except Exception as problem:
                result = f"{type(problem).__name__}: {problem}"
            pipe.send(result)
    except (EOFError, OSError):
        pass
    except MemoryError:  # over the part as it came, or the result as it goes; the pipe may be half full
        os._exit(_NO_MEMORY)
