"""Starting one-to-ones, planning their meetings, filling their table."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from performance.enums import Rhythm
from performance.forms.people import PersonField
from performance.models import ActionItem, AgendaItem, OneToOne


def notes_area(rows: int, name: Any) -> forms.Textarea:
    """A text field whose card names it."""
    return forms.Textarea(attrs={"rows": rows, "class": "form-control", "aria-label": name})


DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OneToOneForm(forms.Form):
    """With whom, how often, from when. The other is one's manager or one of one's people."""

    person = PersonField(label=_("With whom"))
    rhythm = forms.ChoiceField(
        label=_("How often"), choices=Rhythm.choices, initial=Rhythm.FORTNIGHTLY, widget=forms.RadioSelect
    )
    first_on = forms.DateField(label=_("First meeting"), widget=DAY, initial=timezone.localdate)


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices)


class DayForm(forms.Form):
    held_on = forms.DateField(label=_("Day"), widget=DAY)


class NotesForm(forms.Form):
    """The shared notes, on top of the version they were read in."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    notes = forms.CharField(
        label=_("Shared notes"),
        required=False,
        strip=False,
        max_length=50_000,
        widget=notes_area(10, _("Shared notes")),
    )


class PrivateNoteForm(forms.Form):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Private notes"),
        required=False,
        strip=False,
        max_length=50_000,
        widget=notes_area(6, _("Private notes")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, **kwargs | {"auto_id": "private_%s"}
        )  # beside the shared notes, which have a version as well


class AgendaItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["title"]
        widgets = {
            "title": forms.TextInput(
                attrs={"class": "form-control", "aria-label": _("To talk about"), "placeholder": _("To talk about")}
            )
        }


class ActionItemForm(forms.ModelForm):
    """A promise of one of the two."""

    class Meta:
        model = ActionItem
        fields = ["title", "owner", "due_on"]
        widgets = {"due_on": DAY}

    def __init__(self, *args: Any, one_to_one: OneToOne, **kwargs: Any) -> None:
        super().__init__(
            *args, **kwargs | {"auto_id": "action_%s"}
        )  # beside the agenda's form, which has a title as well
        two = Employee.objects.filter(pk__in=[one_to_one.manager_id, one_to_one.employee_id])
        self.fields["owner"] = forms.ModelChoiceField(
            label=_("Who"), queryset=two, initial=one_to_one.employee_id, empty_label=None
        )
