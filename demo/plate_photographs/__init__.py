"""Photographs of cars from many countries that never were, with the truth of their plates.

::

    countries ──► faces ──► street ──► photograph
    (what stands  (a plate  (a car, and (perspective, blur,
     on a plate)   drawn)    its words)  light, noise, JPEG)

The readers of plates are chosen and measured on these where no real photographs may be used:
what differs from country to country (bands, seals, crests, town names, slogans, colours) is
drawn; the letters are those of the fonts that are given.
"""
