"""Who stays out, what people think before the meeting, why somebody is talked about."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from calibration.actions.agenda import LONGEST_NOTE
from calibration.enums import PreRead
from calibration.models import PreReadAnswer, Recusal
from hrportal.common.forms import offer
from hrportal.people.fields import key_in
from hrportal.people.models import Employee

FOUND = "people-found"
LONGEST_REASON = Recusal._meta.get_field("reason").max_length


class AnybodyField(forms.CharField):
    """Anybody who works here, by employee number or work e-mail: whether they are on a board is not told by it."""

    default_error_messages = {"unknown": _("Nobody who works here has this number or e-mail.")}

    def __init__(self, **options: Any) -> None:
        asks = {
            "list": FOUND,
            "autocomplete": "off",
            "hx-get": reverse_lazy("people:colleague_options"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{FOUND}",
            "hx-params": "*",
        }
        super().__init__(widget=forms.TextInput(attrs=asks), **options)

    def clean(self, value: str) -> Employee | None:
        typed = key_in(super().clean(value))
        if not typed:
            return None
        known = Q(employee_number__iexact=typed) | Q(work_email__iexact=typed)
        person = Employee.objects.employed().filter(known).first()
        if person is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return person


class RecusalForm(forms.Form):
    """`employee` is asked of those who may say it for others; everybody else speaks for themselves."""

    employee = forms.ModelChoiceField(Employee.objects.none(), label=_("Who stays out"), empty_label=_("Choose"))
    about = AnybodyField(
        label=_("About whom"),
        help_text=_(
            "Type a name and choose, or enter an employee number or work e-mail. Anybody may be named, reviewed here or not."
        ),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        help_text=_("One sentence is enough: family, a close friendship, a running complaint."),
    )

    def __init__(self, *args: Any, table: list[Employee], myself: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if table:
            who = offer(self, "employee", Employee.objects.filter(pk__in={person.pk for person in table} | {myself}))
            who.initial = myself
        else:
            del self.fields["employee"]


class PreReadOpenForm(forms.Form):
    due_on = forms.DateField(
        label=_("Answers due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Three days before, those who have not answered all are reminded."),
    )


class PreReadForm(forms.Form):
    """One's answer about one card. A note may be begun before the answer is chosen."""

    answer = forms.ChoiceField(
        label=_("What do you think of the proposed rating?"),
        choices=PreRead.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by those who lead the session, with your name; not by the others at the table."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def about(cls, stored: PreReadAnswer | None, *, is_outdated: bool) -> "PreReadForm":
        """The form as it is stored; an answer about an earlier proposal is asked for anew."""
        if stored is None:
            return cls(initial={"version": 0})
        answer = "" if is_outdated else stored.answer
        return cls(initial={"answer": answer, "note": stored.note, "version": stored.version})


class AgendaNoteForm(forms.Form):
    note = forms.CharField(label=_("Why it is to be discussed"), required=False, max_length=LONGEST_NOTE)
