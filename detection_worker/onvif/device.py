"""One ONVIF camera: its streams, its presets, its turning.

Names and passwords go to the camera as a digest (WS-UsernameToken) with the camera's own clock,
and into no message and no log.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import aiohttp
from onvif import ONVIFCamera
from onvif.exceptions import ONVIFError
from zeep.exceptions import Error as ZeepError
from zeep.exceptions import Fault

from data_access.domain.words import N_
from detection_worker.errors import WorkerError
from detection_worker.feeds.address import split_credentials
from detection_worker.feeds.redact import redact, without_secrets

WITHIN_S = 10.0
"""How long one conversation with a camera may take."""

LEAST_WIDTH_PX = 480
"""Detectors are asked with 416 to 640 pixels of width: a smaller stream would lose people."""

NO_CAMERA = N_("No ONVIF camera answers at this address. Check the address and the port.")
WRONG_PASSWORD = N_("The camera refuses the name or the password of its ONVIF address.")
DOES_NOT_TURN = N_("This camera cannot be turned.")
CANNOT = N_("The camera does not do this. Choose another preset or look at its own page.")

Given = TypeVar("Given")

for _name in ("zeep", "onvif"):
    # They log whole messages, and so the digest of the password.
    logging.getLogger(_name).setLevel(logging.ERROR)


class OnvifError(WorkerError):
    """An ONVIF camera did not do what it was asked; ``reason`` is a text of the catalogues."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{without_secrets(url)}: {reason}")
        self.reason = reason


class OnvifUnreachable(OnvifError):
    """Nobody answers as an ONVIF camera does."""


class OnvifRefused(OnvifError):
    """The camera does not accept the name or the password."""


class OnvifUnable(OnvifError):
    """The camera cannot do this."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream that a camera offers; ``url`` holds the name and the password."""

    profile: str
    name: str
    url: str
    width_px: int
    height_px: int
    encoding: str

    def __repr__(self) -> str:
        return f"Stream({self.name!r}, {self.width_px}×{self.height_px}, {redact(self.url)!r})"


@dataclass(frozen=True, slots=True)
class Preset:
    """A direction that a camera remembers."""

    token: str
    name: str


class Device:
    """One camera in conversation; make it with ``talk``."""

    def __init__(self, url: str, camera: Any) -> None:
        self._url, self._camera = url, camera
        self._profiles: list[Any] | None = None

    async def streams(self) -> list[Stream]:
        """What it offers, the largest picture first."""
        media = await self._service("media")
        found = [await self._stream(media, profile) for profile in await self._all_profiles()]
        return sorted(found, key=lambda one: -one.width_px * one.height_px)

    async def turns(self) -> bool:
        """Whether it can be turned at all."""
        return any(one.PTZConfiguration is not None for one in await self._all_profiles())

    async def presets(self) -> list[Preset]:
        """The directions it remembers, as it lists them."""
        ptz, profile = await self._turning()
        found = await self._asked(ptz.GetPresets({"ProfileToken": profile})) or []
        return [Preset(str(one.token), str(one.Name or one.token)) for one in found]

    async def go_to(self, preset: str) -> None:
        """Turn to a preset by its token."""
        ptz, profile = await self._turning()
        await self._asked(ptz.GotoPreset({"ProfileToken": profile, "PresetToken": preset}))

    async def save(self, name: str) -> str:
        """Remember where it looks now; the token of the new preset."""
        ptz, profile = await self._turning()
        asked = ptz.SetPreset({"ProfileToken": profile, "PresetName": name})
        return str(await self._asked(asked))

    async def move(self, right: float, up: float, closer: float) -> None:
        """Turn by shares of its whole range, each from -1 to 1."""
        ptz, profile = await self._turning()
        step = {"PanTilt": {"x": right, "y": up}, "Zoom": {"x": closer}}
        await self._asked(ptz.RelativeMove({"ProfileToken": profile, "Translation": step}))

    async def stop(self) -> None:
        """Stand still."""
        ptz, profile = await self._turning()
        await self._asked(ptz.Stop({"ProfileToken": profile, "PanTilt": True, "Zoom": True}))

    async def _all_profiles(self) -> list[Any]:
        if self._profiles is None:
            media = await self._service("media")
            self._profiles = list(await self._asked(media.GetProfiles()) or [])
        return self._profiles

    async def _stream(self, media: Any, profile: Any) -> Stream:
        setup = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}
        asked = {"StreamSetup": setup, "ProfileToken": profile.token}
        answer = await self._asked(media.GetStreamUri(asked))
        encoder = profile.VideoEncoderConfiguration
        return Stream(
            profile=str(profile.token),
            name=str(profile.Name or profile.token),
            url=with_credentials(str(answer.Uri), self._url),
            width_px=int(encoder.Resolution.Width) if encoder else 0,
            height_px=int(encoder.Resolution.Height) if encoder else 0,
            encoding=str(encoder.Encoding) if encoder else "",
        )

    async def _turning(self) -> tuple[Any, str]:
        """The camera's turning and the profile it belongs to."""
        profiles = await self._all_profiles()
        turning = [one for one in profiles if one.PTZConfiguration is not None]
        if not turning:
            raise OnvifUnable(self._url, DOES_NOT_TURN)
        return await self._service("ptz"), str(turning[0].token)

    async def _service(self, name: str) -> Any:
        return await self._asked(self._camera.create_onvif_service(name))

    async def _asked(self, step: Awaitable[Given]) -> Given:
        return await _said(self._url, step)


