"""The version of Qala, as manifests name it; pyproject.toml says the same."""

VERSION = "0.1.0"
