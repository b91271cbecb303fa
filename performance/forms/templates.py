"""Designing reviews: scales with their levels, templates with their sections and questions."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from hrportal.common.forms import usual_value
from hrportal.people.models import Competency
from performance.enums import QuestionKind
from performance.models import RatingLevel, RatingScale, ReviewTemplate, TemplateQuestion, TemplateSection


class ScaleForm(forms.ModelForm):
    class Meta:
        model = RatingScale
        fields = ["name"]


class LevelForm(forms.ModelForm):
    class Meta:
        model = RatingLevel
        fields = ["value", "label", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}


class LevelFormSetBase(BaseFormSet):
    """The levels of a scale; empty lines do not count."""

    def clean(self) -> None:
        values = [row["value"] for row in filled_rows(self)]
        if not self.errors_found() and len(values) < 2:
            raise forms.ValidationError(_("A scale needs at least two levels."))
        if len(set(values)) < len(values):
            raise forms.ValidationError(_("Each level needs a value of its own."))

    def errors_found(self) -> bool:
        return any(form.errors for form in self.forms)


def filled_rows(formset: BaseFormSet) -> list[dict[str, Any]]:
    """The lines of a formset that hold something and are not to be removed."""
    rows = []
    for form in formset.forms:
        data = dict(getattr(form, "cleaned_data", {}) or {})
        if form.has_changed() or form.initial:
            is_removed = data.pop("DELETE", False)
            if data and not is_removed:
                rows.append(data)
    return rows


LevelFormSet = formset_factory(LevelForm, formset=LevelFormSetBase, extra=5, can_delete=True, max_num=10)


class TemplateForm(forms.ModelForm):
    class Meta:
        model = ReviewTemplate
        fields = ["name", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}


class SectionForm(forms.ModelForm):
    """A section; competencies are asked for where it rates them."""

    competencies = forms.ModelMultipleChoiceField(
        label=_("Competencies"),
        queryset=Competency.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a section of the kind “Competencies”."),
    )

    class Meta:
        model = TemplateSection
        fields = ["kind", "title", "help_text", "weight"]
        widgets = {"help_text": forms.Textarea(attrs={"rows": 2})}


class ChoicesField(forms.CharField):
    """Answers to choose from, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class QuestionForm(forms.ModelForm):
    """A question. What has a usual value need not be chosen."""

    choices = ChoicesField(
        label=_("Answers to choose from"),
        required=False,
        help_text=_("One on each line, for “One of several answers”."),
    )

    class Meta:
        model = TemplateQuestion
        fields = ["text", "kind", "asked_of", "seen_by", "is_required", "choices", "help_text"]
        widgets = {"help_text": forms.TextInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in USUAL:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """At least two answers where one is chosen."""
        cleaned = super().clean() or {}
        for name in USUAL:
            cleaned[name] = cleaned.get(name) or usual_value(TemplateQuestion, name)
        if cleaned["kind"] == QuestionKind.CHOICE and len(set(cleaned.get("choices", []))) < 2:
            self.add_error("choices", _("Give at least two answers to choose from."))
        return cleaned


USUAL = ("kind", "asked_of", "seen_by")
QuestionFormSet = formset_factory(QuestionForm, extra=3, can_delete=True, max_num=40)
