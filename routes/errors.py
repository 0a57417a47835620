"""Refusals as every route gives them: a number and one sentence as JSON.

A thing outside a viewer's scope is answered like one that does not exist (404), so that
nobody learns from the difference what stands in another district.
"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from data_access.domain.words import N_
from data_access.errors import DataAccessError, DatabaseUnreachable
from routes.reader import words_for

SENTENCES: dict[int, str] = {
    400: N_("The request is not complete."),
    401: N_("You are signed out. Sign in and try again."),
    403: N_("Your role does not allow this."),
    404: N_("There is no such thing here, or not in your districts."),
    405: N_("This address does not take such a request."),
    416: N_("The file does not have that part."),
    429: N_("Too many attempts. Wait a little and try again."),
    502: N_("The worker gave no usable answer. Try again in a moment."),
    503: N_("The worker does not answer. Try again in a moment."),
}


def refusal(connection: HTTPConnection, status: int, sentence: str = "") -> Response:
    """The answer to a request that is refused; never kept by the browser."""
    _ = words_for(connection)
    words = sentence or _(SENTENCES.get(status, SENTENCES[400]))
    return JSONResponse({"error": words}, status, {"Cache-Control": "no-store"})


async def answer_refusal(request: Request, error: HTTPException) -> Response:
    """What becomes of an ``HTTPException`` of a route."""
    answer = refusal(request, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def answer_database_error(request: Request, error: DataAccessError) -> Response:
    """What becomes of an error of the data layer that a route did not expect."""
    status = 503 if isinstance(error, DatabaseUnreachable) else 500
    return refusal(request, status, error.in_words(words_for(request)))


EXCEPTION_HANDLERS: dict[Any, Any] = {
    HTTPException: answer_refusal,
    DataAccessError: answer_database_error,
}
