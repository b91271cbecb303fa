"""Where in the company, and in which cycle."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from hrportal.people.fields import UnitField
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from performance.insight.metrics import recent_cycles
from performance.models import ReviewCycle


class UnitForm(forms.Form):
    unit = UnitField(label=_("Unit"), required=False)

    @property
    def chosen_unit(self) -> OrgUnit | None:
        """The unit that was named; None for everywhere, and for what is no unit."""
        return self.cleaned_data.get("unit") if self.is_valid() else None


class FiguresForm(UnitForm):
    """`cycle` falls back on the newest one the reader has people in."""

    field_order = ["cycle", "unit"]
    cycle = forms.ModelChoiceField(
        label=_("Cycle"), queryset=ReviewCycle.objects.none(), required=False, empty_label=_("The current one")
    )

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "cycle", recent_cycles(user))
