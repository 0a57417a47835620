"""The history of the tables: Alembic's environment, one revision a file in ``versions``."""
