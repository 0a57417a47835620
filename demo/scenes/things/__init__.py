"""What stands and moves in a scene, and how each is drawn."""
