"""The only door to PostgreSQL and to the media folder.

Functions take an open ``Transaction`` of a ``Database`` first, and return the frozen classes of
``domain``. What goes wrong is a ``DataAccessError``, whose tree is drawn in ``errors``; each
carries a sentence for people in the languages of the screens.
"""
