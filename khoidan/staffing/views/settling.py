"""What every change of people and seats has in common: the rights that follow are right at once."""

from khoidan.core.views import ActionView, CreateView, Resource, Restoration, UpdateView, Voiding
from khoidan.staffing import grants


class Settling:
    """Mixin of views that change who sits where: rebuilds the rights concerned in the same transaction."""

    def saved(self, form):
        super().saved(form)
        grants.settle(self.object.unit.bloc_id)


class Act(Settling, ActionView):
    pass


class SettlingCreate(Settling, CreateView):
    pass


class SettlingUpdate(Settling, UpdateView):
    pass


class SettlingVoiding(Settling, Voiding):
    pass


class SettlingRestoration(Settling, Restoration):
    pass


class Settled(Resource):
    """A Resource that rights follow from."""

    create_view, update_view = SettlingCreate, SettlingUpdate
    voiding_view, restoration_view = SettlingVoiding, SettlingRestoration
