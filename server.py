"""The app's one port: the Streamlit script and the HTTP routes beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import file_util
from streamlit.runtime.pages_manager import PagesManager

from components.installation import close_databases
from components.screens import PAGES
from data_access.connections import app_database
from data_access.keys import installation_key
from data_access.settings import Settings
from data_access.shared_listener import stop_listeners
from routes import (
    activity,
    assets,
    evidence,
    live,
    map_tiles,
    news,
    nothing,
    preferences,
    proof,
    sign_in,
    status,
)
from routes.access import Access
from routes.errors import EXCEPTION_HANDLERS
from routes.guard import Guard
from routes.program import CompressedProgram
from routes.program_parts import first_parts, heavy
from routes.screen import screen_routes
from routes.worker import WorkerPort

ROOT = Path(__file__).resolve().parent
SLOW_TO_IMPORT = ("pandas", "plotly.graph_objects", "pydeck", "aiortc")
"""Together some seconds, which the first visitor after a start need not wait for."""
STREAMLIT = Path(file_util.get_static_dir())


def make_access(settings: Settings) -> Access:
    """What the routes share, for one installation."""
    key = settings.worker_key or installation_key(settings.home, "worker")
    return Access(
        settings=settings,
        database=app_database(settings),
        pages=frozenset(PAGES),
        worker=WorkerPort(settings.worker_url, key),
    )


def make_routes(access: Access) -> list[BaseRoute]:
    """All routes of our own; they come before those of Streamlit."""
    early = first_parts(STREAMLIT)
    ours: list[BaseRoute] = [
        *sign_in.make_routes(access, heavy(STREAMLIT, early)),
        *activity.make_routes(access),
        *preferences.make_routes(access),
        *live.make_routes(access),
        *evidence.make_routes(access),
        *proof.make_routes(access),
        *map_tiles.make_routes(access),
        *news.make_routes(access),
        *status.make_routes(access),
        *assets.make_routes(ROOT / "static", assets.find_font(STREAMLIT)),
        *screen_routes(access, STREAMLIT / "index.html", next(iter(PAGES)), early),
    ]
    return [*ours, *nothing.make_routes(ours)]


def make_app(settings: Settings) -> st.App:
    """The ASGI application that ``cli/app.py`` hands to uvicorn."""
    access = make_access(settings)
    # Else the first visit after a start would run a page's file at its address without app.py.
    PagesManager.uses_pages_directory = False

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
        warming = asyncio.create_task(asyncio.to_thread(_import_what_screens_need))
        yield None
        await warming
        await access.close()
        close_databases()
        stop_listeners()

    return st.App(
        ROOT / "app.py",
        routes=make_routes(access),
        middleware=[
            Middleware(CompressedProgram, folder=STREAMLIT),
            Middleware(Guard, access=access),
        ],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=lifespan,
    )


def _import_what_screens_need() -> None:
    for name in SLOW_TO_IMPORT:
        import_module(name)
