"""The kernel: who exists, what may be asked of them, what happened."""

from .area import Area
from .capability import Capability
from .counted import Counted, CountedQuerySet
from .event import Event
from .grant import UnitGroupObjectPermission, UnitUserObjectPermission
from .link import track_links
from .owned import Owned, OwnedQuerySet
from .scope import Scope, scope_of, works
from .unit import Kind, Unit

__all__ = [
    "Area",
    "Capability",
    "Counted",
    "CountedQuerySet",
    "Event",
    "Kind",
    "Owned",
    "OwnedQuerySet",
    "Scope",
    "Unit",
    "UnitGroupObjectPermission",
    "UnitUserObjectPermission",
    "scope_of",
    "track_links",
    "works",
]
