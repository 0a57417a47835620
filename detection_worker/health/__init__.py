"""How the worker and its feeds are doing: for the port, for Prometheus, for the database."""
