"""The tree of units as pages draw it."""

from collections import defaultdict
from dataclasses import dataclass, field

from .models import Unit


@dataclass
class Node:
    unit: Unit
    depth: int = 0
    children: list = field(default_factory=list)
    about: dict = field(default_factory=dict)  # what a page says of the unit

    def walk(self):
        """This node and all below it, as one reads the tree downwards."""
        yield self
        for child in self.children:
            yield from child.walk()


def forest(units):
    """Nodes of those of `units` that stand below none of the others, each with what is below it."""
    ranked = sorted(units, key=lambda unit: (unit.order, unit.sort_key, unit.pk))
    known = {unit.pk for unit in ranked}
    below = defaultdict(list)
    for unit in ranked:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    return grow(below, None, 0)


def grow(below, parent, depth):
    return [Node(unit, depth, grow(below, unit.pk, depth + 1)) for unit in below[parent]]


def in_tree_order(units):
    """`units` as a list, each before those below it."""
    return [node.unit for root in forest(units) for node in root.walk()]
