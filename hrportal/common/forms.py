"""What a form lets people choose from, when that depends on who asks; and what it says when an action refuses."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Field, Model, QuerySet
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.tables import text_of

LARGEST_FILE = 5_000_000
LONGEST_TEXT = 1_000_000


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> "forms.ModelChoiceField[Any]":
    """Let the field `name` choose among `rows`; the field, for what else there is to say of it."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    return field


def usual_value(model: type[Model], name: str) -> Any:
    """What a field of a model is when nobody says."""
    return cast("Field[Any, Any]", model._meta.get_field(name)).get_default()


def words_of(model: type[Model], name: str) -> str:
    """What a field of a model is called."""
    return str(cast("Field[Any, Any]", model._meta.get_field(name)).verbose_name)


def put_on_form(form: Any, refusal: ActionError, *, field: str | None = None) -> None:
    """Say what an action refused beside the field it is about, or above the form. `field` where the form calls it otherwise."""
    if isinstance(refusal, StaleVersion) and isinstance(form, VersionedForm):
        form.put_on_top(refusal)
        return
    name = field or refusal.field
    form.add_error(name if name in form.fields else None, refusal.message)


class VersionedForm(forms.Form):
    """A form about a row that several people edit, its `instance`: it sends back the version it was filled from.

    Where somebody else saved meanwhile, what was typed stays in the fields, `stored` says what is there now, and sent
    once more it takes its place.
    """

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    stored: list[dict[str, Any]] | None = None
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = getattr(self.instance, "version", None)

    def put_on_top(self, stale: StaleVersion) -> None:
        """Show what is stored beside what was typed, and take the next sending for an answer to it."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed[self.add_prefix("version")] = str(stale.version)
        self.stored = self.stored_words(type(self.instance)._base_manager.get(pk=self.instance.pk))
        self.add_error(None, stale.message)

    def stored_words(self, row: Any) -> list[dict[str, Any]]:
        """What a row holds, as people read it."""
        return [stored_word(self, row, name) for name in self.fields if name != "version"]


def stored_word(form: forms.BaseForm, row: Any, name: str) -> dict[str, Any]:
    """One field of a row under the name the form gives it, as people read it."""
    choice = getattr(row, f"get_{name}_display", None)
    return words_of_value(form, name, choice() if choice else getattr(row, name))


def words_of_value(form: forms.BaseForm, name: str, value: Any) -> dict[str, Any]:
    """A value of a field, under the name the form gives it, as people read it."""
    if isinstance(value, bool):
        value = _("Yes") if value else _("No")
    text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else localize(value)
    return {"label": form.fields[name].label, "text": text}


class TableForm(forms.Form):
    """A file, or its text: what was read from a file comes back as text, to be corrected in place. `most_lines` it may have."""

    most_lines: int

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    text = forms.CharField(
        label=_("Or the lines themselves"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "form-control table-text"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("CSV or Excel, at most %d lines.") % self.most_lines

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
            text = text_of(file.read(), most_lines=self.most_lines)
        except ActionError as refusal:
            self.add_error("file", refusal.message)
            return ""
        if len(text) > LONGEST_TEXT:
            self.add_error("file", _("This file is too large. Split it."))
        return text
