"""Where everything that moves in a scene is at each moment of its loop."""
