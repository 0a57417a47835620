"""ONVIF: finding cameras in a network, asking for their streams, turning them.

::

    WorkerError
    └── OnvifError
        ├── OnvifUnreachable   nobody answers as an ONVIF camera does
        ├── OnvifRefused       the camera does not accept the name or the password
        └── OnvifUnable        the camera cannot do this: it does not turn, or has no such preset

``discovery`` asks a network who is there; ``device`` is one camera; ``turning`` is the worker's
way of turning those that it watches.
"""
