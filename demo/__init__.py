"""Demonstration cities, and rendered scenes with their ground truth."""

from demo.seeding import seed

__all__ = ["seed"]
