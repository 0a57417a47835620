"""What other systems of the city send to the worker's port: presses, calls, positions, signals.

``forms`` reads their JSON, ``desk`` writes it, ``routes`` are the addresses.

::

    WorkerError
    └── FormError      what was sent cannot be understood; each fault is a sentence
"""
