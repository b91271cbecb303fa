"""The audit trail as rows: which facts a reader has before them, in words, on the page and in a file."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calibration.models import Recusal
from hrportal.common.exports import Column
from hrportal.common.paths import any_of
from hrportal.journal.confidential import confidential_types
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind
from hrportal.people.fields import PersonField
from hrportal.people.models import Employee, User
from hrportal.people.programs import names_of_programs
from hrportal.people.viewer import Principal, Viewer
from talent.models import Interest, RefreshTask, SuccessionPlan, Successor, Vacancy

READERS = frozenset({Role.HR_LEADER, Role.ADMIN})
APPS = [
    ("people.", gettext_lazy("People")),
    ("performance.", gettext_lazy("Performance")),
    ("calibration.", gettext_lazy("Calibration")),
    ("talent.", gettext_lazy("Talent")),
    ("journal.", gettext_lazy("Journal")),
    ("sign_in.", gettext_lazy("Sign-in")),
    ("notices.", gettext_lazy("Notices")),
    ("integrations.", gettext_lazy("Integrations")),
    ("scim.", gettext_lazy("SCIM")),
    ("feeds.", gettext_lazy("Calendars and exports")),
]


class FactFilter(django_filters.FilterSet):
    area = django_filters.ChoiceFilter(
        field_name="topic",
        lookup_expr="startswith",
        choices=APPS,
        label=gettext_lazy("Area"),
        empty_label=gettext_lazy("All areas"),
    )
    by = django_filters.CharFilter(method="filter_by", label=gettext_lazy("Done by (user name)"))

    def filter_by(self, queryset: QuerySet[Fact], name: str, value: str) -> QuerySet[Fact]:
        return queryset.filter(actor_id__in=User.objects.filter(username__iexact=value).values("pk"))


class AboutPersonFilter(django_filters.Filter):
    field_class = PersonField

    def filter(self, qs: QuerySet[Fact], value: Employee | None) -> QuerySet[Fact]:
        return qs.filter(person_id=value.pk) if value else qs


class NamedFactFilter(FactFilter):
    """For those who read whom a fact is about: to anybody else the answer would tell."""

    person = AboutPersonFilter(label=gettext_lazy("To whom"))


def filter_for(user: Principal) -> type[FactFilter]:
    return NamedFactFilter if user.viewer.has(Role.HR_LEADER) else FactFilter


def facts_for(user: Principal) -> QuerySet[Fact]:
    """HR leaders read all facts but those about themselves, and those of a table about whom they stay out; a system administrator sees that things happened, not to whom.

    Of what is confidential an administrator does not even see that it happened.
    """
    facts = Fact.objects.order_by("-id")
    if user.viewer.has(Role.HR_LEADER):
        viewer = user.viewer
        return facts.exclude(_about(viewer) | _at_table_without(viewer)) if viewer.employee_id else facts
    if user.viewer.has(Role.ADMIN):
        return facts.exclude(subject_type__in=confidential_types()).defer("person_id", "subject_id", "data")
    return facts.none()


def _about(viewer: Viewer) -> Q:
    """Facts about a person, and those about benches kept from them: of their own seat, or on which they stand. Whatever is
    said of such a bench, if only that it is one, tells that they stand there. And what people below keep from their managers."""
    benches = SuccessionPlan.objects.about(viewer).order_by().values("pk")
    kept: dict[str, Any] = {
        "talent.successionplan": benches,
        "talent.successor": Successor.objects.filter(plan__in=benches).order_by().values("pk"),
        "talent.interest": Interest.objects.kept_from(viewer).order_by().values("pk"),
        "talent.vacancy": Vacancy.objects.filter(plan__in=benches).order_by().values("pk"),
        "talent.refreshtask": RefreshTask.objects.filter(Q(employee=viewer.employee_id) | Q(plan__in=benches))
        .order_by()
        .values("pk"),
    }
    return Q(person_id=viewer.employee_id) | any_of(
        Q(subject_type=name, subject_id__in=ids) for name, ids in kept.items()
    )


def _at_table_without(viewer: Viewer) -> Q:
    """What happened at a calibration table, or in a talent review, to those whom this reader does not talk about there."""
    declared = Recusal.objects.filter(employee=viewer.employee_id).values_list("about", flat=True)
    above = viewer.superiors()
    at_review = Q(subject_type__in=["talent.reviewmember", "talent.reviewtask"], person_id__in=above)
    return at_review | Q(topic__startswith="calibration.", person_id__in=[*above, *declared])


def with_names(facts: list[Fact], *, reader: Principal) -> list[dict[str, Any]]:
    """Each fact in words, with the names behind its ids, in a few queries for all."""
    shows_people = reader.viewer.has(Role.HR_LEADER)
    accounts = {fact.actor_id for fact in facts} | {fact.on_behalf_of_id for fact in facts}
    actors = User.objects.filter(pk__in=accounts - {None}).in_bulk()
    people = Employee.objects.in_bulk({fact.person_id for fact in facts} - {None}) if shows_people else {}
    programs = names_of_programs((fact.client_id for fact in facts), user=reader)
    return [
        {
            "fact": fact,
            "program": programs.get(fact.client_id, ""),
            "actor": actors.get(fact.actor_id),
            "on_behalf_of": actors.get(fact.on_behalf_of_id),
            "person": people.get(fact.person_id) if shows_people else None,
        }
        for fact in facts
    ]


def _columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("When"), lambda row: row["fact"].recorded_at),
        Column(gettext_lazy("What"), lambda row: row["fact"].words),
        Column(gettext_lazy("Topic"), lambda row: row["fact"].topic),
        Column(gettext_lazy("To whom"), lambda row: row["person"]),
        Column(gettext_lazy("By"), lambda row: row["actor"].username if row["actor"] else _("the system")),
        Column(gettext_lazy("Through"), itemgetter("program")),
        Column(gettext_lazy("For"), lambda row: row["on_behalf_of"] and row["on_behalf_of"].username),
        Column(gettext_lazy("Place in the journal"), lambda row: row["fact"].position),
    ]


def _rows(user: Principal, query: QueryDict) -> Portions:
    facts = filtered(filter_for(user), query, facts_for(user), user)
    return Portions(facts, lambda portion: with_names(portion, reader=user))


FACTS = list_kind(ListKind("journal.facts", gettext_lazy("Audit"), _columns, _rows, READERS, in_person=True))
