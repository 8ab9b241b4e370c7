"""The record that a form made already: one form makes one record, by two clicks, by Back, or typed in again."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

LATELY = timedelta(hours=1)  # for so long the same words are taken for the same record until one says otherwise


class MakesOne:
    """Mixin of ScopedForm."""

    def twin(self):
        """The record that this very form made already, when it is sent a second time."""
        token = self.data.get(self.add_prefix("token"))
        try:
            key = uuid.UUID(str(token))
        except ValueError:
            return None
        return self._meta.model.objects.filter(token=key, created_by=self.user).first()

    def lookalike(self):
        """A record of the same words that this account made a short while ago; of a valid form."""
        same = {field.attname: field.value_from_object(self.instance) for field in self.told_fields()}
        since = timezone.now() - LATELY
        made = self._meta.model.objects.live().filter(created_by=self.user, created_at__gte=since, **same)
        return next((record for record in made.order_by("-pk") if not self.differing(record)), None)

    def told_fields(self):
        """Columns of the record that its author writes."""
        return [field for field in self._meta.model._meta.fields if field.editable and not field.primary_key]

    def differing(self, record):
        """Names of what was typed otherwise than `record` has it, or so that it cannot be read."""
        ours = [(field.name, field.value_from_object(self.instance)) for field in self.told_fields()]
        links = [field for field in self._meta.model._meta.many_to_many if field.name in self.fields]
        ours += [(field.name, self.cleaned_data.get(field.name)) for field in links]
        theirs = {field.name: field.value_from_object(record) for field in [*self.told_fields(), *links]}
        odd = [name for name, value in ours if not alike(value, theirs[name])]
        return odd + [name for name in self.errors if name in self.fields and name not in odd and self.unread(name)]

    def unread(self, name):
        """Whether the box by itself holds what it cannot; a rule may refuse it beside others, the record itself too."""
        try:
            self.fields[name].clean(self[name].data)
        except ValidationError:
            return True
        return False

    def renew(self, version):
        """Make the next sending one of another record; `version` is that of the one made before, to change it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("token")] = str(uuid.uuid4())
        self.data[self.add_prefix("version")] = str(version)
        self.fields["version"].disabled = False  # no browser sends what is disabled


def alike(mine, theirs):
    """Whether two values of a field are one, however they are held."""
    if isinstance(theirs, list):
        return {each.pk for each in mine or ()} == {each.pk for each in theirs}
    return mine == theirs or (mine or None) == (theirs or None)
