"""How somebody wants their notices: one choice for each kind, and the language of letters."""

from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, all_kinds
from hrportal.notices.enums import MailRhythm

SLIM = {"class": "form-select w-auto"}


def grouped_kinds() -> list[tuple[str, list[NoticeKind]]]:
    """The catalogue by group, in the reader's alphabet."""
    kinds = sorted(all_kinds(), key=lambda kind: (str(kind.group), kind.key))
    return [(group, list(found)) for group, found in groupby(kinds, key=lambda kind: str(kind.group))]


class SettingsForm(forms.Form):
    """A field for each kind in the catalogue."""

    language = forms.ChoiceField(
        label=_("Language of e-mails"), choices=settings.LANGUAGES, widget=forms.Select(attrs=SLIM)
    )

    def __init__(self, *args: Any, chosen: dict[str, str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = language or settings.LANGUAGE_CODE
        for kind in all_kinds():
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.sample,
                choices=MailRhythm.choices,
                initial=chosen.get(kind.key, kind.mail),
                widget=forms.Select(attrs=SLIM),
            )

    def groups(self) -> list[tuple[str, list[tuple[NoticeKind, forms.BoundField]]]]:
        """Kinds with their fields, by group."""
        return [(group, [(kind, self[kind.key]) for kind in kinds]) for group, kinds in grouped_kinds()]
