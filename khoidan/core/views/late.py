"""Pages of rows whose keys are picked by index first; only then is joined what the rows show."""

from functools import lru_cache

from django.core.paginator import Paginator
from django.db.models import F
from django.utils.functional import cached_property

from khoidan.core.dates import today
from khoidan.core.expressions import AnyOf
from khoidan.core.prepared import Prepared, PreparedRows
from khoidan.core.ways import Found


class LatePaginator(Paginator):
    @cached_property
    def found(self):
        return Found(self.object_list)

    @cached_property
    def count(self):
        return self.found.count()

    def page(self, number):
        number = self.validate_number(number)
        bottom, top = (number - 1) * self.per_page, number * self.per_page
        read = reader(self.object_list.model, self.object_list.query.order_by, today())
        return self._get_page(read(keys=self.found.keys(bottom, top)), number, self)


@lru_cache(maxsize=200)
def reader(model, order, _day):
    """What reads the rows of a page once their keys are known; what is said of today in them holds for that day."""
    rows, row = model.objects.for_rows().order_by(*order), model.objects.all().row

    def of_page(keys):
        return rows.filter(AnyOf(F("pk"), keys))

    if row is None:
        return PreparedRows(of_page, keys=list)
    told = Prepared(of_page, keys=list)
    return lambda keys: [row(*values) for values in told(keys=keys)]
