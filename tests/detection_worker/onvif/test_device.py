import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from benchmarks.free_ports import free_port
from detection_worker.onvif.device import (
    CANNOT,
    DOES_NOT_TURN,
    NO_CAMERA,
    WRONG_PASSWORD,
    Device,
    OnvifError,
    main_and_sub,
    talk,
)
from tests.detection_worker.feeds.footage import tcp_server
from tests.detection_worker.onvif.onvif_camera import PASSWORD, onvif_camera

Given = TypeVar("Given")


def ask(url: str, question: Callable[[Device], Awaitable[Given]], within_s: float = 60.0) -> Given:
    async def asked() -> Given:
        async with talk(url, within_s) as device:
            return await question(device)

    return asyncio.run(asked())


def refusal(
    url: str, question: Callable[[Device], Awaitable[object]], within_s: float = 60.0
) -> str:
    with pytest.raises(OnvifError) as raised:
        ask(url, question, within_s)
    assert PASSWORD not in str(raised.value) and "s3cr" not in str(raised.value)
    return raised.value.reason


def test_a_camera_names_its_streams_and_turns(caplog: pytest.LogCaptureFixture) -> None:
    """One conversation: importing the camera's language takes the most of it."""
    caplog.set_level(logging.DEBUG)

    async def talk_it_over(device: Device) -> None:
        streams = await device.streams()
        assert [(one.name, one.width_px) for one in streams] == [
            ("main", 1920), ("sub", 640), ("tiny", 320),
        ]  # fmt: skip
        main, sub = main_and_sub(streams)
        assert main.url == "rtsp://operator:s3cr%40t@127.0.0.1:554/main"
        assert sub is not None and sub.url.endswith("/sub")
        assert "s3cr" not in repr(streams)
        assert [one.name for one in await device.presets()] == ["Gate"]
        await device.go_to("1")
        await device.move(0.1, -0.2, 0.0)
        await device.stop()
        assert await device.save("Yard") == "2"

    with onvif_camera() as camera:
        ask(camera.url, talk_it_over)
    assert camera.done == ["go 1", "move 0.1 -0.2 0.0", "stop"]
    assert camera.presets == {"1": "Gate", "2": "Yard"}
    assert PASSWORD not in caplog.text and "s3cr" not in caplog.text


def test_what_a_camera_cannot_do_is_said() -> None:
    with onvif_camera() as camera:
        assert refusal(camera.url, lambda device: device.go_to("9")) == CANNOT
        wrong = camera.url.replace("s3cr%40t", "other")
        assert refusal(wrong, lambda device: device.streams()) == WRONG_PASSWORD
    with onvif_camera(turns=False) as camera:
        assert refusal(camera.url, lambda device: device.stop()) == DOES_NOT_TURN


@pytest.mark.parametrize("url", ["rtsp://127.0.0.1/1", "no address", "http://", "http://a:port/"])
def test_what_is_no_address_is_said(url: str) -> None:
    assert refusal(url, lambda device: device.stop()) == NO_CAMERA


def test_nobody_and_those_who_never_answer_are_left() -> None:
    assert refusal(f"http://u:s3cr%40t@127.0.0.1:{free_port()}/", lambda d: d.stop()) == NO_CAMERA
    with tcp_server() as port:
        url = f"http://u:s3cr%40t@127.0.0.1:{port}/"
        assert refusal(url, lambda device: device.stop(), within_s=1.0) == NO_CAMERA
