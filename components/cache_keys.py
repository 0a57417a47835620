"""What tells two cached answers apart: the database and the scope, not the viewer in it.

Two viewers of the same districts see the same rows, so they share an answer.
"""

from collections.abc import Callable
from typing import Any

from data_access.database import Database
from data_access.domain.people import Scope

BY_SCOPE: dict[str | type[Any], Callable[[Any], Any]] = {
    Database: lambda database: database.url,
    Scope: lambda scope: scope.key,
}
"""For ``st.cache_data(hash_funcs=BY_SCOPE)``; neither argument may begin with an underscore."""
