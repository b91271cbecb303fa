"""What people say about a file of employees: where it comes from, which column is what, why it is taken back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.importing.columns import REQUIRED
from hrportal.people.importing.uploads import LARGEST_UPLOAD
from hrportal.people.importing.words import COLUMN_WORDS
from hrportal.people.models import EmployeeImport

ENCODINGS = [
    ("utf-8-sig", "UTF-8"),
    ("cp1252", "Windows (Western)"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
    ("cp1250", "Windows (Central European)"),
    ("iso8859-15", "ISO 8859-15"),
    ("mac-roman", "Mac"),
]
DAYS = [
    ("", "2026-01-31"),
    ("%d.%m.%Y", "31.01.2026"),
    ("%d.%m.%y", "31.01.26"),
    ("%d/%m/%Y", "31/01/2026"),
    ("%m/%d/%Y", "01/31/2026"),
    ("%d-%m-%Y", "31-01-2026"),
    ("%Y%m%d", "20260131"),
]


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=_("CSV or Excel, at most 50 MB. It is kept for 30 days."),
    )
    source = forms.CharField(
        label=_("Source system"),
        max_length=50,
        initial="hris",
        help_text=_("A file is everyone of its source: whoever came from it and is missing now has left."),
    )
    effective_on = forms.DateField(
        label=_("The day it speaks of"),
        widget=Day(),
        help_text=_("Changes enter the history with this day. One to come: the file is taken in on it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = timezone.localdate

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(_("This file is too large. Split it."))
        return file


class ColumnsForm(forms.Form):
    """Which of our columns each of the file's is, and how its cells are written."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=ENCODINGS, required=False)
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    date_format = forms.ChoiceField(label=_("Days are written"), choices=DAYS, required=False)
    digits = forms.IntegerField(
        label=_("Digits of an employee number"),
        required=False,
        min_value=0,
        max_value=50,
        help_text=_("Spreadsheets drop leading zeros; shorter numbers get them back. Empty: as they are."),
    )
    email_domain = forms.CharField(
        label=_("Mail domain"),
        required=False,
        max_length=200,
        help_text=_("Completes addresses that are only a name."),
    )
    effective_on = forms.DateField(label=_("The day it speaks of"), widget=Day())
    is_strict = forms.BooleanField(
        label=_("Take in nothing while one row is wrong"),
        required=False,
        help_text=_("Otherwise wrong rows stay out, and the others go in."),
    )

    def __init__(self, *args: Any, imported: EmployeeImport, **kwargs: Any) -> None:
        self.imported = imported
        settings = imported.settings
        kwargs["initial"] = settings | {"effective_on": imported.effective_on}
        super().__init__(*args, **kwargs)
        sheets = imported.look.get("sheets", [])
        self._offer("sheet", [(name, name) for name in sheets])
        detected = settings.get("encoding", "")
        known = ENCODINGS if detected in dict(ENCODINGS) else [(detected, detected), *ENCODINGS]
        self._offer("encoding", known)
        del self.fields["encoding" if sheets else "sheet"]
        choices = [("", _("Ignore this column")), *COLUMN_WORDS.items()]
        for place, header in enumerate(imported.look["header"]):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or _("Without a name"),
                choices=choices,
                required=False,
                initial=settings.get("names", {}).get(header, ""),
                disabled=not header,
            )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The file's columns as the page shows them: header, samples, choice."""
        samples = self.imported.look.get("samples", [])
        return [
            {"field": self[f"column_{place}"], "samples": samples[place] if place < len(samples) else []}
            for place in range(len(self.imported.look["header"]))
        ]

    @property
    def others(self) -> list[Any]:
        """The fields that are about the whole file."""
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [cleaned.get(f"column_{place}", "") for place in range(len(self.imported.look["header"]))]
        for place, ours in enumerate(chosen):
            if ours and chosen.index(ours) < place:
                self.add_error(f"column_{place}", _("Another column is that already."))
        missing = [str(COLUMN_WORDS[name]) for name in REQUIRED if name not in chosen]
        if missing:
            self.add_error(None, _("Say which column is: %s.") % ", ".join(missing))
        return cleaned

    @property
    def settings(self) -> dict[str, Any]:
        """What was said, as the import keeps it."""
        cleaned = self.cleaned_data
        header = self.imported.look["header"]
        names = {name: cleaned.get(f"column_{place}", "") for place, name in enumerate(header) if name}
        kept = ("encoding", "sheet", "date_format", "digits", "email_domain", "is_strict")
        return {"names": names} | {name: cleaned[name] for name in kept if name in cleaned}


class UndoForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it taken back?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
