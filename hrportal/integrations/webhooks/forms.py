"""What administrators type about webhooks."""

from collections.abc import Iterator
from typing import Any

from allauth.idp.oidc.models import Client
from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.integrations.webhooks.actions import LONGEST_OVERLAP
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.integrations.webhooks.enums import Envelope
from hrportal.integrations.webhooks.models import MOST_PER_MINUTE, Endpoint

GROUPS = {
    "people.*": _("People and organisation"),
    "performance.*": _("Cycles, reviews and goals"),
    "calibration.*": _("Calibration"),
    "talent.*": _("Talent"),
}


class EndpointForm(forms.Form):
    """An endpoint: whose it is, where it is, what it hears."""

    client = forms.ModelChoiceField(
        Client.objects.none(),
        label=_("API client"),
        empty_label=_("Choose a client"),
        help_text=_("Its scopes say of what this address may hear."),
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
        help_text=_("On the public internet, with https."),
    )
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    envelope = forms.ChoiceField(
        label=_("Format"),
        choices=Envelope.choices,
        initial=Envelope.PLAIN,
        help_text=_("A body with type, timestamp and data, or structured JSON of CloudEvents."),
    )
    most_per_minute = forms.IntegerField(
        label=_("At most per minute"),
        min_value=1,
        max_value=MOST_PER_MINUTE,
        required=False,
        help_text=_("Messages in a minute. Empty for no limit."),
    )
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(name, name) for name in ("*", *GROUPS, *EVENTS)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one event.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, endpoint: Endpoint | None = None, clients: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scopes: set[str] | None = None
        if endpoint is None:
            del self.fields["version"]
            field: Any = self.fields["client"]
            field.queryset, field.label_from_instance = clients, lambda client: client.name
        else:
            del self.fields["client"]
            self.scopes = set(endpoint.client.get_scopes())

    @property
    def all_chosen(self) -> bool:
        return "*" in self._chosen

    @property
    def groups(self) -> Iterator[dict[str, Any]]:
        """The events by room, each with whether it is chosen and whether this client may hear it."""
        chosen = self._chosen
        for pattern, label in GROUPS.items():
            events = [
                {
                    "event": event,
                    "is_chosen": event.topic in chosen,
                    "is_heard": self.scopes is None or event.scope in self.scopes,
                }
                for event in EVENTS.values()
                if event.group == pattern
            ]
            count = sum(1 for row in events if row["is_chosen"])
            yield {"pattern": pattern, "label": label, "is_chosen": pattern in chosen, "events": events, "count": count}

    @property
    def _chosen(self) -> set[str]:
        return set(self["events"].value() or ())


class RotateForm(forms.Form):
    overlap_hours = forms.IntegerField(
        label=_("Hours the secret before signs as well"),
        min_value=0,
        max_value=LONGEST_OVERLAP,
        initial=24,
        help_text=_("Time to bring the new one to the receiver. 0 ends the old one now, as when it became known."),
    )


class ResumeForm(forms.Form):
    skip_missed = forms.ChoiceField(
        label=_("What was missed"),
        choices=[("", _("Send it, in its order")), ("yes", _("Skip it and begin with what happens from now on"))],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )

    def clean_skip_missed(self) -> bool:
        return self.cleaned_data["skip_missed"] == "yes"


class ReplayForm(forms.Form):
    """A range of time or of positions."""

    since = forms.DateTimeField(
        label=_("From"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    until = forms.DateTimeField(
        label=_("To"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty for now."),
    )
    first = forms.IntegerField(label=_("Or from position"), required=False, min_value=1, max_value=2**63 - 1)
    last = forms.IntegerField(
        label=_("To position"),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text=_("Empty for the newest."),
    )
