import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.feeds.redact import redact, without_secrets

SECRETS = [
    ("rtsp://admin:hunter2@10.0.0.8:554/stream1", "rtsp://10.0.0.8:554/stream1"),
    ("rtsp://admin@10.0.0.8/stream1", "rtsp://10.0.0.8/stream1"),
    ("rtsp://admin:p%40ss%2Fword@cam.kosshy.kz/s", "rtsp://cam.kosshy.kz/s"),
    ("rtsp://admin:p@ss/w#r?d@cam/s", "rtsp://cam/s"),
    ("rtsp://admin:pass%40cam/s", "rtsp://cam/s"),
    ("rtsp://admin:word with spaces@cam/s", "rtsp://cam/s"),
    ("rtsp://пайдаланушы:құпия@камера/ағын", "rtsp://камера/ағын"),
    ("rtsp://admin:pw@[fe80::1]:554/s", "rtsp://[fe80::1]:554/s"),
    ("rtsp://admin:hunter2", "rtsp://***"),
    ("http://cam/video?user=admin&pwd=hunter2", "http://cam/video?user=***&pwd=***"),
    (
        "rtsp://cam/realmonitor?channel=1&subtype=0",
        "rtsp://cam/realmonitor?channel=1&subtype=0",
    ),
    ("http://cam/video?key=a%40b", "http://cam/video?key=***"),
    ("http://cam/video?hunter2", "http://cam/video?***"),
    ("http://cam/video?channel=hun-ter2", "http://cam/video?channel=***"),
    ("http://cam/video?a=1;token=hunter2#hunter2", "http://cam/video?***&token=***"),
    ("http://cam/video?pwd=hun;ter&2=3;x", "http://cam/video?pwd=***&***&***&***"),
    (
        "rtsp://cam:554/user=admin_password=hunter2_channel=1.sdp",
        "rtsp://cam:554/user=***",
    ),
    ("rtsp://cam/%75ser%3dadmin", "rtsp://cam/***"),
    ("/videos/clip 1.mp4", "/videos/clip 1.mp4"),
    ("scene://crossroad?seed=1", "scene://crossroad?seed=1"),
]


@pytest.mark.parametrize(("feed_url", "shown"), SECRETS)
def test_an_address_is_shown_without_its_secrets(feed_url: str, shown: str) -> None:
    assert without_secrets(feed_url) == shown


def test_addresses_inside_a_sentence_lose_their_secrets_and_the_sentence_stays() -> None:
    told = "open 'rtsp://u:hunter2@cam/1' failed, then http://cam/x?key=hunter2 too"
    assert redact(told) == "open 'rtsp://cam/1' failed, then http://cam/x?key=*** too"


# A mark that no host, path or word of a sentence can contain by chance.
SECRET = st.text(min_size=1, max_size=20).map(lambda text: f"{text}ZQXSECRETXQZ{text}")
SCHEME = st.sampled_from(["rtsp", "http", "https", "rtmp", "srt", "x-cam+tls"])


@given(SCHEME, st.text(max_size=10), SECRET, st.text(max_size=20))
def test_no_password_survives_whatever_surrounds_it(
    scheme: str, name: str, password: str, path: str
) -> None:
    assert "SECRET" not in without_secrets(f"{scheme}://{name}:{password}@cam/{path}")


@given(SCHEME, st.sampled_from(["pwd", "Token", "x", "channel", "ключ"]), SECRET)
def test_no_value_of_a_query_survives(scheme: str, name: str, value: str) -> None:
    assert "SECRET" not in without_secrets(f"{scheme}://cam/live?{name}={value}")


@given(st.text())
def test_any_text_at_all_can_be_redacted(text: str) -> None:
    assert isinstance(redact(text), str)
    assert redact(redact(text)) == redact(text)
