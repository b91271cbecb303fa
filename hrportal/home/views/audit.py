"""The audit trail: who did what, to whom, when. It holds ids only; what was written stays with its readers."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from calibration.models import Recusal
from hrportal.common.access import Access
from hrportal.common.http import PageRequest
from hrportal.common.paths import any_of
from hrportal.journal.confidential import confidential_types
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.models import Employee, User
from hrportal.people.programs import names_of_programs
from talent.models import Interest, RefreshTask, SuccessionPlan, Successor, Vacancy

PAGE = 50
APPS = [
    ("people.", _("People")),
    ("performance.", _("Performance")),
    ("calibration.", _("Calibration")),
    ("talent.", _("Talent")),
    ("journal.", _("Journal")),
    ("sign_in.", _("Sign-in")),
    ("integrations.", _("Integrations")),
    ("scim.", _("SCIM")),
    ("feeds.", _("Calendars and exports")),
]


class FactFilter(django_filters.FilterSet):
    area = django_filters.ChoiceFilter(
        field_name="topic", lookup_expr="startswith", choices=APPS, label=_("Area"), empty_label=_("All areas")
    )
    by = django_filters.CharFilter(method="filter_by", label=_("Done by (user name)"))

    class Meta:
        model = Fact
        fields: list[str] = []

    def filter_by(self, queryset: QuerySet[Fact], name: str, value: str) -> QuerySet[Fact]:
        return queryset.filter(actor_id__in=User.objects.filter(username__iexact=value).values("pk"))


def facts_for(user: Any) -> QuerySet[Fact]:
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


def _about(viewer: Any) -> Q:
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


def _at_table_without(viewer: Any) -> Q:
    """What happened at a calibration table, or in a talent review, to those whom this reader does not talk about there."""
    declared = Recusal.objects.filter(employee=viewer.employee_id).values_list("about", flat=True)
    above = viewer.superiors()
    at_review = Q(subject_type__in=["talent.reviewmember", "talent.reviewtask"], person_id__in=above)
    return at_review | Q(topic__startswith="calibration.", person_id__in=[*above, *declared])


class FactListView(ListView):
    """The newest facts first; older pages start below a fact's id, so that no page costs more than the first."""

    access = Access(roles=frozenset({Role.HR_LEADER, Role.ADMIN}))
    request: PageRequest
    http_method_names = ["get", "head", "options"]
    template_name = "home/fact_list.html"

    def get_queryset(self) -> list[Fact]:  # type: ignore[override]
        self.filter = FactFilter(self.request.GET, facts_for(self.request.user))
        facts, before = self.filter.qs, self.request.GET.get("before", "")
        return list((facts.filter(pk__lt=int(before)) if before.isdecimal() else facts)[: PAGE + 1])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(self.object_list)
        facts, has_more = found[:PAGE], len(found) > PAGE
        shows_people = self.request.user.viewer.has(Role.HR_LEADER)
        query = self.request.GET.copy()
        query["before"] = str(facts[-1].pk) if facts else ""
        return super().get_context_data(
            facts=_with_names(facts, reader=self.request.user, shows_people=shows_people),
            shows_people=shows_people,
            filter=self.filter,
            next_url=f"?{query.urlencode()}" if has_more else "",
            **kwargs,
        )


def _with_names(facts: list[Fact], *, reader: Any, shows_people: bool) -> list[dict[str, Any]]:
    """Each fact in words, with the names behind its ids, in a few queries for all."""
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
