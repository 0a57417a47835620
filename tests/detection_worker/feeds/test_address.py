"""Qala's own words in the address of a feed."""

import pytest

from detection_worker.feeds.address import take, take_number


@pytest.mark.parametrize(
    ("feed_url", "without", "number"),
    [
        ("http://c/1.jpg", "http://c/1.jpg", 1.0),
        ("http://c/1.jpg?every_s=30", "http://c/1.jpg", 30.0),
        ("http://c/1.jpg?a=1&every_s=2.5&b=2", "http://c/1.jpg?a=1&b=2", 2.5),
        ("http://c/1.jpg?every_s=", "http://c/1.jpg", 1.0),
        ("http://c/1.jpg?every_s=soon", "http://c/1.jpg", 1.0),
        ("http://c/1.jpg?every_s=nan", "http://c/1.jpg", 1.0),
        ("http://c/1.jpg?every_s=inf", "http://c/1.jpg", 1.0),
        ("http://c/1.jpg?every_s=1e999", "http://c/1.jpg", 1.0),
        ("http://c/1.jpg?every_s=1e300", "http://c/1.jpg", 86_400.0),
        ("http://c/1.jpg?every_s=0", "http://c/1.jpg", 0.04),
        ("http://c/1.jpg?every_s=-5", "http://c/1.jpg", 0.04),
    ],
)
def test_a_number_is_taken_out_and_is_one_that_can_be_waited_for(
    feed_url: str, without: str, number: float
) -> None:
    assert take_number(feed_url, "every_s", 1.0, 0.04) == (without, number)


def test_a_word_of_the_camera_s_own_stays() -> None:
    assert take("rtsp://c/1?transportation=udp", "transport")[1] is None
    assert take("rtsp://c/1?transport=udp&x", "transport") == ("rtsp://c/1?x", "udp")
