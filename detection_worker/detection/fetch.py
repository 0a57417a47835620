"""Getting the usual weights where there is internet, without waiting where there is none."""

import os
from pathlib import Path

import httpx

from detection_worker.errors import ModelError

USUAL_MODEL = "yolo26n.pt"
USUAL_MODEL_URL = f"https://github.com/ultralytics/assets/releases/download/v8.4.0/{USUAL_MODEL}"
"""Where ultralytics 8.4 itself fetches it from."""

CONNECT_S, READ_S = 3.0, 10.0
"""An operations centre is often cut off: three seconds tell."""

LEAST_BYTES = 1_000_000
"""The file has 5 MB; something smaller is a page that says no."""


def fetch_usual_model(models_dir: Path, url: str = USUAL_MODEL_URL) -> Path:
    """The fetched file in ``models_dir``, whole or not at all.

    Raises ModelError where it cannot be had, after ``CONNECT_S`` where nobody answers.
    """
    target = models_dir / USUAL_MODEL
    part = models_dir / f".{USUAL_MODEL}.{os.getpid()}"
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        _download(url, part)
        part.replace(target)
    except (httpx.HTTPError, OSError) as error:
        raise ModelError(f"{USUAL_MODEL} could not be fetched ({error}).") from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _download(url: str, part: Path) -> None:
    timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
    with (
        httpx.stream("GET", url, timeout=timeout, follow_redirects=True) as answer,
        part.open("wb") as file,
    ):
        answer.raise_for_status()
        for piece in answer.iter_bytes():
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if part.stat().st_size < LEAST_BYTES:
        raise OSError(f"{url} gave {part.stat().st_size} bytes, which is no model")
