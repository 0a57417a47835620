"""Vehicles that are looked for: who asked and why, until when, and where they were seen."""

from components.visit import enter
from components.watch_list_view import show_hits, show_list

visit = enter("watch_list")

show_list(visit)
show_hits(visit)
