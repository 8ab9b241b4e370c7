"""Dated rows: from `start` until before `end`; an empty `end` means until further notice."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import NON_FIELD_ERRORS, FieldError, ValidationError
from django.db.models import F, Func, Q, Value
from django.utils import timezone


class Period(Func):
    """daterange(start, end, '[)') of a row."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, *args, **extra):
        super().__init__(*(args or (F("start"), F("end"), Value("[)"))), **extra)


def held_on(day, prefix=""):
    """Condition: in force on `day`."""
    return Q(**{f"{prefix}start__lte": day}) & (Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gt": day}))


class Dated:
    """Mixin of models with `start` and `end`; what a constraint refuses is told at the field `told_at` names."""

    told_at = {}

    @property
    def last_day(self):
        """The last day inside, as people say it; None when open."""
        return self.end and self.end - timezone.timedelta(days=1)

    def validate_constraints(self, exclude=None):
        """The row by itself first, then beside others: an end before its start overlaps nothing one could ask for."""
        beside = [c for c in self._meta.constraints if isinstance(c, ExclusionConstraint)]
        for constraints in ([c for c in self._meta.constraints if c not in beside], beside):
            errors = self.broken(constraints, exclude)
            if errors:
                raise ValidationError(errors)

    def broken(self, constraints, exclude):
        """{field: [errors]} of those constraints."""
        errors = {}
        for constraint in constraints:
            try:
                constraint.validate(type(self), self, exclude=exclude)
            except ValidationError as error:
                errors.setdefault(self.told_at.get(constraint.name, NON_FIELD_ERRORS), []).append(error)
            except FieldError:
                continue  # it rests on a field that is wrong already
        return errors

    def restore(self, *, by):
        """Undo `void`, unless another record has taken its place meanwhile: a ValidationError then."""
        self.voided_at, voided_at = None, self.voided_at
        self.validate_constraints()
        self.voided_at = voided_at
        super().restore(by=by)
