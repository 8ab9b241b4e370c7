from urllib.parse import urlencode

NOT_FILTERS = {"sort", "size", "page", "view"}


class QuickViews:
    """Mixin of ListView: the usual filters of the list as links above it."""

    def quick_views(self):
        """[(label, {parameter: value})]."""
        return []

    def ordered(self, rows):
        """What one entered oneself is looked through from the newest, unless asked otherwise."""
        if self.request.GET.get("entered") and self.ordering() == (None, False):
            return rows.order_by("-created_at", "-pk")
        return super().ordered(rows)

    def get_context_data(self, **kwargs):
        views = [
            (label, f"{self.request.path}?{urlencode(wanted)}" if wanted else self.bare_url(), self.fits(wanted))
            for label, wanted in self.quick_views()
        ]
        return super().get_context_data(quick_views=views, view_shown=shown_of(views), **kwargs)

    def fits(self, wanted):
        """Whether the address asks for these filters and no others."""
        asked = {name: value for name, value in self.request.GET.items() if value}
        return filters_of(wanted) == filters_of(asked)


def shown_of(views):
    """Name of the first of [(name, address, whether it is what is shown)] that is shown; "" for none."""
    return next((label for label, _url, current in views if current), "")


def filters_of(asked):
    return {name: value for name, value in asked.items() if name not in NOT_FILTERS}
