"""What is typed when a topic is opened to managers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.people.fields import UnitField
from talent.enums import OpenTopic
from talent.forms.succession import text


class OpeningForm(forms.Form):
    topic = forms.ChoiceField(label=_("What is opened"), choices=OpenTopic.choices)
    org_unit = UnitField(
        label=_("Unit"), help_text=_("With all below it: managers there see it of the people below them.")
    )
    reason = text(_("Why"), help_text=_("For instance: managers take part in the talent review of this unit."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["org_unit"].widget.attrs["placeholder"] = ""
