"""The one exception of the commands."""


class CommandFailure(Exception):
    """A command could not do its work; the message says what happened and what to do now."""
