"""Alembic's environment: runs on the connection that ``data_access.migrate`` hands over."""

from alembic import context
from sqlalchemy import Connection

from data_access.migrations.comparing import in_models
from data_access.tables import Base


def run() -> None:
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=in_models,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
