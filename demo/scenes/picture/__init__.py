"""How a scene becomes a picture: camera, light, the painted backdrop, the frames over it."""
