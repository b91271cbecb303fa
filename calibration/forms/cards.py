"""Moving a card without dragging it, and taking a move back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calibration.enums import Reason
from calibration.models import Card
from hrportal.common.forms import offer
from performance.models import RatingLevel

REASONS = [("", _("Choose, if one fits")), *Reason.choices]


class MoveForm(forms.Form):
    rating = forms.ModelChoiceField(RatingLevel.objects.none(), label=_("Rating"), empty_label=None)
    reason = forms.ChoiceField(label=_("Kind of reason"), required=False, choices=REASONS)
    rationale = forms.CharField(
        label=_("Why?"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the rating differs from the proposed one. Kept with the decision, next to your name."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, card: Card, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rating", RatingLevel.objects.filter(scale=card.session.cycle.scale_id))

    @classmethod
    def about(cls, card: Card) -> "MoveForm":
        """The form as the card lies there now."""
        now = {"rating": card.rating_id, "reason": card.reason, "rationale": card.rationale, "version": card.version}
        return cls(card=card, initial=now)


class UndoForm(forms.Form):
    rationale = forms.CharField(
        label=_("Why take it back?"), required=False, strip=True, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
