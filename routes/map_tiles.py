"""The map's data: ``/map/{z}/{x}/{y}.json`` with the viewer's cameras, labels, the drawing.

Answers are kept for a while by scope, language and version, so that a room full of screens
costs the database one query a tile; a browser that has the tile already gets 304.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Any, TypeVar, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data_access import city, map_drawing, map_tiles, situation
from data_access.database import Transaction
from data_access.domain.people import Viewer
from data_access.domain.words import Language
from data_access.map_drawing import DrawnDistrict
from data_access.map_tiles import Cluster, MapCamera, NoSuchTileError, Tile, map_place
from routes.access import Access
from routes.map_features import (
    Feature,
    cluster_radius_px,
    collection,
    crossroad_features,
    district_features,
    ground_features,
    section_features,
    street_features,
    tile_features,
)
from routes.map_label_places import Disc
from routes.map_labels import crowded_tiles, labels, touching

Kept = TypeVar("Kept")

KEPT_S = 600.0
"""A moved camera is seen after this at the latest: the version does not count positions."""
DRAWING_KEPT_S = 60.0
KEPT_ANSWERS = 4_096

CAMERA_PX, SIGN_PX = 9.0, 16.0
"""The radius of a lone camera's sign and of an SOS button's."""

DRAWINGS: dict[str, Callable[[Transaction, Language], list[Feature]]] = {
    "ground": lambda tx, _language: ground_features(city.value(tx, "drawing")),
    "districts": lambda tx, language: district_features(map_drawing.districts(tx), language),
    "streets": lambda tx, _language: street_features(map_drawing.streets(tx)),
    "sections": lambda tx, language: section_features(map_drawing.sections(tx), language),
    "crossroads": lambda tx, language: crossroad_features(map_drawing.crossroads(tx), language),
}


class Shelf:
    """Answers by key, each for a time; the one unused longest goes first."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[object, tuple[float, Any]] = OrderedDict()

    def get(self, key: object) -> Any | None:
        """What was kept under ``key``, unless its time is over."""
        until, answer = self._kept.get(key, (0.0, None))
        if self._clock() >= until:
            return None
        self._kept.move_to_end(key)
        return answer

    def put(self, key: object, answer: Kept, seconds: float) -> Kept:
        """Keep ``answer`` for ``seconds``."""
        self._kept[key] = (self._clock() + seconds, answer)
        while len(self._kept) > KEPT_ANSWERS:
            self._kept.popitem(last=False)
        return answer


class MapRoutes:
    """The three kinds of answer, over one shelf."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._shelf = Shelf()

    async def tile(self, request: Request) -> Response:
        """The cameras of one tile, of the programme in ``?programme=`` where it is given."""
        viewer = await self._access.require(request)
        tile = _tile(request)
        programme = request.query_params.get("programme") or None
        version = await self._access.read_recent(viewer.scope, map_tiles.version)
        key = (viewer.scope.key, viewer.language, version, tile, programme)
        body = self._shelf.get(key)
        if body is None:
            content = await self._access.read(viewer.scope, map_tiles.content, tile, programme)
            features = tile_features(content, tile.z, Language(viewer.language))
            body = self._shelf.put(key, _encoded(features), KEPT_S)
        return _answer(request, body)

    async def labels(self, request: Request) -> Response:
        """The names that one tile carries."""
        viewer = await self._access.require(request)
        tile = _tile(request)
        key = ("labels", viewer.scope.key, viewer.language, tile)
        body = self._shelf.get(key)
        if body is None:
            districts, streets = await self._named(viewer)
            discs = await self._discs(viewer, districts, tile.z)
            features = labels(tile, districts, streets, Language(viewer.language), discs)
            body = self._shelf.put(key, _encoded(features), DRAWING_KEPT_S)
        return _answer(request, body)

    async def streets(self, request: Request) -> Response:
        """The streets that touch one tile, whole: they are opaque, so twice is not seen."""
        viewer = await self._access.require(request)
        tile = _tile(request)
        _, streets = await self._named(viewer)
        return _answer(request, _encoded(street_features(touching(tile, streets))))

    async def _named(self, viewer: Viewer) -> tuple[Any, Any]:
        key = ("named", viewer.scope.key)
        return self._shelf.get(key) or self._shelf.put(
            key, await self._access.read(viewer.scope, _named), DRAWING_KEPT_S
        )

    async def _discs(
        self, viewer: Viewer, districts: Sequence[DrawnDistrict], zoom: int
    ) -> list[Disc]:
        """What the names of districts would lie under; the same for each tile of a zoom."""
        key = ("discs", viewer.scope.key, viewer.language, zoom)
        found = self._shelf.get(key)
        if found is None:
            tiles = crowded_tiles(districts, Language(viewer.language), zoom)
            found = await self._access.read(viewer.scope, _covered, tiles) if tiles else []
            self._shelf.put(key, found, DRAWING_KEPT_S)
        return cast(list[Disc], found)

    async def drawing(self, request: Request) -> Response:
        """One part of the city's own drawing."""
        viewer = await self._access.require(request)
        draw = DRAWINGS.get(request.path_params["part"])
        if draw is None:
            raise HTTPException(404)
        key = ("drawing", request.path_params["part"], viewer.scope.key, viewer.language)
        body = self._shelf.get(key)
        if body is None:
            features = await self._access.read(viewer.scope, draw, Language(viewer.language))
            body = self._shelf.put(key, _encoded(features), DRAWING_KEPT_S)
        return _answer(request, body)


def make_routes(access: Access) -> list[Route]:
    """The routes of the map."""
    routes = MapRoutes(access)
    return [
        Route("/map/drawing/{part}.json", routes.drawing),
        Route("/map/streets/{z:int}/{x:int}/{y:int}.json", routes.streets),
        Route("/map/labels/{z:int}/{x:int}/{y:int}.json", routes.labels),
        Route("/map/{z:int}/{x:int}/{y:int}.json", routes.tile),
    ]


def _named(tx: Transaction) -> tuple[Any, Any]:
    return map_drawing.districts(tx), map_drawing.streets(tx)


def _covered(tx: Transaction, tiles: Iterable[Tile]) -> list[Disc]:
    """Clusters and lone cameras of these tiles, and SOS buttons."""
    contents = [map_tiles.content(tx, tile) for tile in tiles]
    return [
        *(
            Disc(_at(cluster), cluster_radius_px(cluster.cameras))
            for content in contents
            for cluster in content.clusters
        ),
        *(Disc(_at(camera), CAMERA_PX) for content in contents for camera in content.cameras),
        *(Disc(_at(button), SIGN_PX) for button in situation.buttons(tx)),
    ]


def _at(thing: Cluster | MapCamera | situation.Button) -> tuple[float, float]:
    return map_place(thing.longitude, thing.latitude)


def _tile(request: Request) -> Tile:
    numbers = request.path_params
    try:
        return Tile(numbers["z"], numbers["x"], numbers["y"])
    except NoSuchTileError as refusal:
        raise HTTPException(404, str(refusal)) from None


def _encoded(features: list[Feature]) -> bytes:
    return json.dumps(collection(features), ensure_ascii=False, separators=(",", ":")).encode()


def _answer(request: Request, body: bytes) -> Response:
    """The body, or 304; ``no-cache`` because the next person at this browser may see less."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/geo+json", headers=headers)
