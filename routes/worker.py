"""How the app asks the worker's port, which answers nobody but the app."""

from urllib.parse import urlsplit, urlunsplit

import httpx
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = httpx.Timeout(5.0, connect=2.0)
KEY_HEADER = "X-Qala-Key"


class WorkerPort:
    """The worker's HTTP port at ``url``, with the installation's key."""

    def __init__(self, url: str, key: str, patience: httpx.Timeout = PATIENCE) -> None:
        self._url = url.rstrip("/")
        self.key, self._patience = key, patience
        self._headers = {KEY_HEADER: key}
        self._client: httpx.AsyncClient | None = None

    @property
    def client(self) -> httpx.AsyncClient:
        """The HTTP client; made at its first use, so that it belongs to the running loop."""
        if self._client is None:
            self._client = httpx.AsyncClient(
                base_url=self._url, headers=self._headers, timeout=self._patience, trust_env=False
            )
        return self._client

    def socket(self, path: str) -> connect:
        """A WebSocket to the worker, as an asynchronous context manager."""
        parts = urlsplit(self._url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        address = urlunsplit((scheme, parts.netloc, path, "", ""))
        return connect(
            address, additional_headers=self._headers, open_timeout=self._patience.connect,
            max_queue=4, proxy=None,
        )  # fmt: skip

    async def close(self) -> None:
        """Close what is kept open."""
        if self._client is not None:
            await self._client.aclose()


__all__ = ["ClientConnection", "WorkerPort"]
