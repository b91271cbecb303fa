"""Rounds, their guideline, decisions, and tables of pay."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import TableForm, VersionedForm
from hrportal.people.fields import UnitField
from talent.enums import PayPosition
from talent.models import CalibratedRating, MeritCell, MeritRecommendation, RewardCycle
from talent.models.rewards import MOST_PERCENT
from talent.rewards.importing import MOST_LINES


def periods() -> list[tuple[str, str]]:
    """The periods that somebody has a calibrated rating of, newest first."""
    found = CalibratedRating.objects.current().order_by("-period_ends_on").values_list("period", flat=True)
    return [(period, period) for period in dict.fromkeys(found.distinct())]


class RewardCycleForm(forms.ModelForm):
    period = forms.ChoiceField(label=_("Rating period"), choices=periods)
    org_unit = UnitField(label=_("Unit"), required=False, help_text=_("Empty: the whole company."))

    class Meta:
        model = RewardCycle
        fields = ["name", "period", "org_unit", "effective_on", "budget_percent", "tolerance"]
        widgets = {"effective_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class RewardCycleEditForm(RewardCycleForm, VersionedForm):
    pass


class GuidelineForm(forms.Form):
    """One field for each rating and position, called `cell_4_lower`; left empty it says nothing about those who lie there."""

    def __init__(self, *args: Any, cycle: RewardCycle, labels: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels
        self.cells: list[MeritCell] = list(cycle.cells.all())
        self.ratings = sorted({cell.rating for cell in self.cells}, reverse=True)
        stored = {(cell.rating, cell.position): cell.percent for cell in self.cells}
        for rating in self.ratings:
            for position in PayPosition:
                self.fields[f"cell_{rating}_{position.value}"] = self._field(
                    rating, position, stored.get((rating, position.value))
                )

    @staticmethod
    def _field(rating: int, position: PayPosition, percent: Decimal | None) -> forms.DecimalField:
        label = _("Rating %(rating)s, %(position)s") % {"rating": rating, "position": position.label}
        limits: dict[str, Any] = {"min_value": 0, "max_value": MOST_PERCENT, "max_digits": 5, "decimal_places": 2}
        return forms.DecimalField(label=label, required=False, initial=percent, **limits)

    @property
    def rows(self) -> list[tuple[int, str, list[forms.BoundField]]]:
        """The fields as the matrix shows them: a rating, what it is called, its cells."""
        return [
            (rating, self.labels.get(rating, ""), [self[f"cell_{rating}_{position.value}"] for position in PayPosition])
            for rating in self.ratings
        ]

    @property
    def percents(self) -> dict[tuple[int, str], Decimal | None]:
        """What was filled in."""
        return {
            (rating, position.value): self.cleaned_data[f"cell_{rating}_{position.value}"]
            for rating in self.ratings
            for position in PayPosition
        }


class DecisionForm(VersionedForm):
    percent = forms.DecimalField(
        label=_("Increase in %"),
        required=False,
        min_value=0,
        max_value=MOST_PERCENT,
        max_digits=5,
        decimal_places=2,
        help_text=_("Empty: the recommendation counts."),
    )
    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, instance: MeritRecommendation, **kwargs: Any) -> None:
        self.instance = instance
        said = {"percent": instance.decided_percent, "reason": instance.decided_because}
        super().__init__(*args, initial=said, **kwargs)

    def stored_words(self, row: MeritRecommendation) -> list[dict[str, Any]]:
        """What was decided stands beside the form."""
        return []


class PayTableForm(TableForm):
    """Pay or pay ranges, as payroll wrote them."""

    most_lines = MOST_LINES
