"""What selects offer: units, people and areas, read once however many fields show them."""

from collections import defaultdict
from datetime import date

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from khoidan.core.forms import keys_of
from khoidan.core.prepared import Prepared
from khoidan.organizations.models import Area, Kind, Unit, scope_of
from khoidan.organizations.models.area import until_words
from khoidan.staffing.models import Appointment, Person

NOTHING = ("", "---------")


def people_seated(blocs, day=None, *, also=(), near=()):
    """People who hold a seat in `blocs` on `day` and those whose ids are in `also`; `post` says their main seat.

    `near` holds units, a few at a time (ids or a queryset of them): their people come first, in that order.
    """
    held = Appointment.objects.held(day).filter(person=OuterRef("pk"), bloc__in=blocs)
    main = held.order_by("-kind", "position__order", "pk")  # main, concurrent, acting
    words = Concat("position__name", Value(", "), "unit__short_name", output_field=CharField())
    people = Person.objects.live().filter(Exists(held) | Q(pk__in=[pk for pk in also if pk]))
    sits = [When(Exists(held.filter(unit__in=units)), then=Value(place)) for place, units in enumerate(near)]
    nearness = [Case(*sits, default=Value(len(sits)), output_field=IntegerField())] if sits else []
    known = people.annotate(post=Subquery(main.annotate(words=words).values("words")[:1]))
    return known.order_by(*nearness, *Person._meta.ordering)


def near_to(user, unit=None):
    """For people_seated: the unit at hand (id), if any, and those where `user` sits, of the main seat first."""
    own = [seats_of(person__user=user, kind=Appointment.Kind.MAIN), seats_of(person__user=user)]
    return [keys_of([unit]), *own] if unit else own


def seats_of(**holder):
    """Units in which `holder`, a condition on appointments, sits today."""
    return Appointment.objects.held().filter(**holder).values("unit")


def holding_seats_of(units, day=None):
    """Ids of the people who hold a seat of one of `units` on `day`."""
    return Appointment.objects.held(day).filter(unit__in=units, person__voided_at=None).values_list("person", flat=True)


def head_of(unit, day=None):
    """The person at the head of `unit`: who stands in for an absent head comes before the head; None if nobody."""
    seats = Appointment.objects.held(day).filter(unit=unit, position__sole=True, person__voided_at=None)
    seat = seats.select_related("person").order_by("position__order", "kind").first()
    return seat and seat.person


def heads_of(units, day=None):
    """{id of unit: id of the person at its head}: who stands in for an absent head comes before the head."""
    seats = Appointment.objects.held(day).filter(unit__in=units, position__sole=True, person__voided_at=None)
    found = {}
    for unit, person in seats.order_by("position__order", "kind").values_list("unit", "person"):
        found.setdefault(unit, person)
    return found


def by_tree(unit):
    """Order of units in selects: those of the bloc itself before the many branches."""
    return unit.kind == Kind.BRANCH, unit.order, unit.sort_key, unit.pk


def words_of(person):
    """Name and post; the search of app.js looks for names before the dash first."""
    return f"{person.name} – {person.post}" if person.post else person.name


