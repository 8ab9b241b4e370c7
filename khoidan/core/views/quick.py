from urllib.parse import urlencode

NOT_FILTERS = {"sort", "size", "page"}


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
        asked = {name: value for name, value in self.request.GET.items() if value}
        plain = {name: value for name, value in asked.items() if name not in NOT_FILTERS}
        views = [
            (label, self.request.path + (f"?{urlencode(wanted)}" if wanted else ""), self.fits(wanted, plain))
            for label, wanted in self.quick_views()
        ]
        return super().get_context_data(quick_views=views, **kwargs)

    @staticmethod
    def fits(wanted, asked):
        return {name: value for name, value in wanted.items() if name not in NOT_FILTERS} == asked
