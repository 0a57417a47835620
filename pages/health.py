"""What is broken, since when and why; and what the figures of the other screens rest on."""

from components.health_cameras import show_cameras
from components.health_sections import show_health
from components.visit import enter

visit = enter("health")

show_health(visit)
show_cameras(visit)
