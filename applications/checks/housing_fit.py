"""Whether the households offered fit into the dwellings offered: one household, one dwelling."""

from collections.abc import Iterable


def unhoused(households: Iterable[int], places: Iterable[int]) -> list[int]:
    """The sizes of the households for which no dwelling is left, the largest first; as few as can be.

    The smallest dwelling that is large enough goes to each household, the smallest household first: no other way
    houses more of them.
    """
    left = sorted(places)
    without = []
    for persons in sorted(households):
        fits = next((place for place in left if place >= persons), None)
        if fits is None:
            without.append(persons)
        else:
            left.remove(fits)
    return sorted(without, reverse=True)
