"""Who may pass: the viewer behind a request's cookie, and reads within their scope."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from data_access.database import Database, Transaction
from data_access.domain.people import SESSION_COOKIE, Role, Scope, Viewer
from data_access.settings import Settings
from data_access.viewers import viewer_of
from routes.worker import WorkerPort

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

TRUSTED_S = 5.0
"""How long an answer of the database about a session or a camera is believed."""
REMEMBERED = 10_000
"""How many such answers are kept; the oldest go first."""


class Recent:
    """Answers by key, each believed for ``TRUSTED_S``; an absence is an answer, too."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._answers: dict[object, tuple[float, object]] = {}

    def get(self, key: object) -> tuple[object] | None:
        """The answer in a tuple of one, or ``None`` where it is unknown or too old."""
        kept = self._answers.get(key)
        if kept is None or self._clock() - kept[0] > TRUSTED_S:
            return None
        return (kept[1],)

    def put(self, key: object, answer: object) -> None:
        """Keep an answer."""
        self._answers.pop(key, None)
        self._answers[key] = (self._clock(), answer)
        while len(self._answers) > REMEMBERED:
            self._answers.pop(next(iter(self._answers)))

    def forget(self, key: object) -> None:
        """Ask again next time."""
        self._answers.pop(key, None)


@dataclass(slots=True)
class Access:
    """What every route shares: settings, the database, and the question who is asking.

    Routes are made by ``make_routes(access)`` of their module. The database is asked on
    threads of its own, as many as its pool has connections.
    """

    settings: Settings
    database: Database
    pages: frozenset[str]
    worker: WorkerPort
    _recent: Recent = field(default_factory=Recent)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: _threads(5, "routes"))
    _at_the_door: ThreadPoolExecutor = field(default_factory=lambda: _threads(2, "sign-in"))

    async def viewer(self, connection: HTTPConnection) -> Viewer | None:
        """Whoever the session cookie stands for; ``None`` for nobody."""
        token = connection.cookies.get(SESSION_COOKIE)
        if not token:
            return None
        kept = self._recent.get(("viewer", token))
        if kept is None:
            found = await self.ask(viewer_of, self.database, token, datetime.now(UTC), active=False)
            self._recent.put(("viewer", token), found)
            return found
        return kept[0] if isinstance(kept[0], Viewer) else None

    async def require(
        self, connection: HTTPConnection, roles: Iterable[Role] = frozenset(Role)
    ) -> Viewer:
        """The viewer, or 401 for nobody and 403 for a role that may not."""
        viewer = await self.viewer(connection)
        if viewer is None:
            raise HTTPException(401)
        if viewer.role not in frozenset(roles):
            raise HTTPException(403)
        return viewer

    async def read(
        self,
        scope: Scope,
        question: Callable[Concatenate[Transaction, Asked], Answer],
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Answer:
        """Ask ``question(tx, …)`` in a transaction that sees the scope's rows only."""

        def within() -> Answer:
            with self.database.as_viewer(scope) as tx:
                return question(tx, *args, **kwargs)

        return await self.ask(within)

    async def read_recent(
        self,
        scope: Scope,
        question: Callable[Concatenate[Transaction, Asked], Answer],
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Answer:
        """As ``read``, but an answer of the last seconds for the same scope will do."""
        key = (question, scope.key, args, tuple(sorted(kwargs.items())))
        kept = self._recent.get(key)
        if kept is None:
            answer = await self.read(scope, question, *args, **kwargs)
            self._recent.put(key, answer)
            return answer
        return kept[0]  # type: ignore[return-value]  # the key names the question

    async def ask(
        self, question: Callable[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs
    ) -> Answer:
        """Run something that waits for the database without stopping the other requests."""
        return await _on(self._threads, lambda: question(*args, **kwargs))

    async def ask_at_the_door(
        self, question: Callable[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs
    ) -> Answer:
        """As ``ask``, for passwords: checking one is slow on purpose, and many who try at once
        must not keep those waiting who are in.
        """
        return await _on(self._at_the_door, lambda: question(*args, **kwargs))

    def forget(self, token: str) -> None:
        """A session ended or changed: ask the database about it next time."""
        self._recent.forget(("viewer", token))

    async def close(self) -> None:
        """End the threads and give the connections back."""
        await self.worker.close()
        for threads in (self._threads, self._at_the_door):
            threads.shutdown(wait=True, cancel_futures=True)
        self.database.close()


def _threads(count: int, name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix=name)


async def _on(threads: ThreadPoolExecutor, work: Callable[[], Answer]) -> Answer:
    return await asyncio.get_running_loop().run_in_executor(threads, work)
