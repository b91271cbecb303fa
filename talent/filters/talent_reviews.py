"""What the list of talent reviews and a grid can be narrowed by."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, OrgUnit
from talent.enums import TalentReviewState
from talent.filters.common import PersonSearch
from talent.models import ReviewMember, TalentReview
from talent.talent_reviews.boxes import HOLDING, boxes_of

VIEWS = ("grid", "list")


class TalentReviewFilter(filters.FilterSet):
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))
    state = filters.ChoiceFilter(choices=TalentReviewState.choices, label=_("State"), empty_label=_("Any state"))
    whose = filters.ChoiceFilter(
        choices=[("table", _("I lead or take part in"))],
        method="filter_whose",
        label=_("Whose"),
        empty_label=_("All I see"),
    )

    def filter_whose(self, rows: QuerySet[TalentReview], name: str, value: str) -> QuerySet[TalentReview]:
        return rows.filter(TalentReview.objects.at_table(self.request.user.viewer))


class ReviewMemberFilter(filters.FilterSet):
    """The choices are who is on this list, so that no name is offered which the reader may not see."""

    unit = filters.ModelChoiceFilter(
        field_name="org_unit", queryset=OrgUnit.objects.none(), label=_("Unit"), empty_label=_("Any unit")
    )
    manager = filters.ModelChoiceFilter(
        queryset=Employee.objects.none(), label=_("Manager"), empty_label=_("Any manager")
    )
    family = filters.ChoiceFilter(field_name="job__family", label=_("Job family"), empty_label=_("Any family"))
    discussed = filters.ChoiceFilter(
        choices=[("true", _("Discussed")), ("false", _("Left to discuss"))],
        method="filter_discussed",
        label=_("Discussed"),
        empty_label=_("Discussed or not"),
    )
    q = PersonSearch(field_name="employee")
    level = filters.ChoiceFilter(field_name="job__level", label=_("Job level"), empty_label=_("Any level"))
    box = filters.ChoiceFilter(method="filter_box", label=_("Box"), empty_label=_("Any box"))
    moved = filters.ChoiceFilter(
        choices=[("true", _("Moved")), ("false", _("As the figures say"))],
        method="filter_moved",
        label=_("Moved"),
        empty_label=_("Moved or not"),
    )
    view = filters.CharFilter(method="keep", widget=forms.HiddenInput)

    def __init__(self, *args: Any, review: TalentReview | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        self.filters["unit"].queryset = OrgUnit.objects.filter(pk__in=rows.values("org_unit"))
        self.filters["manager"].queryset = Employee.objects.filter(pk__in=rows.values("manager"))
        jobs = set(rows.exclude(job=None).values_list("job__family", "job__level"))
        named = sorted({family for family, _level in jobs if family})
        levels = sorted({level for _family, level in jobs if level is not None})
        self.filters["family"].extra["choices"] = [(family, family) for family in named]
        self.filters["level"].extra["choices"] = [(level, level) for level in levels]
        boxes = boxes_of(review).values() if review else ()
        named_boxes = [(str(box.number), f"{box.number} · {box.label}") for box in reversed(list(boxes))]
        self.filters["box"].extra["choices"] = [*named_boxes, (str(HOLDING), _("Holding area"))]

    def filter_discussed(self, rows: QuerySet[ReviewMember], name: str, value: str) -> QuerySet[ReviewMember]:
        return rows.filter(is_discussed=value == "true")

    def filter_box(self, rows: QuerySet[ReviewMember], name: str, value: str) -> QuerySet[ReviewMember]:
        return rows.filter(box=int(value) or None)

    def filter_moved(self, rows: QuerySet[ReviewMember], name: str, value: str) -> QuerySet[ReviewMember]:
        lies = Q(box=F("figures_box")) | Q(box=None, figures_box=None)
        return rows.filter(~lies if value == "true" else lies)

    def keep(self, rows: QuerySet[ReviewMember], name: str, value: str) -> QuerySet[ReviewMember]:
        return rows
