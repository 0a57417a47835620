"""Traffic signals: ``lamp`` reads one picture, ``memory`` many, ``board`` keeps what is sent.

``watcher`` brings them into the scene, where rules find them by ``naming``.
"""
