"""Drawing on a camera's picture what its rules watch, and when."""

from components.visit import enter
from components.zone_editor import show_editor

show_editor(enter("zones"))
