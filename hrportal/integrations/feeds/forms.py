"""What administrators choose about a nightly export."""

from typing import Any

from allauth.idp.oidc.models import Client
from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import VersionedForm, offer, usual_value
from hrportal.integrations.feeds.bi.tables import TABLES, scope_of
from hrportal.integrations.feeds.enums import TableFormat
from hrportal.integrations.feeds.models import BiExport
from hrportal.integrations.feeds.models.bi import LONGEST_KEPT


class _NightForm(forms.Form):
    """Which tables a client gets, how, and for how long."""

    tables = forms.MultipleChoiceField(
        label=_("Tables"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A table whose scope the client does not have is left out, and the night says so."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=TableFormat.choices)
    kept_days = forms.IntegerField(label=_("Days a night is kept"), min_value=1, max_value=LONGEST_KEPT)
    is_on = forms.BooleanField(label=_("Make it every night"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tables"].choices = [(table, f"{table} ({scope_of(table)})") for table in TABLES]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def given(self) -> dict[str, Any]:
        """What the actions take, but for the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class BiExportForm(_NightForm):
    """A new export; its client is chosen once."""

    client = forms.ModelChoiceField(
        label=_("API client"), queryset=Client.objects.none(), empty_label=_("Choose a client")
    )
    field_order = ["client"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "client", _without_export())
        self.initial.setdefault("kept_days", usual_value(BiExport, "kept_days"))
        self.initial.setdefault("is_on", True)


class BiExportEditForm(VersionedForm, _NightForm):
    """What the next nights hold."""

    def __init__(self, *args: Any, instance: BiExport, **kwargs: Any) -> None:
        self.instance = instance
        said = {name: getattr(instance, name) for name in _NightForm.base_fields}
        super().__init__(*args, initial=said, **kwargs)


def _without_export() -> Any:
    """Clients that are not revoked and have none yet."""
    taken = BiExport.objects.values("client")
    return (
        Client.objects.filter(api_client__revoked_at=None, api_client__isnull=False)
        .exclude(pk__in=taken)
        .order_by("name")
    )
