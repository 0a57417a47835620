"""What is new and still in a camera's picture: the watcher behind abandoned objects and dumps.

``view`` makes the small steady picture, ``memory`` remembers what each of its places looked
like, ``verdict`` tells a thing that appeared from one that was taken away and from light,
``company`` who brought it and who is with it, ``watcher`` puts it together.
"""
