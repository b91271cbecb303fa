"""The two exceptions HR answers for: completing without calibration, and deciding a reopened review again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import offer
from performance.models import RatingLevel, Review


class UncalibratedForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is this rating not calibrated?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The rating counts as uncalibrated and does not enter the talent profile."),
    )


class DecideForm(forms.Form):
    rating = forms.ModelChoiceField(RatingLevel.objects.none(), label=_("Final rating"), empty_label=None)
    rationale = forms.CharField(label=_("Why is it decided again?"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"rating": review.proposed_rating_id})
        super().__init__(*args, **kwargs)
        offer(self, "rating", RatingLevel.objects.filter(scale=review.cycle.scale_id))
