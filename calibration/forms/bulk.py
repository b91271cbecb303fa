"""A table of cards coming back."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from calibration.boards.bulk import MOST_LINES
from hrportal.common.actions import ActionError
from hrportal.common.tables import text_of

LARGEST_FILE = 5_000_000
LONGEST_TEXT = 1_000_000


class BulkForm(forms.Form):
    """A file, or its text: what was read from a file comes back as text, to be corrected in place."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV or Excel, at most %d lines.") % MOST_LINES,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    text = forms.CharField(
        label=_("Or the lines themselves"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "form-control table-text"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and "file" not in self.errors:
            cleaned["text"] = self._text_of(file)
        if not self.errors and not cleaned["text"].strip():
            self.add_error("file", _("Choose a file, or paste its lines."))
        return cleaned

    def _text_of(self, file: UploadedFile) -> str:
        if (file.size or 0) > LARGEST_FILE:
            self.add_error("file", _("This file is too large. Split it."))
            return ""
        try:
            text = text_of(file.read(), most_lines=MOST_LINES)
        except ActionError as refusal:
            self.add_error("file", refusal.message)
            return ""
        if len(text) > LONGEST_TEXT:
            self.add_error("file", _("This file is too large. Split it."))
        return text
