"""``/evidence/{id}``: a snapshot or a clip, for who may see it, with a trace in the audit.

The browser names a row, never a file: the path comes from the row that row-level security
lets the viewer read, and the media folder refuses one that leads out of it.
"""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from data_access import audit
from data_access.database import Transaction
from data_access.domain.events import Response as EventResponse
from data_access.domain.evidence import SUFFIXES
from data_access.domain.people import EVIDENCE_ROLES, Role, Viewer
from data_access.errors import MediaError
from data_access.evidence_look import StoredEvidence, stored_evidence
from data_access.media import MediaFolder
from routes.access import Access
from routes.measures import LOOKS

HEADERS = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'"}
SHOWN_INLINE = frozenset({"image/jpeg", "image/png", "video/mp4"})
"""What a browser may show in place; anything else is only ever saved."""


def make_routes(access: Access) -> list[BaseRoute]:
    """The one route of this module."""
    folder = MediaFolder(access.settings.media_dir)

    async def show_evidence(request: Request) -> Response:
        viewer = await access.require(request, EVIDENCE_ROLES)
        evidence = await _found(access, viewer, request.path_params["evidence_id"])
        answer = _file_of(folder, evidence, download="download" in request.query_params)
        if _is_a_look(request):
            await access.read(viewer.scope, _record_look, viewer, evidence)
            LOOKS.inc()
        return answer

    return [Route("/evidence/{evidence_id}", show_evidence, methods=["GET"])]


async def _found(access: Access, viewer: Viewer, evidence_id: str) -> StoredEvidence:
    """The row, or 404 for what is not there, not in scope, or not this role's."""
    try:
        key = UUID(evidence_id)
    except ValueError:
        raise HTTPException(404) from None
    evidence = await access.read(viewer.scope, stored_evidence, key)
    if evidence is None or not may_see(viewer.role, evidence):
        raise HTTPException(404)
    return evidence


def may_see(role: Role, evidence: StoredEvidence) -> bool:
    """Municipal services see what they must put right, not who broke the law."""
    return role is not Role.MUNICIPAL or evidence.response is EventResponse.WORK_ORDER


def _file_of(folder: MediaFolder, evidence: StoredEvidence, download: bool) -> Response:
    """The file, with byte ranges, so that a clip can be wound."""
    try:
        path = folder.absolute(evidence.path)
    except MediaError:
        raise HTTPException(404) from None
    if not path.is_file():
        raise HTTPException(404)
    inline = evidence.mime in SHOWN_INLINE and not download
    return FileResponse(
        path,
        headers=HEADERS,
        media_type=evidence.mime,
        filename=file_name(evidence),
        content_disposition_type="inline" if inline else "attachment",
    )


def file_name(evidence: StoredEvidence) -> str:
    """The name under which a browser saves it: the event, the kind, nothing else."""
    suffix = SUFFIXES.get(evidence.mime, ".bin")
    return f"qala-{str(evidence.event_id)[:8]}-{evidence.kind}{suffix}"


def _is_a_look(request: Request) -> bool:
    """The parts that a player asks for while winding belong to the look at the beginning."""
    asked = request.headers.get("range", "bytes=0-").replace(" ", "")
    return request.method == "GET" and asked.startswith("bytes=0-")


def _record_look(tx: Transaction, viewer: Viewer, evidence: StoredEvidence) -> None:
    detail = {"event": str(evidence.event_id), "kind": evidence.kind}
    audit.record(tx, viewer, "evidence.look", str(evidence.id), detail)
