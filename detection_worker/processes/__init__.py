"""A worker of many processes: one port and one list of cameras in front, a model in each.

``spread`` says which process watches which camera; ``share`` is how a process is told;
``child`` keeps one process running; ``front`` is the port in front of all of them; ``fleet``
puts them together. Nothing is shared but the database and the media folder: each process has
an outbox of its own, and one that dies takes no other with it.
"""
