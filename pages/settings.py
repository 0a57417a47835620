"""What the administrator decides: rules that are trusted, days of evidence, linear sections."""

from components.settings_screen import show_chosen
from components.visit import enter

show_chosen(enter("settings"))
