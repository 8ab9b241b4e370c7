"""A form that is sent again: to the record that it made, or with a question which of the two is meant."""

from django.contrib import messages
from django.http import HttpResponseRedirect

ANOTHER = "_another"  # names the record of the same words beside which another is meant


class Once:
    """Mixin of CreateView: one form, one record; what is typed otherwise the second time is not lost."""

    def form_valid(self, form):
        return self.sent_before(form) or self.typed_before(form) or self.keep(form)

    def form_invalid(self, form):
        """A form sent twice, even at once, may be refused only for the record that it made itself."""
        return self.sent_before(form) or super().form_invalid(form)

    def sent_before(self, form):
        """The answer to a form that made a record already; None when it made none."""
        made = form.twin()
        if made is None:
            return None
        differing, seen = form.differing(made), made.permits(self.request.user, "view")
        if differing or not seen:
            return self.ask_which(form, made, differing, seen=seen)
        self.object = made
        messages.info(self.request, self.said_before())
        self.pressed()
        return HttpResponseRedirect(self.get_success_url() if self.goes_on else made.get_absolute_url())

    def typed_before(self, form):
        """The question about words that made a record a short while ago; None where there is none to ask."""
        made = form.lookalike()
        if made is None or self.request.POST.get(ANOTHER) == str(made.pk):
            return None
        return self.ask_which(form, made, [], seen=made.permits(self.request.user, "view"))

    def ask_which(self, form, made, differing, *, seen):
        """The form once more, with nothing saved: it changes what was made, or makes another."""
        form.renew(made.version)
        told = {"differing": [form[name].label for name in differing if name in form.fields]}
        if seen:
            told |= {"record": made, "edit_url": self.edit_url(made, differing)}
        return self.render_to_response(
            self.get_context_data(form=form, twin=told | {"at": made.created_at, "pk": made.pk})
        )

    def edit_url(self, made, differing):
        """Where the form changes what was made; None where it may not be changed, or not in all that differs."""
        user = self.request.user
        if not differing or not made.permits(user, "change"):
            return None
        fields = self.get_form_class()(instance=made, user=user).fields
        return self.resource.url("edit", made.pk) if set(differing) <= set(fields) else None
