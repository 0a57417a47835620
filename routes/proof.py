"""``/proof/{camera_id}``: the picture that shows what is wrong with a camera."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from data_access import camera_sights
from data_access.domain.people import LIVE_ROLES
from data_access.errors import MediaError
from data_access.media import MediaFolder
from routes.access import Access
from routes.evidence import HEADERS


def make_routes(access: Access) -> list[BaseRoute]:
    """The one route of this module."""
    folder = MediaFolder(access.settings.media_dir)

    async def show_proof(request: Request) -> Response:
        viewer = await access.require(request, LIVE_ROLES)
        camera_id = request.path_params["camera_id"]
        relative = await access.read(viewer.scope, camera_sights.proof, camera_id)
        if relative is None:
            raise HTTPException(404)
        return _picture(folder, relative)

    return [Route("/proof/{camera_id:int}", show_proof, methods=["GET"])]


def _picture(folder: MediaFolder, relative: str) -> Response:
    try:
        path = folder.absolute(relative)
    except MediaError:
        raise HTTPException(404) from None
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers=HEADERS, media_type="image/jpeg")
