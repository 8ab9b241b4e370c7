from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse


def address_of(name):
    """The URL of that name with a place for the key of a record, for rows without number; found once."""
    return _address_of(name, get_script_prefix())


@lru_cache
def _address_of(name, _prefix):
    return reverse(name, args=[0]).replace("/0/", "/{}/")


def rows_of(name, **filters):
    """URL of the list `name` filtered; days are written as the office writes them, and None asks for nothing."""
    told = {k: v.strftime("%d/%m/%Y") if isinstance(v, date) else v for k, v in filters.items() if v is not None}
    return f"{reverse(name)}?{urlencode(told)}"
