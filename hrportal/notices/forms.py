"""How somebody wants their notices: choices for each kind, the language of letters, and an address in Slack or Teams."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, all_kinds
from hrportal.notices.chat.addresses import LONGEST
from hrportal.notices.enums import ChatRhythm, MailRhythm
from hrportal.notices.models import NoticeSetting

SLIM = {"class": "form-select w-auto"}
CHAT = "chat:"


def grouped_kinds() -> list[tuple[str, list[NoticeKind]]]:
    """The catalogue by group, in the reader's alphabet."""
    kinds = sorted(all_kinds(), key=lambda kind: (str(kind.group), kind.key))
    return [(group, list(found)) for group, found in groupby(kinds, key=lambda kind: str(kind.group))]


class KindFields(NamedTuple):
    """A kind with its choices. `chat` is missing without a chat, and for what never comes there."""

    kind: NoticeKind
    mail: forms.BoundField
    chat: forms.BoundField | None


class SettingsForm(forms.Form):
    """For each kind in the catalogue a rhythm of e-mails and, with a chat, whether it comes there."""

    language = forms.ChoiceField(
        label=_("Language of e-mails"), choices=settings.LANGUAGES, widget=forms.Select(attrs=SLIM)
    )

    def __init__(
        self, *args: Any, chosen: Mapping[str, NoticeSetting], language: str, has_chat: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = language or settings.LANGUAGE_CODE
        for kind in all_kinds():
            row = chosen.get(kind.key) or NoticeSetting()
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.sample,
                choices=MailRhythm.choices,
                initial=row.mail or kind.mail,
                widget=forms.Select(attrs=SLIM),
            )
            if has_chat and not kind.is_confidential:
                self.fields[CHAT + kind.key] = forms.BooleanField(
                    label=kind.sample,
                    required=False,
                    initial=(row.chat or kind.chat) == ChatRhythm.AT_ONCE,
                    widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
                )

    @property
    def mail(self) -> dict[str, str]:
        """The rhythm of e-mails for each kind."""
        return {kind.key: self.cleaned_data[kind.key] for kind in all_kinds()}

    @property
    def chat(self) -> dict[str, str]:
        """For each kind that may come to a chat, whether it does; nothing without a chat."""
        chosen = {name.removeprefix(CHAT): value for name, value in self.cleaned_data.items() if name.startswith(CHAT)}
        return {key: ChatRhythm.AT_ONCE if value else ChatRhythm.NEVER for key, value in chosen.items()}

    def groups(self) -> list[tuple[str, list[KindFields]]]:
        """Kinds with their fields, by group."""
        return [(group, [self._fields_of(kind) for kind in kinds]) for group, kinds in grouped_kinds()]

    def _fields_of(self, kind: NoticeKind) -> KindFields:
        chat = CHAT + kind.key
        return KindFields(kind, self[kind.key], self[chat] if chat in self.fields else None)


class AddressForm(forms.Form):
    """An address that a person made in Slack or Teams. It is a secret, and never shown again."""

    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        widget=forms.URLInput(attrs={"class": "form-control", "placeholder": "https://", "autocomplete": "off"}),
    )
