"""What the app's port counts about itself, for /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
"""Its own registry: the process-wide one would show what libraries put there."""

SIGN_INS = Counter(
    "qala_sign_ins", "Attempts to sign in, by how they ended", ["outcome"], registry=REGISTRY
)
REQUESTS = Histogram(
    "qala_request_seconds",
    "Time to the first byte of an answer, by kind of address and status class",
    ["kind", "status"],
    registry=REGISTRY,
)
SOCKETS = Gauge("qala_open_sockets", "Open WebSockets, by kind", ["kind"], registry=REGISTRY)
LOOKS = Counter("qala_evidence_looks", "Files of evidence opened", registry=REGISTRY)