class Offers:
    """Mixin of ScopedForm: what its selects offer is read once per kind, not once per field."""

    def offer_units(self, field, capability):
        """Offer units as ScopedForm does, from one reading of the bloc's units."""
        scope = scope_of(self.user)
        self.blocs = sorted({*scope.any_bloc(), self.instance.bloc_id} - {None})
        self.units = sorted(Unit.objects.filter(bloc__in=self.blocs).select_related("bloc"), key=by_tree)
        allowed, kept = set(scope.units(capability)), self.instance.unit_id
        self.offered_units = [u for u in self.units if u.pk == kept or u.pk in allowed and u.is_current()]
        self.offer_of(field, self.offered_units)
        if len(self.offered_units) == 1:
            self.initial.setdefault("unit", self.offered_units[0].pk)

    def offer_only(self, units):
        """Narrow the units on offer to those of `units`."""
        wanted = {unit.pk for unit in units}
        self.offered_units = [unit for unit in self.offered_units if unit.pk in wanted]
        self.offer_of(self.fields["unit"], self.offered_units)

    def offers_nothing(self):
        return not self.offered_units

    def offer_organizations(self, field):
        """The organizations of the bloc, few enough for check boxes."""
        kept = {unit.pk for unit in self.initial.get("organizations") or [] if isinstance(unit, Unit)}
        organizations = [unit for unit in self.units if unit.kind == Kind.ORGANIZATION]
        self.offer_of(field, [unit for unit in organizations if unit.pk in kept or unit.is_current()])

    @staticmethod
    def offer_of(field, units):
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        field.choices = choice_list(field, [(unit.pk, str(unit)) for unit in units])

    def offer_people(self, *names):
        """People with a seat in the bloc, named with their main post, and whoever the record names already."""
        kept = [getattr(self.instance, f"{name}_id", None) for name in names]
        kept += [person.pk for name in names for person in self.named(name)]
        people = people_seated(self.blocs, also=kept, near=near_to(self.user, self.unit_at_hand()))
        offered = [(person.pk, words_of(person)) for person in people]
        for name in names:
            self.fields[name].queryset = people
            self.fields[name].choices = choice_list(self.fields[name], offered)

    def unit_at_hand(self):
        """Id of the unit typed, of the record, or filled in beforehand."""
        filled = self.initial.get("unit")
        return self.data.get("unit") or self.instance.unit_id or getattr(filled, "pk", filled)

    def named(self, name):
        """People whom a field of several holds already."""
        held = self.initial.get(name)
        return held if isinstance(held, list) and all(isinstance(each, Person) for each in held) else []

    def offer_areas(self, field):
        """Today's map, and the place the record names already."""
        today = timezone.localdate()
        areas = Area.objects.offered(today) | Area.objects.filter(pk=self.instance.area_id)
        field.queryset = areas
        field.choices = choice_list(field, [*areas.labelled(today).values_list("pk", "label")])


def choice_list(field, offered):
    return offered if field.widget.allow_multiple_selected else [NOTHING, *offered]


def choices_of(*parts):
    """choices_among what the parts, each made by `labelled`, find in one statement."""
    one, *others = parts
    return choices_among(one.union(*others, all=True))


def choices_among(rows):
    """{"unit", "organization" and the names given to `labelled`: [(key, label)]} of the rows of `labelled`."""
    found = defaultdict(list)
    for kind, _rank, _key, pk, label in sorted(rows, key=lambda row: (row[0] == Kind.BRANCH, row[1:])):
        if kind in Kind.values:
            found["unit"].append((str(pk), label))
        found[kind].append((str(pk), label))
    return found


def labelled(rows, which, label="name", rank=0):
    """Rows for choices_of: what `rows` offer, called `which` (a name, or an F of one)."""
    which, rank = (each if hasattr(each, "resolve_expression") else Value(each) for each in (which, rank))
    known = rows.order_by().annotate(which=which, rank=rank, words=F(label))
    key = "sort_key" if hasattr(rows.model, "sort_key") else "words"
    return known.values_list("which", "rank", key, "pk", "words")


def known_units(user):
    return units_in(scope_of(user).any_bloc())


def known_people(user):
    return people_in(scope_of(user).any_bloc())


def units_in(blocs):
    return labelled(Unit.objects.known_in(blocs), F("kind"), "short_name", F("order"))


def people_in(blocs):
    return labelled(Person.objects.live().known_in(blocs), "person")


def known(blocs, day, until):
    areas = labelled(Area.objects.offered(day).labelled(day, until), "area", "label")
    return units_in(blocs).union(people_in(blocs), areas, all=True)


read_known = Prepared(known, blocs=list, day=date, until=str)


def known_rows(user):
    """Rows for choices_among of what filters offer: units and people of one's blocs, and places; one statement."""
    return read_known(blocs=scope_of(user).any_bloc(), day=timezone.localdate(), until=until_words())


def counting_for(rows, organization):
    """Those of `rows` that count for `organization`, each once."""
    link = rows.model.organizations
    own = link.field.m2m_field_name()
    return rows.filter(Exists(link.through.objects.filter(**{own: OuterRef("pk"), "unit": organization})))
