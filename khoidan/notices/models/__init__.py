"""What people are told of: at the bell as it happens, by one mail a day."""

from .choice import Choice
from .digest import Digest
from .group import Group, Told
from .notice import Notice
from .telling import account_of, remind, tell, tell_of_many

__all__ = ["Choice", "Digest", "Group", "Notice", "Told", "account_of", "remind", "tell", "tell_of_many"]
