"""What PostgreSQL answers, as a sentence with a cure: a table of its error states."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from data_access import errors
from data_access.addresses import engine_url
from data_access.postgres_errors import sentence

URL = engine_url("postgresql://qala:topsecret@db:5433/qala")


def refusal(state: str | None, words: str = "words of the server") -> Any:
    return SimpleNamespace(sqlstate=state, diag=SimpleNamespace(message_primary=words))


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("28P01", errors.DatabaseRefused, "does not accept the password"),
        ("28000", errors.DatabaseRefused, "pg_hba.conf"),
        ("3D000", errors.DatabaseRefused, "createdb"),
        ("53100", errors.DatabaseFull, "is full. Nothing was written; free some space"),
        ("53300", errors.DatabaseUnreachable, "takes no more connections"),
        ("57P01", errors.DatabaseUnreachable, "broke"),
        ("57P03", errors.DatabaseUnreachable, "No PostgreSQL answers"),
        ("08006", errors.DatabaseUnreachable, "broke"),
        ("57014", errors.TooSlow, "took too long"),
        ("42P01", errors.DatabaseNotMigrated, "./qala db migrate"),
        ("42501", errors.NotPermitted, "does not permit"),
        ("23505", errors.AlreadyThere, "there already"),
        ("23514", errors.RowRefused, "refuses a row"),
        ("XX000", errors.DatabaseError, "words of the server"),
    ],
)
def test_each_state_has_its_exception_and_its_cure(
    state: str, kind: type[errors.DatabaseError], words: str
) -> None:
    said = sentence(URL, cast(BaseException, refusal(state)), broken=False)
    assert type(said) is kind
    assert words in str(said)
    assert "topsecret" not in str(said)


def test_a_sentence_names_role_server_and_database() -> None:
    said = sentence(URL, cast(BaseException, refusal("53100")), broken=False)
    assert "qala@db:5433/qala" in str(said)