@asynccontextmanager
async def talk(url: str, within_s: float = WITHIN_S) -> AsyncIterator[Device]:
    """Talk with the camera at ``http://name:password@host:port/…``, as a whole ``within_s``.

    Raises:
        OnvifError: nobody answers, the password is wrong, or the camera cannot do it.
    """
    try:
        parts, credentials = urlsplit(url), split_credentials(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(parts.scheme)
    except ValueError:
        raise OnvifUnreachable(url, NO_CAMERA) from None
    host = f"https://{parts.hostname}" if parts.scheme == "https" else parts.hostname
    # An address without a name asks without one: some cameras answer whoever asks.
    camera = ONVIFCamera(
        host, port, credentials.name or None, credentials.password or None, adjust_time=True
    )
    try:
        async with asyncio.timeout(within_s):
            await _said(url, camera.update_xaddrs())
            yield Device(url, camera)
    except TimeoutError:
        raise OnvifUnreachable(url, NO_CAMERA) from None
    finally:
        await camera.close()


async def _said(url: str, step: Awaitable[Given]) -> Given:
    """The step's answer; what can go wrong in one, in our words and without its own."""
    try:
        return await step
    except (ONVIFError, ZeepError, aiohttp.ClientError, OSError, ValueError) as error:
        cause = error.__cause__ if isinstance(error, ONVIFError) and error.__cause__ else error
        if _is_refusal(cause):
            raise OnvifRefused(url, WRONG_PASSWORD) from None
        if isinstance(cause, Fault):
            raise OnvifUnable(url, CANNOT) from None
        if isinstance(error, TimeoutError):
            raise
        raise OnvifUnreachable(url, NO_CAMERA) from None


def _is_refusal(error: BaseException) -> bool:
    told = [str(error), *map(str, getattr(error, "subcodes", None) or ())]
    words = " ".join(told).lower()
    return any(word in words for word in ("notauthorized", "not authorized", "unauthorized", "401"))


def with_credentials(stream_url: str, onvif_url: str) -> str:
    """A stream's address with the name and the password of the camera's, as feeds want it."""
    _, name, password = split_credentials(onvif_url)
    parts = urlsplit(stream_url)
    if not name or "@" in parts.netloc:
        return stream_url
    secret = f"{quote(name, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{secret}@{parts.netloc}"))


def main_and_sub(streams: list[Stream]) -> tuple[Stream, Stream | None]:
    """The large stream, and the smallest other one of ``LEAST_WIDTH_PX`` or more, if there is.

    ``streams`` has one or more, the largest first.
    """
    main = streams[0]
    small = [one for one in streams[1:] if one.url != main.url and one.width_px < main.width_px]
    enough = [one for one in small if one.width_px >= LEAST_WIDTH_PX]
    if enough:
        return main, enough[-1]
    return main, small[0] if small else None
