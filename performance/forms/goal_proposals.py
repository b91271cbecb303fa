"""Deciding about a proposed development goal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from performance.goals.proposals import best_period, open_periods, title_of
from performance.models import GoalPeriod, GoalProposal


class AcceptProposalForm(forms.Form):
    """In which period the goal is worked on, and how it is worded."""

    title = forms.CharField(label=_("Objective"), max_length=200)
    period = forms.ModelChoiceField(
        label=_("In which period?"),
        queryset=GoalPeriod.objects.none(),
        help_text=_("Periods that are open. The goal is due when the period ends."),
    )

    def __init__(self, *args: Any, proposal: GoalProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "period", open_periods())
        self.initial = {"title": title_of(proposal), "period": best_period(proposal)}


class DismissProposalForm(forms.Form):
    """Why it is not to become a goal."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person, those above them and HR read it."),
    )
