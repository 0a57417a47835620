"""What is broken, since when and why; and what the figures of the other screens rest on."""

from components.health_cameras import show_cameras
from components.health_sections import show_rest, show_summary
from components.health_sight import show_sights
from components.visit import enter

visit = enter("health")

show_summary(visit)
show_cameras(visit)
show_sights(visit)
show_rest(visit)
