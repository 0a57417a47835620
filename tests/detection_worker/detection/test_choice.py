"""Which detector is at work."""

import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

from detection_worker import detection
from detection_worker.detection import choose_detector, fetch, open_model
from detection_worker.detection.fetch import LEAST_BYTES, fetch_usual_model
from detection_worker.errors import DetectorError, ModelError
from tests.detection_worker.detection.onnx_files import write_model

NAMES = {"names": "{0: 'person', 1: 'car'}"}


def a_model(folder: Path, name: str, age_s: int = 0) -> Path:
    path = write_model(folder / name, np.zeros((1, 5, 6), np.float32), metadata=NAMES)
    then = time.time() - age_s
    os.utime(path, (then, then))
    return path


def test_an_unknown_name_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(DetectorError, match=r"“yolo”: use one of auto, ultralytics, onnx, motion"):
        choose_detector("yolo", tmp_path)


def test_motion_needs_no_model(tmp_path: Path) -> None:
    assert choose_detector("motion", tmp_path / "missing").name == "motion"


def test_onnx_takes_the_newest_model(tmp_path: Path) -> None:
    a_model(tmp_path, "old.onnx", age_s=100)
    a_model(tmp_path, "new.onnx")
    assert choose_detector("onnx", tmp_path).model == "new"


def test_onnx_takes_the_next_model_where_one_is_damaged(tmp_path: Path) -> None:
    a_model(tmp_path, "good.onnx", age_s=100)
    (tmp_path / "bad.onnx").write_bytes(b"bad")
    assert choose_detector("onnx", tmp_path).model == "good"


def test_a_link_that_leads_nowhere_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "gone.onnx").symlink_to(tmp_path / "away.onnx")
    a_model(tmp_path, "good.onnx", age_s=100)
    assert choose_detector("onnx", tmp_path).model == "good"


def test_onnx_without_a_model_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(DetectorError, match=r"\./qala models add FILE"):
        choose_detector("onnx", tmp_path)


def test_onnx_with_damaged_models_only_names_them(tmp_path: Path) -> None:
    (tmp_path / "bad.onnx").write_bytes(b"bad")
    with pytest.raises(DetectorError, match=r"bad\.onnx cannot be loaded"):
        choose_detector("onnx", tmp_path)


def test_auto_takes_what_is_in_the_folder(tmp_path: Path) -> None:
    a_model(tmp_path, "city.onnx")
    chosen = choose_detector("auto", tmp_path)
    assert (chosen.name, chosen.model) == ("onnx", "city")


def test_auto_falls_back_to_motion_without_model_and_internet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(models_dir: Path) -> Path:
        return fetch_usual_model(models_dir, "http://127.0.0.1:9/yolo26n.pt")

    monkeypatch.setattr(detection, "fetch_usual_model", cut_off)
    assert choose_detector("auto", tmp_path).name == "motion"
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_onnx_file_is_not_tried_twice(tmp_path: Path) -> None:
    (tmp_path / "odd.onnx").write_bytes(b"odd")
    with pytest.raises(ModelError, match=r"^The model odd\.onnx cannot be loaded"):
        open_model(tmp_path / "odd.onnx")


class _Shelf(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        size = LEAST_BYTES if self.path == "/whole" else 100
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Content-Length", str(size * (2 if self.path == "/cut" else 1)))
        self.end_headers()
        self.wfile.write(b"w" * size)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def shelf() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Shelf)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_usual_model_is_fetched_whole(tmp_path: Path, shelf: str) -> None:
    path = fetch_usual_model(tmp_path / "models", f"{shelf}/whole")
    assert path.name == fetch.USUAL_MODEL
    assert path.stat().st_size == LEAST_BYTES


@pytest.mark.parametrize("page", ["none", "small", "cut"])
def test_what_is_no_model_is_not_kept(tmp_path: Path, shelf: str, page: str) -> None:
    with pytest.raises(ModelError, match="could not be fetched"):
        fetch_usual_model(tmp_path, f"{shelf}/{page}")
    assert list(tmp_path.iterdir()) == []
