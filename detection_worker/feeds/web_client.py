"""Asking a camera over HTTP, with an end to everything: time, length, redirects.

A camera that sends one letter a minute keeps a blocking reader for ever, since each letter is
an answer in time. So a feed's thread runs a small loop of its own, in which every step has a
deadline as a whole and ``stop`` ends it at once.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator, Coroutine, Generator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from detection_worker.feeds.address import split_credentials
from detection_worker.feeds.source import (
    BROKE_OFF,
    NO_ANSWER,
    NO_STREAM,
    REDIRECTS,
    REFUSED_CONNECTION,
    UNREADABLE_STREAM,
    WRONG_PASSWORD,
    FeedError,
    FeedMissing,
    FeedRefused,
    FeedSilent,
    FeedUnreachable,
    FeedUnreadable,
)

MOST_REDIRECTS = 5

Given = TypeVar("Given")

for _name in ("httpx", "httpcore"):
    # They log whole addresses and headers, and so the secrets in them.
    logging.getLogger(_name).setLevel(logging.WARNING)


class CameraAuth(httpx.Auth):
    """Digest where the camera offers it, else basic; nothing is sent before it asks."""

    def __init__(self, name: str, password: str) -> None:
        self._name, self._password = name, password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Answer the camera's challenge, and remember which kind it was."""
        if self._chosen is None:
            answer = yield request
            offered = " ".join(answer.headers.get_list("www-authenticate")).lower()
            if answer.status_code != httpx.codes.UNAUTHORIZED or not offered:
                return
            kind = httpx.DigestAuth if "digest" in offered else httpx.BasicAuth
            self._chosen = kind(self._name, self._password)
        yield from self._chosen.auth_flow(request)


class WebClient:
    """Requests to one address from one thread; ``stop`` may be called from any.

    ``silence`` is the error of a step that is not over within ``patience_s``.
    """

    def __init__(self, feed_url: str, url: str, patience_s: float) -> None:
        self._feed_url, self._patience_s = feed_url, patience_s
        self._credentials = split_credentials(url)
        self._runner = asyncio.Runner()
        self._loop = self._runner.get_loop()
        self._stopping = threading.Event()
        self._step: asyncio.Task[Any] | None = None
        self._client: httpx.AsyncClient | None = None
        self._answer: httpx.Response | None = None
        self._body: AsyncIterator[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(Exception):  # the other side may be gone
            self._runner.run(asyncio.wait_for(self._close(), 1.0))
        self._runner.close()

    def stop(self) -> None:
        """Let the step that is under way, and any later one, end with ``Stopped``."""
        self._stopping.set()
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            self._loop.call_soon_threadsafe(self._cancel)

    def ask(self, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """The answer's status and headers; its body waits for ``piece``.

        Raises:
            FeedError: nobody answers in time, or not as a camera does.
        """
        answer = self._within(self._ask(dict(headers or {})), FeedUnreachable, NO_ANSWER)
        if answer.status_code in (401, 403):
            raise FeedRefused(self._feed_url, WRONG_PASSWORD)
        if answer.status_code in (404, 410):
            raise FeedMissing(self._feed_url, NO_STREAM)
        if answer.status_code >= 400:
            raise FeedUnreachable(self._feed_url, NO_ANSWER)
        return answer

    def piece(self, silence: str) -> bytes:
        """The next bytes of the body; empty at its end. ``silence`` is said if none come."""
        return self._within(self._piece(), FeedSilent, silence)

    def _within(
        self, step: Coroutine[Any, Any, Given], silent: type[FeedError], silence: str
    ) -> Given:
        try:
            return self._runner.run(self._timed(step))
        except asyncio.CancelledError:
            raise Stopped from None
        except (TimeoutError, httpx.TimeoutException):
            raise silent(self._feed_url, silence) from None
        except httpx.TooManyRedirects:
            raise FeedUnreachable(self._feed_url, REDIRECTS) from None
        except httpx.ConnectError:
            raise FeedUnreachable(self._feed_url, REFUSED_CONNECTION) from None
        except (httpx.ReadError, httpx.WriteError):
            raise FeedUnreachable(self._feed_url, BROKE_OFF) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise FeedUnreadable(self._feed_url, UNREADABLE_STREAM) from None

    async def _timed(self, step: Coroutine[Any, Any, Given]) -> Given:
        self._step = asyncio.current_task()
        if self._stopping.is_set():
            step.close()
            raise asyncio.CancelledError
        async with asyncio.timeout(self._patience_s):
            return await step

    def _cancel(self) -> None:
        if self._step is not None:
            self._step.cancel()

    async def _ask(self, headers: dict[str, str]) -> httpx.Response:
        if self._client is None:
            self._client = self._new_client()
        if self._answer is not None:
            await self._answer.aclose()
        # Nothing compressed: a small body must not unfold into a large one.
        headers["Accept-Encoding"] = "identity"
        request = self._client.build_request("GET", self._credentials.url, headers=headers)
        self._answer = await self._client.send(request, stream=True)
        self._body = self._answer.aiter_raw()
        return self._answer

    async def _piece(self) -> bytes:
        assert self._body is not None, "ask comes before piece"
        return await anext(self._body, b"")

    def _new_client(self) -> httpx.AsyncClient:
        _, name, password = self._credentials
        return httpx.AsyncClient(
            auth=CameraAuth(name, password) if name or password else None,
            timeout=self._patience_s,
            follow_redirects=True,
            max_redirects=MOST_REDIRECTS,
            trust_env=False,
            verify=False,  # noqa: S501 - cameras sign their own certificates
        )

    async def _close(self) -> None:
        if self._answer is not None:
            await self._answer.aclose()
        if self._client is not None:
            await self._client.aclose()


class Stopped(Exception):
    """The feed is being closed."""
