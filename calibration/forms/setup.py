"""Many sessions at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calibration.enums import Division
from calibration.forms.sessions import cycles_under_way, own_unit, sessions_above
from calibration.models import CalibrationSession
from calibration.sessions.planning import MOST_AT_ONCE
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.tables import text_of
from hrportal.people.enums import Role, UnitKind
from hrportal.people.fields import UnitField
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from performance.models import ReviewCycle

LARGEST_FILE = 1_000_000


class SetupForm(forms.Form):
    """A rule by which sessions are made."""

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=ReviewCycle.objects.none())
    division = forms.ChoiceField(label=_("A session for"), choices=Division.choices)
    below = UnitField(
        label=_("At or below"),
        required=False,
        help_text=_("An HR leader may leave it empty for the whole organisation."),
    )
    kind = forms.ChoiceField(
        label=_("Units of the kind"),
        choices=UnitKind.choices,
        initial=UnitKind.DEPARTMENT,
        required=False,
        help_text=_("Asked for a session for each unit: with all below it."),
    )
    parent = forms.ModelChoiceField(
        label=_("Under the session"),
        queryset=CalibrationSession.objects.none(),
        required=False,
        empty_label=_("None: they stand alone"),
    )
    pre_read_due_on = forms.DateField(
        label=_("Answers before the meeting due"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    due_on = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["cycle"].queryset = cycles_under_way(user)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = sessions_above(user)  # type: ignore[attr-defined]
        self.fields["below"].required = not user.viewer.has(Role.HR_LEADER)

    def clean_below(self) -> OrgUnit | None:
        return own_unit(self.user, self.cleaned_data["below"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("division") == Division.UNIT and not cleaned.get("kind"):
            self.add_error("kind", _("Choose the kind of unit."))
        parent = cleaned.get("parent")
        if parent and not self.user.has_perm("calibration.edit_session", parent):
            self.add_error("parent", _("This session is not yours to prepare."))
        return cleaned


class ImportForm(forms.Form):
    """A table of sessions, as a file or pasted. What was in a file stays on the page as text, whatever is refused."""

    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=ReviewCycle.objects.none())
    file = forms.FileField(label=_("File"), required=False, help_text=_("CSV or an Excel sheet."))
    text = forms.CharField(
        label=_("Or the lines themselves"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "font-monospace"}),
    )

    def __init__(self, *args: Any, user: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = cycles_under_way(user)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given and given.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is too large; at most %d sessions are made at once.") % MOST_AT_ONCE
            )
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file"):
            self._take_file(cleaned)
        if not self.errors and not (cleaned.get("text") or "").strip():
            self.add_error("text", _("Choose a file, or paste the lines."))
        return cleaned

    def _take_file(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["text"] = text_of(cleaned["file"].read(), most_lines=MOST_AT_ONCE)
        except ActionError as refusal:
            put_on_form(self, refusal)
        else:
            self.data = {**self.data.dict(), "text": cleaned["text"]}  # type: ignore[attr-defined]
