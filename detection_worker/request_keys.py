"""The key that a request to the worker's port carries."""

import hmac

KEY_HEADER = "X-Qala-Key"


def is_key(given: str | None, key: str) -> bool:
    """Whether the key that came is the right one, in a time that tells nothing of it."""
    return hmac.compare_digest((given or "").encode(), key.encode())
