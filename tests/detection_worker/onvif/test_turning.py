from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from detection_worker.onvif.turning import BadTurn, make_routes, read_turn
from tests.support.serving import served


@pytest.mark.parametrize(
    "sent",
    [
        None, [], "stop", {}, {"do": "fly"}, {"do": "go"}, {"do": "go", "preset": 1},
        {"do": "go", "preset": ""}, {"do": "save", "name": "  "}, {"do": "save", "name": "n" * 65},
        {"do": "move", "right": 2}, {"do": "move", "up": "much"}, {"do": "move", "closer": True},
        {"do": "move", "right": float("nan")},
    ],
)  # fmt: skip
def test_what_is_no_turn_is_refused(sent: object) -> None:
    with pytest.raises(BadTurn):
        read_turn(sent)


def test_the_port_wants_its_key_a_camera_and_a_turn() -> None:
    with served(Starlette(routes=make_routes(lambda number: None, "key"))) as address:

        def post(key: str = "key", **words: Any) -> int:
            headers = {"X-Qala-Key": key}
            return httpx.post(
                f"http://{address}/ptz/1", headers=headers, trust_env=False, **words
            ).status_code

        assert post("other", json={"do": "stop"}) == 401
        assert post(json={"do": "stop"}) == 404
        assert post(json={"do": "fly"}) == 422
        assert post(content=b"x" * 5_000) == 422
        assert httpx.get(f"http://{address}/ptz/1", trust_env=False).status_code == 401
