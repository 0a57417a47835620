"""The size of the map in a window, as the style sheets make it."""

import pytest

from components.map_size import known_window, map_size


@pytest.mark.parametrize(
    ("window", "expected"),
    [((1366, 768), (732, 652)), ((1920, 1080), (1101, 964)), ((800, 1280), (692, 589))],
)
def test_the_map_has_its_part_of_the_window(
    window: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert map_size(window, with_camera=False) == pytest.approx(expected, abs=1)


def test_a_chosen_camera_takes_its_part_from_below() -> None:
    alone, beside = (map_size((1366, 768), with_camera=with_it) for with_it in (False, True))
    assert alone[1] - beside[1] == 296
    assert alone[0] == beside[0]


@pytest.mark.parametrize(
    ("cookie", "window"),
    [("1366x768", (1366, 768)), ("", None), ("1366", None), ("1e3x768", None), ("-5x768", None)],
)
def test_the_window_is_known_from_the_browser_before_the_first_picture(
    cookie: str, window: tuple[int, int] | None
) -> None:
    assert known_window(cookie) == window
