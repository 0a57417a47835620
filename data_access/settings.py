"""Settings of the installation: read from the environment once and passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SettingHelp:
    """One row of the settings table, as the README repeats it."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[SettingHelp, ...] = (
    SettingHelp("QALA_HOME", "./var", "where the database, media, keys, models and logs live"),
    SettingHelp("QALA_DATABASE_URL", "embedded", "owner's address of a PostgreSQL 15+ server"),
    SettingHelp("QALA_APP_DATABASE_URL", "derived", "address for the app's role qala_app"),
    SettingHelp("QALA_WORKER_DATABASE_URL", "derived", "address for the worker's role qala_worker"),
    SettingHelp("QALA_MEDIA_DIR", "$QALA_HOME/media", "the media folder with the evidence"),
    SettingHelp("QALA_MODELS_DIR", "$QALA_HOME/models", "where detector models are found"),
    SettingHelp("QALA_DETECTOR", "auto", "auto, ultralytics, onnx or motion"),
    SettingHelp("QALA_MAP_STYLE", "drawing", "a MapLibre style address; drawing needs no internet"),
    SettingHelp(
        "QALA_WORKER_URL", "http://127.0.0.1:8601", "where the app finds the worker's port"
    ),
    SettingHelp("QALA_WORKER_KEY", "generated", "shared key of the app and the worker's port"),
    SettingHelp("QALA_SECURE_COOKIE", "0", "1 behind HTTPS: the session cookie is sent only there"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The installation's settings; make it with ``read_settings``."""

    home: Path
    database_url: str | None = field(repr=False)
    app_database_url: str | None = field(repr=False)
    worker_database_url: str | None = field(repr=False)
    media_dir: Path
    models_dir: Path
    detector: str
    map_style: str | None
    worker_url: str
    worker_key: str | None = field(repr=False)
    secure_cookie: bool


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; an empty variable counts as unset."""
    given = {key: value for key, value in environment.items() if value.strip()}
    home = Path(given.get("QALA_HOME", "./var")).expanduser().resolve()
    return Settings(
        home=home,
        database_url=given.get("QALA_DATABASE_URL"),
        app_database_url=given.get("QALA_APP_DATABASE_URL"),
        worker_database_url=given.get("QALA_WORKER_DATABASE_URL"),
        media_dir=Path(given.get("QALA_MEDIA_DIR", home / "media")).resolve(),
        models_dir=Path(given.get("QALA_MODELS_DIR", home / "models")).resolve(),
        detector=given.get("QALA_DETECTOR", "auto"),
        map_style=given.get("QALA_MAP_STYLE"),
        worker_url=given.get("QALA_WORKER_URL", "http://127.0.0.1:8601"),
        worker_key=given.get("QALA_WORKER_KEY"),
        secure_cookie=given.get("QALA_SECURE_COOKIE") == "1",
    )
