"""What administrators type about API clients, and people about their access tokens."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import VersionedForm, words_of_value
from hrportal.integrations.models import ApiClient
from hrportal.integrations.oauth.networks import read_networks
from hrportal.integrations.oauth.scopes import FOR_PEOPLE, Scope
from hrportal.people.models import OrgUnit

USUAL_LIFE = datetime.timedelta(days=90)
USUAL_OVERLAP = datetime.timedelta(days=14)


def scope_choices(scopes: list[str]) -> list[tuple[str, str]]:
    """Scopes as one chooses them: what each opens, then its name."""
    return [(value, f"{Scope(value).label} ({value})") for value in scopes]


class LinesField(forms.CharField):
    """Several words, on lines of their own or with commas between them."""

    widget: forms.Widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return super().clean(value).replace(",", " ").split()


class ClientForm(forms.Form):
    """One system: what it is for and how far it reaches."""

    name = forms.CharField(label=_("Name"), max_length=100)
    purpose = forms.CharField(label=_("What it is for"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    contact = forms.CharField(
        label=_("Who answers for it"),
        max_length=200,
        required=False,
        help_text=_("A person or a team, and how to reach them."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=scope_choices(Scope.values),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Give it what it needs and no more. A write scope opens verbs, not rows: it needs the read scope too."
        ),
    )
    is_limited = forms.BooleanField(
        label=_("Only for some units"),
        required=False,
        help_text=_("It then has to do with people and seats in these units and all below them, and acts for nobody."),
    )
    units = LinesField(label=_("Codes of the units"), required=False)
    networks = LinesField(
        label=_("Addresses it may come from"),
        required=False,
        help_text=_("Networks such as 192.0.2.0/24. Leave empty for any."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset(_("The system"), "name", "purpose", "contact"),
            Fieldset(_("What it may do"), "scopes"),
            Fieldset(_("How far it reaches"), "is_limited", "units", "networks"),
        )

    def clean_units(self) -> list[OrgUnit]:
        codes = set(self.cleaned_data["units"])
        units = list(OrgUnit.objects.filter(code__in=codes))
        if unknown := sorted(codes - {unit.code for unit in units}):
            raise ValidationError(_("There is no unit %s.") % ", ".join(unknown))
        return units

    def clean_networks(self) -> list[str]:
        return [str(network) for network in read_networks(self.cleaned_data["networks"])]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_limited") and not cleaned.get("units") and "units" not in self.errors:
            self.add_error("units", _("Name at least one unit."))
        if cleaned.get("units") and not cleaned.get("is_limited"):
            self.add_error("is_limited", _("Tick this to limit it to the units named below."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What the actions take."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        units, is_limited = data.pop("units"), data.pop("is_limited")
        return {**data, "units": units if is_limited else None}

    @staticmethod
    def initial_of(client: ApiClient) -> dict[str, Any]:
        """A client as it is, to be changed."""
        return {
            "name": client.client.name,
            "purpose": client.purpose,
            "contact": client.contact,
            "scopes": client.scopes,
            "is_limited": client.is_limited,
            "units": [unit.code for unit in client.units.all()],
            "networks": client.networks,
        }


class ClientEditForm(VersionedForm, ClientForm):
    """A client that is there already; what somebody else saved meanwhile is shown beside what was typed."""

    def __init__(self, *args: Any, instance: ApiClient, **kwargs: Any) -> None:
        self.instance = instance
        super().__init__(*args, initial=self.initial_of(instance), **kwargs)
        self.helper.layout.append("version")

    def stored_words(self, row: ApiClient) -> list[dict[str, Any]]:
        return [words_of_value(self, name, value) for name, value in self.initial_of(row).items()]


class RotateForm(forms.Form):
    """Until when the old secrets go on."""

    valid_until = forms.DateField(
        label=_("The secrets of now are valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most 90 days. Leave empty to end them at once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_until", timezone.localdate() + USUAL_OVERLAP)


class TokenForm(forms.Form):
    """A token of one's own."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("What uses it, such as “Monthly report”: it tells one from another."),
    )
    expires_on = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most a year."),
    )
    is_narrow = forms.BooleanField(
        label=_("Only for some of what I may do"),
        required=False,
        help_text=_("Otherwise it may do all that you may do, improvement plans among it."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Only for"),
        choices=scope_choices(FOR_PEOPLE),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("expires_on", timezone.localdate() + USUAL_LIFE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_narrow") and not cleaned.get("scopes"):
            self.add_error("scopes", _("Choose at least one scope."))
        if cleaned.get("scopes") and not cleaned.get("is_narrow"):
            self.add_error("is_narrow", _("Tick this to keep the token to the scopes chosen below."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "expires_on": data["expires_on"],
            "scopes": data["scopes"] if data["is_narrow"] else None,
        }
